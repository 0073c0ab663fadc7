// Mistakes in how entries and declarations are put together: names, `=` and
// `:`, commas, and a block without end.
#include <algorithm>

#include "syntax/recover.h"
#include "syntax/report_context.h"

namespace envc::syntax {
namespace {

bool starts_value(std::string_view w) {
  return !w.empty() && (is_digit(w.front()) || one_of(w.substr(0, 1), {"[", "-", "\"", "'"}));
}

/// `a.b = 3`: only one word names an entry.
bool report_dotted(const ReportContext& c, diag::Sink& sink) {
  if (c.failure().what != Broken::Entry || c.found() != 1 || c.word() != "." || !is_name(c.word(-1))) return false;
  std::vector<std::string_view> path{c.word(-1)};
  int next = 0;
  while (c.word(next) == "." && is_name(c.word(next + 1))) {
    path.push_back(c.word(next + 1));
    next += 2;
  }
  if (!c.has(next - 1)) return false;
  Span name = c.span(c.token(-1).begin, c.token(next - 1).end);
  auto& d = sink.report(diag::DottedField{}, name, c.text().substr(name.begin, name.end - name.begin));
  auto rest = c.text().substr(name.end, c.failure().end > name.end ? c.failure().end - name.end : 0);
  if (!one_of(c.word(next), {"=", "+=", "-=", "{"}) || rest.find("//") != std::string_view::npos) {
    d.help(fmt::format("open `{}` to reach what is in it: `{} {{ … }}`", path.front(), path.front()));
    return true;
  }
  std::string nested, closing;
  for (std::size_t i = 0; i < path.size(); ++i) {
    nested += (i == 0 ? "" : " { ") + std::string(path[i]);
    closing += i == 0 ? "" : " }";
  }
  d.fix(fmt::format("open `{}`", path.front()), c.span(name.begin, c.failure().end), nested + std::string(rest) + closing);
  return true;
}

/// `port 80`, `port http 80`
bool report_missing_equals(const ReportContext& c, diag::Sink& sink) {
  if (c.failure().what != Broken::Entry || c.found() == 0 || c.found() > 2 || c.token().starts_line || !starts_value(c.word()))
    return false;
  for (std::size_t i = 0; i < c.found(); ++i)
    if (!is_name(c.text(c.tokens()[i]))) return false;
  if (c.word() == "[" && !c.token().blank_before) return false;
  Span at = c.span(c.token().begin, c.token().begin);
  sink.report(diag::MissingEquals{}, c.span(c.token()), c.found_words(), c.word(-1))
      .fix("write `=`", at, c.token().blank_before ? "= " : " = ");
  return true;
}

bool report_colon(const ReportContext& c, diag::Sink& sink) {
  if (!c.expects(Expected::Type) || c.word(-1) != ":" || !c.has(-2) || c.token().starts_line) return false;
  Span mark = c.span(c.token(-2).end, c.token(-1).end);
  auto& d = sink.report(diag::ColonForEquals{}, c.place(), c.found_words(), c.word(-2));
  d.help("`name: Type` declares a field; `name = value` gives it a value");
  if (starts_value(c.word())) d.fix("write `=`", mark, " =");
  return true;
}

bool report_missing_value(const ReportContext& c, diag::Sink& sink) {
  int assign = c.word() == "=" && c.has(-1) && c.token(-1).starts_line              ? -2
               : c.expects(Expected::Value) && (!c.has(0) || c.token().starts_line) ? -1
                                                                                    : 0;
  if (assign == 0 || c.word(assign) != "=") return false;
  sink.report(diag::MissingValue{}, c.span(c.token(assign)));
  return true;
}

bool report_blank_before(const ReportContext& c, diag::Sink& sink) {
  if (c.word(-1) == "." && c.token().blank_before && is_name(c.word())) {
    sink.report(diag::BlankBeforeBracket{}, c.span(c.token()), c.word())
        .help("a member stands directly after its point: `a.b`")
        .fix("remove the blank", c.span(c.token(-1).end, c.token().begin), "");
    return true;
  }
  if (!one_of(c.word(), {"(", "["}) || !c.token().blank_before || c.token().starts_line || !c.has(-1) || c.found() < 2)
    return false;
  if (!is_name(c.word(-1)) && !one_of(c.word(-1), {")", "]"})) return false;
  if (is_reserved(c.word(-1)) || c.expects(Expected::Value) || c.expects(Expected::Name)) return false;
  sink.report(diag::BlankBeforeBracket{}, c.span(c.token()), c.word())
      .help(c.word() == "(" ? "a call stands directly after its function: `f(x)`"
                            : "an index stands directly after its list or map: `m[\"key\"]`")
      .fix("remove the blank", c.span(c.token(-1).end, c.token().begin), "");
  return true;
}

bool report_comma(const ReportContext& c, diag::Sink& sink) {
  const bool follows = c.failure().follows_block && c.found() == 0;
  if (!c.expects(Expected::EntryEnd) || (c.found() < 2 && !follows) || c.token().starts_line || !is_name(c.word()) ||
      is_reserved(c.word()))
    return false;
  auto before = c.text().substr(0, c.token().begin).find_last_not_of(" \t");
  auto at = static_cast<std::uint32_t>(before + 1);
  sink.report(diag::MissingComma{}, c.span(c.token())).here("the second starts here").fix("write a comma", c.span(at, at), ",");
  return true;
}

/// Words that follow something on its line, and are no entry of their own.
bool report_follower(const ReportContext& c, diag::Sink& sink) {
  if (!c.expects(Expected::EntryEnd) || c.found() == 0) return false;
  const bool after_string = !c.token().blank_before && c.word(-1).front() == '\'' && is_name(c.word());
  if (c.word() != "where" && !after_string) return false;
  auto& d = sink.report(diag::Unexpected{}, c.place(), c.found_words(), c.expected_words());
  d.help(after_string ? "a raw string ends at its next `'`: write a text with `'` in it between \" and \""
                      : "the condition of a type stands in parentheses: `where (it > 0)`");
  return true;
}

bool report_else_if(const ReportContext& c, diag::Sink& sink) {
  if (c.word() != "if" || c.word(-1) != "else") return false;
  sink.report(diag::ElseIf{}, c.span(c.token())).help("put the second condition into the block: `else { if … { … } }`");
  return true;
}

bool report_top_level(const ReportContext& c, diag::Sink& sink) {
  if (c.failure().what != Broken::Declaration || c.found() != 1 || !is_name(c.word(-1))) return false;
  Span name = c.span(c.token(-1));
  if (one_of(c.word(), {"=", "+=", "-=", ":"})) {
    auto& d = sink.report(diag::EntryAtTopLevel{}, name);
    d.help("fields stand in the block of a component, an environment or a kind");
    if (c.word() == "=") d.fix("make it a value that all can read", c.span(name.begin, name.begin), "let ");
    return true;
  }
  return false;
}

/// The words that other languages use for what a declaration does here.
void add_foreign_word(std::string_view word, diag::Diagnostic& d) {
  if (one_of(word, {"import", "include", "require", "from"}))
    d.help("other files come in with `use`: `use \"./platform\"`, `use std.policies.baseline`");
  if (one_of(word, {"var", "const", "val", "locals", "def", "set"}))
    d.help("a value gets a name with `let name = value`, a function with `fn name(x: Type): Type = value`");
  if (one_of(word, {"func", "function"})) d.help("a function is `fn name(x: Type): Type = value`");
  if (one_of(word, {"class", "struct", "schema", "object"})) d.help("a type with fields is `record name { field: Type }`");
  if (one_of(word, {"env", "stage"})) d.help("an environment is `environment name { … }`");
  if (one_of(word, {"variable"}))
    d.help("what is given from outside is `param name: Type` (at build) or `input name: Type` (at release)");
}

/// Declarations that went wrong in their head.
bool report_head(const ReportContext& c, diag::Sink& sink) {
  if (c.failure().what != Broken::Declaration || !c.has(0) || !c.at_token() || c.tokens().empty()) return false;
  auto& d = sink.report(diag::Unexpected{}, c.place(), c.found_words(), c.expected_words());
  auto first = c.text(c.tokens().front());
  if (c.found() <= 2) add_foreign_word(first, d);
  if (c.word() == "{" && c.found() == 1) d.help(fmt::format("a component has a kind and a name: `{} name {{ … }}`", first));
  if (c.word() == ":" && first == "environment") d.help("what an environment builds on stands after `extends`");
  if (c.expects(Expected::DeclEnd) && is_name(c.word())) d.help("each declaration starts on a line of its own");
  if (d.helps.empty() && c.expects(Expected::Name) && c.word().size() > 2 && c.word().front() == '"') {
    auto inner = c.word().substr(1, c.word().size() - 2);
    if (is_name(inner) && inner.find_first_of(" .:/{\\") == std::string_view::npos)
      d.fix("write the name without quotes", c.span(c.token()), std::string(inner));
  }
  return true;
}

std::uint32_t indentation(std::string_view text, std::uint32_t pos) {
  auto line = pos == 0 ? 0 : text.rfind('\n', pos - 1) + 1;  // npos + 1 is 0
  auto first = text.find_first_not_of(" \t", line);
  return static_cast<std::uint32_t>(first - line);
}

}  // namespace

bool report_name(const ReportContext& c, diag::Sink& sink) {
  if (!c.has(0) || !c.at_token() || !c.expects(Expected::Name) || c.expects(Expected::Value) || !is_reserved(c.word()))
    return false;
  auto& d = sink.report(diag::ReservedName{}, c.span(c.token()), c.word());
  d.fix("quote it", c.span(c.token()), "`" + std::string(c.word()) + "`");
  return true;
}

bool report_structure(const ReportContext& c, diag::Sink& sink) {
  if (report_missing_value(c, sink)) return true;
  if (c.has(0) && c.at_token()) {
    constexpr bool (*known[])(const ReportContext&, diag::Sink&) = {report_follower,       report_dotted,       report_colon,
                                                                    report_missing_equals, report_blank_before, report_else_if,
                                                                    report_comma,          report_top_level};
    for (auto mistake : known)
      if (mistake(c, sink)) return true;
  }
  return report_head(c, sink);
}

void report_unclosed_block(const Failure& failure, std::string_view text, FileId file, diag::Sink& sink) {
  auto mark = [&](std::uint32_t at) { return Span{file, at, at + 1}; };
  auto open = failure.openers.empty() ? failure.begin : failure.openers.front();
  auto& d = sink.report(diag::UnclosedBlock{}, mark(open));
  for (std::size_t i = 1; i < failure.openers.size(); ++i) d.label(mark(failure.openers[i]), "nor is this one");
  if (failure.at < text.size()) d.label({file, failure.at, token_end(text, failure.at)}, "a declaration starts here");
  // A brace in its own line that closes a block of another indentation was meant for another block.
  std::vector<std::uint32_t> stack;
  for (auto pos = open + 1; pos < failure.at && pos < text.size(); pos = token_end(text, pos)) {
    if (text[pos] == '{') stack.push_back(pos);
    if (text[pos] != '}' || stack.empty()) continue;
    auto from = stack.back();
    stack.pop_back();
    auto before = text.substr(0, pos).find_last_not_of(" \t");
    bool own_line = before != std::string_view::npos && text[before] == '\n';
    if (!own_line || indentation(text, pos) == indentation(text, from)) continue;
    d.label(mark(from), "perhaps this one lacks its `}`");
    d.label(mark(pos), "which took this one");
    break;
  }
}

}  // namespace envc::syntax
