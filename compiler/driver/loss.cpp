#include "driver/loss.h"

#include <algorithm>
#include <array>
#include <map>

namespace envc::driver {
namespace {

constexpr std::array reported{plan::Fate::Lost, plan::Fate::Patched, plan::Fate::Approximated, plan::Fate::Ignored, plan::Fate::Carried};

std::string_view trimmed(std::string_view line) {
  auto end = line.find_last_not_of(' ');
  return line.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

struct Row {
  plan::Fate fate;
  std::string path, place, reason;
};

/// The rows in the order of fates; in short form one for all that share a fate and a reason.
std::vector<Row> rows_of(const Loss& loss, const SourceMap& sources, Detail detail) {
  constexpr std::size_t few = 3;
  std::vector<Row> rows;
  for (auto fate : reported) {
    std::map<std::string_view, std::size_t> seen, count;
    for (const auto& outcome : loss.outcomes)
      if (outcome.fate == fate) ++count[outcome.reason];
    for (const auto& outcome : loss.outcomes) {
      if (outcome.fate != fate) continue;
      const auto alike = count[outcome.reason];
      const bool joined = detail == Detail::Short && !outcome.reason.empty() && alike > few;
      if (joined && ++seen[outcome.reason] > 1) continue;
      rows.push_back({fate, outcome.path + (joined ? fmt::format(" and {} more", alike - 1) : ""), sources.place(outcome.span),
                      outcome.reason});
    }
  }
  return rows;
}

/// "1 lost, 2 ignored", and the rows below it; empty where there is none.
std::string body_of(const Loss& loss, const SourceMap& sources, Detail detail) {
  std::string text;
  for (auto fate : reported) {
    auto n = std::count_if(loss.outcomes.begin(), loss.outcomes.end(), [&](const plan::Outcome& o) { return o.fate == fate; });
    if (n > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, word(fate));
  }
  if (text.empty()) return "";
  text += '\n';
  const auto rows = rows_of(loss, sources, detail);
  std::size_t path_width = 0, place_width = 0;
  for (const auto& row : rows) {
    path_width = std::max(path_width, row.path.size());
    place_width = std::max(place_width, row.place.size());
  }
  for (const auto& row : rows)
    text.append(trimmed(fmt::format("  {:<12}  {:<{}}  {:<{}}  {}", word(row.fate), row.path, path_width, row.place, place_width,
                                    row.reason)))
        .append("\n");
  return text;
}

}  // namespace

std::string_view word(plan::Fate fate) {
  switch (fate) {
    case plan::Fate::Held: return "held";
    case plan::Fate::Carried: return "carried";
    case plan::Fate::Lost: return "lost";
    case plan::Fate::Ignored: return "ignored";
    case plan::Fate::Approximated: return "approximated";
    case plan::Fate::Patched: return "patched";
  }
  return "";
}

void report_loss(const Loss& loss, Strictness strictness, diag::Sink& sink) {
  for (const auto& outcome : loss.outcomes) {
    if (outcome.fate != plan::Fate::Lost) continue;
    auto& d = strictness == Strictness::Strict ? sink.report(diag::LostStrict{}, outcome.span, outcome.path, loss.platform)
                                               : sink.report(diag::Lost{}, outcome.span, outcome.path, loss.platform);
    d.in(loss.environment);
    if (outcome.rule.valid()) d.label(outcome.rule, "it would be read here");
  }
}

std::string loss_text(const std::vector<const Loss*>& losses, const SourceMap& sources, Detail detail) {
  struct Block {
    std::vector<std::string> environments;
    std::string platform, body;
  };
  std::vector<Block> blocks;
  for (const auto* loss : losses) {
    auto body = body_of(*loss, sources, detail);
    if (body.empty()) continue;
    auto same = std::find_if(blocks.begin(), blocks.end(),
                             [&](const Block& b) { return b.platform == loss->platform && b.body == body; });
    if (same == blocks.end()) blocks.push_back({{loss->environment}, loss->platform, std::move(body)});
    else same->environments.push_back(loss->environment);
  }
  std::string text;
  for (const auto& block : blocks)
    text += fmt::format("{} ({}): {}", diag::enumerate(block.environments), block.platform, block.body);
  return text;
}

}  // namespace envc::driver
