// Exit codes, and what a command leaves behind: two texts and one of them.
#pragma once

#include <string>

#include "diag/diagnostic.h"

namespace envc::driver {

inline constexpr int good = 0;         ///< also with warnings
inline constexpr int bad_sources = 1;  ///< the sources have errors, or a comparison found a difference
inline constexpr int bad_world = 2;    ///< a wrong command line, or a file that cannot be read or written

struct Result {
  std::string out, err;
  int code = good;
};

/// 2 where a file could not be read or written, else 1 with errors, else 0.
[[nodiscard]] int exit_code(const diag::Sink& sink);

}  // namespace envc::driver
