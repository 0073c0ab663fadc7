// `envc explain [CODE|ID|NAME]`: the page of a diagnostic, of one of the library's checks, or of what it declares.
#include <algorithm>

#include "diag/render.h"
#include "driver/checks.h"
#include "driver/commands/commands.h"
#include "driver/reference/reference.h"

namespace envc::driver {
namespace {

std::string listed(const std::vector<Check>& checks) {
  std::string text;
  for (const auto& code : diag::all_codes()) text += fmt::format("{}  {}\n", code.id, code.name);
  std::size_t width = 0;
  for (const auto& check : checks) width = std::max(width, check.id.size());
  if (!checks.empty()) text += "\n";
  for (const auto& check : checks)
    text += check.doc.empty() ? check.id + "\n" : fmt::format("{:<{}}  {}\n", check.id, width, first_sentence(check.doc));
  return text;
}

/// "e0301" is meant as "E0301".
std::string as_code(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

Result explain_one(const std::string& word, const std::vector<Check>& checks, const sema::LibraryIndex& library) {
  const auto code = as_code(word);
  if (auto page = diag::explain_page(code); !page.empty()) return {std::string(page), "", good};
  std::vector<std::string> known;
  for (const auto& check : checks) {
    if (check.id == word) return {check_page(check), "", good};
    known.push_back(check.id);
  }
  const auto reference = library_reference(library);
  if (auto page = reference_page(reference, word); !page.empty()) return {page, "", good};
  for (const auto& entry : reference.entries) known.push_back(entry.name);
  auto near = diag::nearest(word, known);
  if (near.empty()) {
    known.clear();
    for (const auto& one : diag::all_codes()) known.emplace_back(one.id);
    near = diag::nearest(code, known);
  }
  auto complaint = fmt::format("envc: there is no diagnostic, no check and nothing in the library called `{}`", word);
  if (!near.empty()) complaint += fmt::format(": did you mean `{}`?", near);
  return {"", complaint + "\n", bad_world};
}

}  // namespace

Result explain(FileSystem& files, const ExplainCommand& command) {
  sema::LibraryIndex own;
  SourceMap sources;
  diag::Sink sink;
  if (!command.stdlib.empty()) {
    auto loaded = sema::load_library(files, command.stdlib, sources, sink);
    if (!loaded) return {"", fmt::format("envc: cannot read `{}`: {}\n", loaded.error().path, loaded.error().message), bad_world};
    own = std::move(*loaded);
  }
  const auto& library = command.stdlib.empty() ? sema::embedded_library() : own;
  if (command.library) return {reference_document(library_reference(library)), "", good};
  const auto checks = library_checks(library);
  if (command.all) return {checks_document(checks), "", good};
  return command.code.empty() ? Result{listed(checks), "", good} : explain_one(command.code, checks, library);
}

}  // namespace envc::driver
