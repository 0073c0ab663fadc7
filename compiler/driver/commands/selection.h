// `-e` and `--format-only`: names that users gave against those that exist.
#pragma once

#include <string>
#include <vector>

#include "driver/pipeline.h"

namespace envc::driver {

/// A complaint about the first name that is no concrete environment, or empty.
[[nodiscard]] std::string check_environments(const std::vector<std::string>& wanted, const sema::Program& program);

/// Formats and folders of formats -> folders, or the formats that have none. A complaint, or empty.
[[nodiscard]] std::string find_folders(const std::vector<std::string>& wanted, std::vector<std::string>& folders);

}  // namespace envc::driver
