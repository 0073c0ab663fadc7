// Which files a project consists of. Looks into no file.
#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "diag/diagnostic.h"

namespace envc::driver {

/// The *.envc files that stand in the folder itself, sorted, relative to it.
/// Links that lead out of it are reported and left out (E0052), as are a folder
/// that cannot be read (E0050) and one without sources (E0051).
[[nodiscard]] std::vector<std::string> find_sources(const FileSystem& files, const std::string& folder, diag::Sink& sink);

/// Whether the path, with every link resolved, stands in the folder.
[[nodiscard]] bool resolves_into(const FileSystem& files, const std::string& path, const std::string& folder);

}  // namespace envc::driver
