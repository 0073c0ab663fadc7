// One function a command: from plain options to what it says and its exit code.
#pragma once

#include "base/file_system.h"
#include "driver/exit.h"
#include "driver/options.h"

namespace envc::driver {

/// `build` and `check`.
[[nodiscard]] Result build(FileSystem& files, const BuildCommand& command);
[[nodiscard]] Result format(FileSystem& files, const FormatCommand& command);
[[nodiscard]] Result dump(FileSystem& files, const DumpCommand& command);
[[nodiscard]] Result graph(FileSystem& files, const GraphCommand& command);
[[nodiscard]] Result explain(FileSystem& files, const ExplainCommand& command);
[[nodiscard]] Result run(FileSystem& files, const Command& command);

}  // namespace envc::driver
