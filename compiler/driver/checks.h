// The library's checks (policies, and rules with an id in kinds and
// realizations) as pages, read from the library's own texts.
#pragma once

#include <string>
#include <vector>

#include "sema/library.h"

namespace envc::driver {

struct Check {
  std::string id;
  std::string doc;     ///< its `///` lines, Markdown
  std::string module;  ///< "std.policies.baseline"
  std::string path;    ///< "std/policies/baseline.envc"
  std::uint32_t line = 0;
  std::string head;  ///< the declaration that a requirement stands in ("kind service"); empty: a policy
  std::string rule;  ///< as it is written
  bool advice = false;
  std::vector<std::string> editions;  ///< that run it; a requirement holds in all
};

/// All checks, by module, in the order of their files.
[[nodiscard]] std::vector<Check> library_checks(const sema::LibraryIndex& library);

/// The page of `envc explain ID`.
[[nodiscard]] std::string check_page(const Check& check);

/// All pages as one document: docs/checks.md.
[[nodiscard]] std::string checks_document(const std::vector<Check>& checks);

}  // namespace envc::driver
