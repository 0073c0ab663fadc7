// What holds for every diagnostic code: a golden shows it, and its page has an
// example that produces it. The few that no source can produce are listed, with
// the reason, in uncovered.txt. And for every check of the library: two goldens
// show it, broken and held.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cases.h"

namespace golden {

/// The ids of all DIAG lines of the .def files in a folder.
[[nodiscard]] std::vector<std::string> all_codes(const std::filesystem::path& diag);

/// One line for each code that no golden under `root` mentions.
[[nodiscard]] std::vector<std::string> codes_without_golden(const std::filesystem::path& diag, const std::filesystem::path& root);

/// One line for each check of the library (a policy, or a rule with an id) that
/// another one is called like, that no doc comment explains, or that no pair of goldens under checks/ID shows: broken.envc expects a finding of it,
/// good.envc is checked strictly and expects none. A pair of no check is one too.
[[nodiscard]] std::vector<std::string> checks_without_goldens(const std::filesystem::path& root, const Settings& settings);

/// One line for each page under diag/explain whose first ```envc example does
/// not produce its code, alone or with the lines that every project has.
[[nodiscard]] std::vector<std::string> pages_without_effect(const std::filesystem::path& diag, const std::filesystem::path& root,
                                                            const std::string& envc);

}  // namespace golden
