// Mistakes that one token shows: a character without meaning, a bracket without
// partner, a number that is none.
#include <algorithm>

#include "syntax/recover.h"
#include "syntax/report_context.h"

namespace envc::syntax {
namespace {

bool opens(std::string_view w) { return one_of(w, {"(", "[", "{"}); }
bool closes(std::string_view w) { return one_of(w, {")", "]", "}"}); }
bool pairs(std::string_view open, std::string_view close) {
  return (open == "(" && close == ")") || (open == "[" && close == "]") || (open == "{" && close == "}");
}

bool report_comment(const ReportContext& c, diag::Sink& sink) {
  auto word = c.word();
  const auto& t = c.token();
  if (word.starts_with("/*")) {
    auto& d = sink.report(diag::BlockComment{}, c.span(t.begin, t.begin + 2))
                  .help("`//` starts a comment; it goes to the end of the line");
    if (!is_closed(c.text(), t.begin)) return d.note("note", "it has no `*/` either, so the rest of the file was skipped"), true;
    auto inner = word.substr(2, word.size() - 4);
    auto rest = c.text().substr(t.end, c.text().find('\n', t.end) - t.end);
    auto from = std::min(inner.find_first_not_of(' '), inner.size());
    auto to = inner.find_last_not_of(' ');
    if (word.find('\n') == std::string_view::npos && rest.find_first_not_of(" \t\r") == std::string_view::npos)
      d.fix("write it with `//`", c.span(t),
            "// " + std::string(inner.substr(from, to == std::string_view::npos ? 0 : to + 1 - from)));
    return true;
  }
  if (word == "#") {
    sink.report(diag::HashComment{}, c.span(t)).fix("write it with `//`", c.span(t), "//");
    return true;
  }
  return false;
}

struct Typographic {
  std::string_view written;
  std::string_view meant;
};
constexpr Typographic typographic[] = {{"\u201C", "\""}, {"\u201D", "\""}, {"\u201E", "\""}, {"\u2018", "'"},  {"\u2019", "'"},
                                       {"\u00A0", " "},  {"\u2013", "-"},  {"\u2014", "-"},  {"\u2026", "..."}};

/// The characters outside of ASCII in a token.
bool report_non_ascii(const ReportContext& c, diag::Sink& sink) {
  auto word = c.word();
  auto first = std::find_if(word.begin(), word.end(), [](char ch) { return (static_cast<unsigned char>(ch) & 0x80) != 0; });
  if (first == word.end() || one_of(word.substr(0, 1), {"\"", "'"})) return false;
  auto pos = c.token().begin + static_cast<std::uint32_t>(first - word.begin());
  auto typographic_at = [&](std::uint32_t at) {
    return std::find_if(std::begin(typographic), std::end(typographic),
                        [&](const Typographic& t) { return c.text().substr(at, t.written.size()) == t.written; });
  };
  if (auto t = typographic_at(pos); t != std::end(typographic)) {
    auto length = static_cast<std::uint32_t>(t->written.size());
    auto shown = t->meant == " " ? "U+00A0" : std::string(t->written);
    auto& d = sink.report(diag::UnknownCharacter{}, c.span(pos, pos + length), shown);
    diag::Fix fix{t->meant == " " ? "replace it by a blank" : "replace it by " + std::string(t->meant), {}};
    const auto limit = std::max(c.failure().end, pos + length);
    for (auto at = pos; at < limit; ++at)  // the closing quote too
      if (auto same = typographic_at(at); same != std::end(typographic) && same->meant == t->meant)
        fix.edits.push_back({c.span(at, at + static_cast<std::uint32_t>(same->written.size())), std::string(same->meant)});
    d.fixes.push_back(std::move(fix));
    return true;
  }
  sink.report(diag::UnknownCharacter{}, c.span(c.token()), word)
      .help("names are ASCII letters, digits, `_` and inner `-`; any other text stands in quotes");
  return true;
}

/// All that is written as if it were one number: `1.4.2-rc1`, `2027-1-5`.
std::uint32_t number_end(std::string_view text, std::uint32_t pos) {
  auto part = [&](std::uint32_t i) {
    return i < text.size() && (is_name(text.substr(i, 1)) || is_digit(text[i])) && text[i] != '`';
  };
  if (text[pos] == '-' || text[pos] == '.') ++pos;
  while (pos < text.size()) {
    char c = text[pos];
    if (part(pos) || c == '%' || ((c == '.' || c == '-' || c == ':' || c == '/') && part(pos + 1))) ++pos;
    else break;
  }
  return pos;
}

struct Spelled {
  std::string_view word;
  std::string_view unit;
};
constexpr Spelled units[] = {{"ms", "ms"},     {"s", "s"},      {"m", "m"},       {"h", "h"},      {"d", "d"},     {"w", "w"},
                             {"seconds", "s"}, {"second", "s"}, {"minutes", "m"}, {"minute", "m"}, {"hours", "h"}, {"hour", "h"},
                             {"days", "d"},    {"day", "d"},    {"weeks", "w"},   {"KiB", "KiB"},  {"MiB", "MiB"}, {"GiB", "GiB"},
                             {"TiB", "TiB"},   {"cpu", "cpu"},  {"mcpu", "mcpu"}, {"%", "%"}};

bool report_loose_unit(const ReportContext& c, diag::Sink& sink) {
  if (!c.has(-1) || c.token().starts_line || !is_digit(c.word(-1).back()) || !is_digit(c.word(-1).front())) return false;
  for (const auto& u : units) {
    if (c.word() != u.word) continue;
    Span both = c.span(c.token(-1).begin, c.token().end);
    sink.report(diag::NoNumber{}, both, std::string(c.word(-1)) + " " + std::string(c.word()))
        .help("a unit stands directly after its number")
        .fix("write it as one word", c.span(c.token(-1).end, c.token().end), std::string(u.unit));
    return true;
  }
  return false;
}

}  // namespace

bool report_character(const ReportContext& c, diag::Sink& sink) {
  if (!c.has(0) || !c.at_token()) return false;
  if (report_comment(c, sink) || report_non_ascii(c, sink)) return true;
  auto word = c.word();
  const auto& t = c.token();
  if (word == ";") {
    auto rest = c.text().substr(t.end, c.text().find('\n', t.end) - t.end);
    bool last = rest.find_first_not_of(" \t\r") == std::string_view::npos;
    auto& d = sink.report(diag::UnknownCharacter{}, c.span(t), word)
                  .help("a newline ends an entry; entries on one line stand with commas between them");
    if (c.failure().what == Broken::Entry || last) d.fix(last ? "remove it" : "write a comma", c.span(t), last ? "" : ",");
    return true;
  }
  if (word.size() != 1 || (!one_of(word, {"@", "$", "~", "^", "\\"}) && static_cast<unsigned char>(word.front()) >= 0x20))
    return false;
  auto shown = static_cast<unsigned char>(word.front()) < 0x20 ? fmt::format("\\u{{{:X}}}", static_cast<unsigned>(word.front()))
                                                               : std::string(word);
  sink.report(diag::UnknownCharacter{}, c.span(t), shown);
  return true;
}

bool report_bracket(const ReportContext& c, diag::Sink& sink) {
  std::vector<Token> open;
  for (const auto& t : c.tokens()) {
    if (t.begin >= c.failure().end) break;
    auto w = c.text(t);
    if (opens(w)) open.push_back(t);
    else if (closes(w) && !open.empty() && pairs(c.text(open.back()), w)) open.pop_back();
    else if (closes(w) && c.at_token() && t.begin == c.token().begin) {
      auto& d = sink.report(diag::ClosesNothing{}, c.span(t), w);
      if (open.empty()) d.fix("remove it", c.span(t), "");
      else d.label(c.span(open.back()), "this is still open");
      return true;
    }
  }
  bool at_close = c.expects(Expected::CloseParen) || c.expects(Expected::CloseBracket) || c.expects(Expected::CloseBrace) ||
                  c.expects(Expected::NextArg) || c.expects(Expected::NextItem);
  if (open.empty() || !at_close) return false;
  auto w = c.text(open.front());
  auto& d = sink.report(diag::UnclosedBracket{}, c.span(open.front()), w);
  if (c.place().begin > open.front().begin)
    d.label(c.place(), w == "("   ? "`)` was expected before this"
                       : w == "[" ? "`]` was expected before this"
                                  : "`}` was expected before this");
  return true;
}

bool report_number(const ReportContext& c, diag::Sink& sink) {
  if (!c.has(0) || !c.at_token()) return false;
  if (report_loose_unit(c, sink)) return true;
  auto word = c.word();
  const auto& t = c.token();
  if (word == ":" && c.has(-1) && c.has(1) && c.word(-1).size() == 1 && is_digit(c.word(-1).front()) && c.word(1).size() == 2 &&
      is_digit(c.word(1).front())) {
    Span all = c.span(c.token(-1).begin, c.token(1).end);
    auto written = std::string(c.text().substr(all.begin, all.end - all.begin));
    sink.report(diag::NoNumber{}, all, written).fix("write both digits of the hour", all, "0" + written);
    return true;
  }
  if (!c.expects(Expected::Value)) return false;
  const bool point = (word == "." || word == "-") && c.has(1) && is_digit(c.word(1).front());
  if (!point && !is_digit(word.front())) return false;
  auto end = number_end(c.text(), t.begin);
  if (word == "-" && c.token(1).blank_before) {
    end = number_end(c.text(), c.token(1).begin);
    auto digits = c.text().substr(c.token(1).begin, end - c.token(1).begin);
    sink.report(diag::NoNumber{}, c.span(t.begin, end), "- " + std::string(digits))
        .fix("write it without the blank", c.span(t.begin, end), "-" + std::string(digits));
    return true;
  }
  auto written = std::string(c.text().substr(t.begin, end - t.begin));
  auto& d = sink.report(diag::NoNumber{}, c.span(t.begin, end), written);
  if (word == ".") return d.fix("write the zero", c.span(t.begin, end), "0" + written), true;
  if (written.find('_') != std::string::npos) d.help("digits are not grouped");
  if (std::count(written.begin(), written.end(), '-') == 2) d.help("a date is written 2027-01-05");
  if (std::count(written.begin(), written.end(), ':') == 1) d.help("a time of day is written 03:00");
  d.fix("quote it: versions, addresses with letters and the like are strings", c.span(t.begin, end), "\"" + written + "\"");
  return true;
}

}  // namespace envc::syntax
