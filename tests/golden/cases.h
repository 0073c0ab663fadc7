// The goldens of a folder tree and how one is run. Two shapes:
// - one file x.envc: its source, then `// ---- expect` and the diagnostics;
// - a folder with main.envc or expected/: a project and the tree it builds.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace golden {

enum class Mode { Check, Update };

struct Settings {
  std::string envc;
  std::string stdlib;  ///< a folder instead of the library in the binary: to try a change without a build
  Mode mode = Mode::Check;
  [[nodiscard]] std::vector<std::string> library() const {
    return stdlib.empty() ? std::vector<std::string>{} : std::vector<std::string>{"--stdlib", stdlib};
  }
};

struct Case {
  std::filesystem::path path;
  bool is_folder = false;
};

/// All goldens at and below a path, sorted.
[[nodiscard]] std::vector<Case> find_cases(const std::filesystem::path& root);

/// Empty when what the compiler says is what is expected (or was accepted now);
/// else a diff.
[[nodiscard]] std::string run_case(const Case& one, const Settings& settings);

/// The diagnostics of one source as lines: "E0301 4:3-4:7 message". A crash or
/// an output that is no JSON is one line that says so.
[[nodiscard]] std::vector<std::string> diagnose(const std::string& source, const std::vector<std::string>& arguments,
                                                const std::string& envc);

}  // namespace golden
