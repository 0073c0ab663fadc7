#include "driver/commands/selection.h"

#include <algorithm>

#include "backend.h"

namespace envc::driver {
namespace {

std::string unknown(std::string_view what, const std::string& name, const std::vector<std::string>& known) {
  auto text = fmt::format("envc: there is no {} `{}`", what, name);
  if (auto near = diag::nearest(name, known); !near.empty()) text += fmt::format(": did you mean `{}`?", near);
  else if (!known.empty()) text += fmt::format(", but {}", diag::enumerate(known));
  return text + "\n";
}

}  // namespace

std::string check_environments(const std::vector<std::string>& wanted, const sema::Program& program) {
  std::vector<std::string> known;
  for (const auto& one : program.environments)
    if (!one.is_abstract) known.emplace_back(program.text(one.name));
  for (const auto& name : wanted) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    for (const auto& one : program.environments)
      if (one.is_abstract && program.text(one.name) == name)
        return fmt::format("envc: the environment `{}` is abstract: nothing is written for it\n", name);
    return unknown("environment", name, known);
  }
  return "";
}

std::string find_folders(const std::vector<std::string>& wanted, std::vector<std::string>& folders) {
  std::vector<std::string> known;
  for (const auto& backend : backends::registry()) {
    if (!backend.folder.empty()) known.emplace_back(backend.folder);
    if (backend.format != backend.folder) known.emplace_back(backend.format);
  }
  for (const auto& name : wanted) {
    auto found = std::find_if(backends::registry().begin(), backends::registry().end(),
                              [&](const backends::Backend& b) { return b.format == name || (!name.empty() && b.folder == name); });
    if (found == backends::registry().end()) return unknown("format", name, known);
    folders.emplace_back(found->folder.empty() ? found->format : found->folder);
  }
  return "";
}

}  // namespace envc::driver
