// What can be wrong in a string: its end, its escapes, its holes.
#include "syntax/recover.h"
#include "syntax/report_context.h"

namespace envc::syntax {
namespace {

/// The decoded text of a string that has no holes meant as such, for a raw
/// string; empty when a raw string cannot hold it.
std::string as_raw(std::string_view inner) {
  std::string out;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '\\') {
      if (i + 1 >= inner.size() || !one_of(inner.substr(i + 1, 1), {"\"", "\\", "{", "}", "'"})) return {};
      ++i;
    }
    out += inner[i];
  }
  if (out.find('\n') != std::string::npos) return {};
  if (out.find('\'') == std::string::npos) return "'" + out + "'";
  bool block = out.find("'''") == std::string::npos && !out.ends_with('\'');
  return block ? "'''" + out + "'''" : std::string();
}

std::string escaped_braces(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '{' || c == '}') out += '\\';
    out += c;
  }
  return out;
}

struct Quoted {
  Token token;
  std::uint32_t begin;  ///< after the opening quotes
  std::uint32_t end;    ///< before the closing ones
};

/// Holes that look meant: `{name}` without a dollar before it.
bool has_real_hole(std::string_view text, const Quoted& q, std::uint32_t except) {
  for (auto pos = q.begin; pos < q.end; ++pos) {
    if (text[pos] == '\\') ++pos;
    else if (text[pos] == '{' && pos != except && (pos == q.begin || text[pos - 1] != '$') && is_name(text.substr(pos + 1, 1)))
      return true;
  }
  return false;
}

void add_text_fixes(const ReportContext& c, const Quoted& q, std::uint32_t open, diag::Diagnostic& d) {
  auto close = std::min(hole_end(c.text(), open), q.end);
  auto raw = has_real_hole(c.text(), q, open) ? std::string() : as_raw(c.text().substr(q.begin, q.end - q.begin));
  if (!raw.empty()) d.fix("make it a raw string", c.span(q.token), raw);
  d.fix("escape the braces", c.span(open, close), escaped_braces(c.text().substr(open, close - open)));
}

bool report_hole(const ReportContext& c, const Quoted& q, std::uint32_t open, diag::Sink& sink) {
  auto at = c.failure().at;
  auto text = c.text();
  auto end = at < text.size() && text[at] != '\n' ? token_end(text, at) : at;
  end = std::min(end, std::max(q.end, at));
  auto found = end > at ? "`" + std::string(text.substr(at, end - at)) + "`" : std::string("the end of the text");
  auto& d = sink.report(diag::BrokenHole{}, c.span(at, std::max(end, at + 1)), found, c.expected_words());
  d.label(c.span(open, open + 1), "the hole starts here");
  d.help("a hole holds a name, its members and calls: `{db.name}`; give anything else a name with `let`");
  add_text_fixes(c, q, open, d);
  return true;
}

bool report_escape(const ReportContext& c, std::uint32_t pos, diag::Sink& sink) {
  auto end = pos + 2;
  while (end < c.text().size() && (static_cast<unsigned char>(c.text()[end]) & 0xC0) == 0x80) ++end;
  auto written = c.text().substr(pos, end - pos);
  auto& d = sink.report(diag::UnknownEscape{}, c.span(pos, end), written);
  if (written == "\\u") d.help("a character by its number is `\\u{1F600}`");
  else d.help("escapes are \\n \\r \\t \\\" \\' \\\\ \\{ \\} \\u{…}; a raw string '…' has none");
  d.fix("write a backslash", c.span(pos, pos + 1), "\\\\");
  return true;
}

bool known_escape(std::string_view text, std::uint32_t pos) {
  auto next = text.substr(pos + 1, 1);
  if (one_of(next, {"n", "r", "t", "\"", "'", "\\", "{", "}"})) return true;
  if (text.substr(pos + 1, 2) != "u{") return false;
  auto close = text.find('}', pos);
  if (close == std::string_view::npos || close < pos + 4 || close > pos + 9) return false;
  return text.substr(pos + 3, close - pos - 3).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool report_inside(const ReportContext& c, const Quoted& q, diag::Sink& sink) {
  auto text = c.text();
  auto at = c.failure().at;
  for (auto pos = q.begin; pos < q.end;) {
    char ch = text[pos];
    if (ch == '\\') {
      if (!known_escape(text, pos)) return report_escape(c, pos, sink);
      pos += 2;
    } else if (ch == '$' && text.substr(pos + 1, 1) == "{") {
      auto& d = sink.report(diag::DollarHole{}, c.span(pos, pos + 2)).help("a hole is written without the dollar: `{name}`");
      add_text_fixes(c, q, pos + 1, d);
      return true;
    } else if (ch == '{') {
      auto end = hole_end(text, pos);
      if (at > pos && at <= end) return report_hole(c, q, pos, sink);
      pos = end;
    } else if (ch == '}') {
      sink.report(diag::LoneBrace{}, c.span(pos, pos + 1)).fix("escape it", c.span(pos, pos + 1), "\\}");
      return true;
    } else {
      ++pos;
    }
  }
  return false;
}

}  // namespace

bool report_string(const ReportContext& c, diag::Sink& sink) {
  if (!c.has(0)) return false;
  auto word = c.word();
  if (word.front() != '"' && word.front() != '\'') return false;
  const bool block = word.starts_with("\"\"\"") || word.starts_with("'''");
  const auto quotes = block ? 3u : 1u;
  const auto& token = c.token();
  if (!is_closed(c.text(), token.begin)) {
    // An escape may have eaten the closing quote.
    auto& d = sink.report(diag::UnclosedString{}, c.span(token.begin, token.begin + quotes));
    if (block) d.help("it ends with three quotes like those that it starts with");
    else if (word.ends_with('\\') || word.find("\\\"") != std::string_view::npos)
      d.help("`\\\"` is a quote inside of the string; a backslash at its end is `\\\\`");
    else d.help("a string ends on its line; a text of several lines stands between \"\"\" and \"\"\"");
    return true;
  }
  if (word.front() == '\'') return false;
  return report_inside(c, {token, token.begin + quotes, token.end - quotes}, sink);
}

}  // namespace envc::syntax
