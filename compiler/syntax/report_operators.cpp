// Mistakes around operators: those of other languages, missing blanks, chained
// comparisons, lines that start with one.
#include "syntax/report_context.h"

namespace envc::syntax {
namespace {

struct Foreign {
  std::string_view written;
  std::string_view meant;  ///< empty: only help
  std::string_view help;
};
constexpr Foreign foreign[] = {
    {"&&", "and", ""},
    {"||", "or", ""},
    {"===", "==", ""},
    {"!==", "!=", ""},
    {"<>", "!=", ""},
    {"=<", "<=", ""},
    {":=", "=", ""},
    {"++", "", "lists are joined by spreading: `[...a, ...b]`, texts by holes: `\"{a}{b}\"`"},
    {"--", "", "items leave an inherited list with `-=`"},
    {"**", "", "there are no powers: write the number"},
    {"*=", "", "an entry is set by `=`, or changed by `+=` and `-=`"},
    {"/=", "", "an entry is set by `=`, or changed by `+=` and `-=`"},
    {"->", "", "a function's type stands after a colon, a case of `match` after `=>`"},
    {"::", "", "members are read with a point: `a.b`"},
    {"?", "", "a choice is `if condition then a else b`; a default is `a ?? b`"},
    {"%", "", "`%` is a unit that stands directly after its number; there is no remainder"},
    {"|", "or", ""},
    {"&", "and", ""},
    {"=>", "", "`=>` stands in the cases of `match` only"},
};

bool is_comparison(std::string_view w) {
  return one_of(w, {"==", "!=", "<=", ">=", "<", ">", "in", "matches", "contains", "starts_with"});
}
bool is_tight_operator(std::string_view w) { return one_of(w, {"+", "-", "*", "/", "==", "!=", "<=", ">=", "<", ">", "??"}); }

bool report_foreign(const ReportContext& c, diag::Sink& sink) {
  auto word = c.word();
  const auto& t = c.token();
  if (word == "!" && c.expects(Expected::Value)) {
    auto next = c.has(1) && c.token(1).blank_before ? "not" : "not ";
    sink.report(diag::ForeignOperator{}, c.span(t), word).fix("write `not`", c.span(t), next);
    return true;
  }
  if (word == "==" && c.found() == 1 && c.failure().what == Broken::Entry) {
    sink.report(diag::ForeignOperator{}, c.span(t), word)
        .help("`==` compares; an entry is set by `=`")
        .fix("write `=`", c.span(t), "=");
    return true;
  }
  for (const auto& f : foreign) {
    if (word != f.written) continue;
    auto& d = sink.report(diag::ForeignOperator{}, c.span(t), word);
    if (!f.help.empty()) d.help(std::string(f.help));
    auto before = c.has(-1) && !t.blank_before ? " " : "";
    auto after = c.has(1) && !c.token(1).blank_before ? " " : "";
    if (!f.meant.empty()) d.fix(fmt::format("write `{}`", f.meant), c.span(t), before + std::string(f.meant) + after);
    return true;
  }
  return false;
}

/// `+ 1` as a line of its own: the operator belongs to the end of the line above.
bool report_line_start(const ReportContext& c, diag::Sink& sink) {
  if (c.found() != 0 || !c.token().starts_line) return false;
  auto word = c.word();
  if (!is_tight_operator(word) && !one_of(word, {"..", ".", "?.", "&&", "||", "?", "="})) return false;
  auto& d = sink.report(diag::OperatorAtLineStart{}, c.span(c.token()), word);
  d.help("a newline ends an entry: the operator stands at the end of the line before");
  auto before = c.text().substr(0, c.token().begin).find_last_not_of(" \t\r\n");
  if (before == std::string_view::npos || !is_tight_operator(word)) return true;
  if (std::string_view(",({[=").find(c.text()[before]) != std::string_view::npos) return true;
  auto line = c.text().substr(0, before + 1);
  auto start = line.rfind('\n');
  if (line.substr(start == std::string_view::npos ? 0 : start).find("//") != std::string_view::npos)
    return true;  // a comment stands there
  auto up = static_cast<std::uint32_t>(before + 1);
  auto next = c.has(1) ? c.token(1).begin : c.token().end;
  d.fixes.push_back({"move it there", {{c.span(up, up), " " + std::string(word)}, {c.span(c.token().begin, next), ""}}});
  return true;
}

bool report_blanks(const ReportContext& c, diag::Sink& sink) {
  auto word = c.word();
  if (!is_tight_operator(word) || !c.has(-1) || !c.has(1) || c.expects(Expected::Type) || c.expects(Expected::CloseAngle))
    return false;
  if (c.token().blank_before && c.token(1).blank_before) return false;
  if (c.token(1).starts_line || c.token().starts_line) return false;
  if (one_of(c.word(1), {")", "]", "}", ","}) || c.expects(Expected::Value)) return false;
  sink.report(diag::OperatorBlanks{}, c.span(c.token()), word)
      .help("operators have a blank on both sides; `-` between two letters or digits is part of a name")
      .fix("put blanks around it", c.span(c.token(-1).end, c.token(1).begin), fmt::format(" {} ", word));
  return true;
}

bool report_chain(const ReportContext& c, diag::Sink& sink) {
  auto word = c.word();
  if (!is_comparison(word) || !c.has(-1)) return false;
  for (int back = -1; c.has(back); --back) {
    auto w = c.word(back);
    if (one_of(w, {"(", "[", "{", ",", "=", "and", "or", "then", "else"})) return false;
    if (!is_comparison(w)) continue;
    if (back == -1) return false;
    auto middle = std::string(c.text().substr(c.token(back + 1).begin, c.token(-1).end - c.token(back + 1).begin));
    sink.report(diag::ChainedComparison{}, c.span(c.token()), word)
        .label(c.span(c.token(back)), "the first comparison")
        .fix(fmt::format("compare `{}` twice", middle), c.span(c.token().begin, c.token().begin), "and " + middle + " ");
    return true;
  }
  return false;
}

}  // namespace

bool report_operator(const ReportContext& c, diag::Sink& sink) {
  if (!c.has(0) || !c.at_token()) return false;
  return report_line_start(c, sink) || report_foreign(c, sink) || report_blanks(c, sink) || report_chain(c, sink);
}

}  // namespace envc::syntax
