// Runs the compiler as its users do: a process with a working folder, an exit
// code and two streams.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace golden {

struct Outcome {
  int code = 0;  ///< the exit code; 128 + n when signal n ended it
  std::string out, err;
};

/// `scratch` is a folder for the streams; `folder` the process's working folder.
[[nodiscard]] Outcome run(const std::vector<std::string>& command, const std::filesystem::path& folder,
                          const std::filesystem::path& scratch);

[[nodiscard]] std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view text);

/// The lines of `diff -u`, or empty for equal texts.
[[nodiscard]] std::string unified_diff(const std::string& name, const std::string& expected, const std::string& actual,
                                       const std::filesystem::path& scratch);

/// A folder that goes with the object.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace golden
