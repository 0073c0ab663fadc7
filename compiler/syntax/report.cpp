// A failure becomes the diagnostic of the first known mistake that explains it,
// else "found …, expected …". Knows no grammar.
#include "syntax/report.h"

#include "syntax/parse.h"
#include "syntax/report_context.h"

namespace envc::syntax {
namespace {

/// Helps for what is often missing.
void add_help(const ReportContext& c, diag::Diagnostic& d) {
  if (c.expects(Expected::Then)) d.help("a value that depends on a condition is `if condition then a else b`");
  if (c.expects(Expected::Else) && !c.expects(Expected::Then)) {
    if (c.word().empty() || c.tokens().front().begin != c.failure().begin || c.text(c.tokens().front()) != "require")
      d.help("a value's `if` always has an `else`; for a value that may be absent write `value if condition`");
    else d.help("`require condition else \"…\"` says what is wrong when the condition does not hold");
  }
  if (c.word() == "-" && c.expects(Expected::Value)) d.help("there is no minus before a name: write `0 - x`");
  if (c.expects(Expected::Entry) && c.has(0) && c.word().front() == '"') {
    d.help("a name in quotes is plain text; `[\"a{b}\"] = …` computes the key of an entry");
    d.fix("put it into brackets", c.place(), "[" + std::string(c.word()) + "]");
  }
  if (c.expects(Expected::Because)) d.help("say why: `because \"…\"`");
  if (c.expects(Expected::BlockStart) && c.word() == ":") d.help("`extends` names what this one inherits from");
}

}  // namespace

void report(const Failure& failure, std::string_view text, FileId file, diag::Sink& sink) {
  if (failure.what == Broken::Unclosed) return report_unclosed_block(failure, text, file, sink);
  ReportContext c(failure, text, file);
  if (c.expects(Expected::TooDeep)) {
    sink.report(diag::NestedTooDeep{}, c.place())
        .note("rule",
              fmt::format(
                  "brackets, blocks and types nest at most {} levels, an expression has at most {} operators, members and calls",
                  max_nesting, max_chain))
        .help("give an inner part a name with `let`");
    return;
  }
  using Known = bool (*)(const ReportContext&, diag::Sink&);
  constexpr Known known[] = {report_string,   report_character, report_bracket,  report_number,
                             report_operator, report_name,      report_structure};
  for (auto mistake : known)
    if (mistake(c, sink)) return;
  add_help(c, sink.report(diag::Unexpected{}, c.place(), c.found_words(), c.expected_words()));
}

}  // namespace envc::syntax
