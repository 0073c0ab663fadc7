// Words a failure. Knows the text and what was expected, no grammar.
#include "syntax/report.h"

#include <string>

#include "syntax/recover.h"

namespace envc::syntax {
namespace {

const char* words(Expected e) {
  switch (e) {
#define ENVC_EXPECTED(name, text) \
  case Expected::name: return text;
#include "syntax/expected.def"
#undef ENVC_EXPECTED
    case Expected::Nothing: break;
  }
  return "";
}

}  // namespace

void report(const Failure& failure, std::string_view text, FileId file, diag::Sink& sink) {
  auto at = failure.at;
  std::string expected;
  for (unsigned i = 0; i < static_cast<unsigned>(Expected::Nothing); ++i)
    if (failure.expected & bit(static_cast<Expected>(i))) expected += (expected.empty() ? "" : " or ") + std::string(words(static_cast<Expected>(i)));
  if (failure.what == Broken::Unclosed) {
    sink.report(diag::UnclosedBlock{}, Span{file, failure.openers.front(), failure.openers.front() + 1});
    return;
  }
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  auto end = at < text.size() ? token_end(text, at) : at;
  sink.report(diag::Unexpected{}, Span{file, at, end}, "`" + std::string(text.substr(at, end - at)) + "`", expected);
}

}  // namespace envc::syntax
