#include "driver/report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/paths.h"

namespace envc::driver {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(FileState state) {
  switch (state) {
    case FileState::Same: return "same";
    case FileState::Created: return "new";
    case FileState::Changed: return "changed";
    case FileState::Removed: return "removed";
    case FileState::Kept: return "kept";
  }
  return "";
}

std::string count_of(std::size_t n) { return fmt::format("{} file{}", n, n == 1 ? "" : "s"); }

/// One line of counts, then the files that changed; one line where none did.
std::string written_text(const WriteReport& files, std::size_t concrete, const BuildCommand& command) {
  auto touched = [](const FileReport& f) {
    return f.state == FileState::Created || f.state == FileState::Changed || f.state == FileState::Removed;
  };
  auto produced = [](const FileReport& f) { return f.state != FileState::Removed && f.state != FileState::Kept; };
  const auto total = static_cast<std::size_t>(std::count_if(files.begin(), files.end(), produced));
  const auto changed = std::count_if(files.begin(), files.end(), touched);
  auto out = command.out_shown;
  if (!out.ends_with('/')) out += '/';
  if (files.empty() && concrete == 0) return "nothing to write: the project has no environment; declare one, for example `environment production on PLATFORM { }`\n";
  if (files.empty()) return "nothing to write: no environment produces a file\n";
  if (changed == 0) return fmt::format("{} is up to date ({})\n", out, count_of(total));
  if (command.purpose != Purpose::Write) return "";
  auto text = fmt::format("wrote {} to {} ({} changed)\n", count_of(total), out, changed);
  for (const auto& file : files)
    if (touched(file)) text += fmt::format("  {:<8} {}\n", word(file.state), file.path);
  return text;
}

Json place(const Span& span, const SourceMap& sources) {
  if (!span.valid()) return nullptr;
  auto begin = sources.line_column(span.file, span.begin);
  auto end = sources.line_column(span.file, span.end);
  return {{"file", sources.path(span.file)}, {"line", begin.line},   {"column", begin.column}, {"end_line", end.line},
          {"end_column", end.column},        {"offset", span.begin}, {"end_offset", span.end}};
}

}  // namespace

void report_text(const Compilation& compilation, const WriteReport& files, const BuildCommand& command, Result& result) {
  result.err += diag::render_text(compilation.sink.all(), compilation.sources, command.colour);
  std::vector<const Loss*> losses;
  for (const auto& environment : compilation.environments) losses.push_back(&environment.loss);
  result.out += loss_text(losses, compilation.sources, Detail::Short);
  if (command.purpose != Purpose::Diagnose && !compilation.sink.has_errors()) result.out += written_text(files, compilation.environments.size(), command);
}

void report_json(const Compilation& compilation, const WriteReport& files, const BuildCommand& command, Result& result) {
  auto document = Json::parse(diag::render_json(compilation.sink.all(), compilation.sources), nullptr, false);
  auto loss = Json::array(), list = Json::array();
  for (const auto& environment : compilation.environments)
    for (const auto& outcome : environment.loss.outcomes)
      loss.push_back({{"environment", environment.loss.environment},
                      {"platform", environment.loss.platform},
                      {"fate", word(outcome.fate)},
                      {"component", outcome.component},
                      {"path", outcome.path},
                      {"reason", outcome.reason},
                      {"span", place(outcome.span, compilation.sources)}});
  for (const auto& file : files)
    list.push_back({{"path", join(command.out_shown, file.path)},
                    {"environment", std::string(parts(file.path)[0])},
                    {"state", word(file.state)}});
  document["loss"] = std::move(loss);
  document["files"] = std::move(list);
  result.out += document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace envc::driver
