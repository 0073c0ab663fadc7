// `envc explain CODE`: the page of a diagnostic.
#include <algorithm>

#include "diag/render.h"
#include "driver/commands/commands.h"

namespace envc::driver {
namespace {

std::string listed() {
  std::string text;
  for (const auto& code : diag::all_codes()) text += fmt::format("{}  {}\n", code.id, code.name);
  return text;
}

}  // namespace

Result explain(const ExplainCommand& command) {
  if (command.code.empty()) return {listed(), "", good};
  auto code = command.code;
  if (code[0] >= 'a' && code[0] <= 'z') code[0] = static_cast<char>(code[0] - 'a' + 'A');
  if (auto page = diag::explain_page(code); !page.empty()) return {std::string(page), "", good};
  std::vector<std::string> known;
  for (const auto& one : diag::all_codes()) {
    known.emplace_back(one.id);
    if (code == one.id) return {fmt::format("# {}: {}\n", one.id, one.name), "", good};
  }
  auto complaint = fmt::format("envc: there is no diagnostic `{}`", command.code);
  if (auto near = diag::nearest(code, known); !near.empty()) complaint += fmt::format(": did you mean `{}`", near);
  return {"", complaint + "\n", bad_world};
}

}  // namespace envc::driver
