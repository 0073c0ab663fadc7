// The files of a project that its sources name with `file("path")`, as the
// evaluator sees them: a text or what is wrong with it. Who reads is the
// driver's business.
#pragma once

#include <string>
#include <string_view>

namespace envc::model {

struct ProjectFile {
  enum class Fault : unsigned char {
    None,
    Leaves,     ///< absolute, by `..`, or through a link; `detail`: where that leads, or empty
    Missing,    ///< `detail`: the path that was nearest to it, or empty
    NotText,    ///< `detail`: "byte 0xff at offset 3 is not UTF-8"
    TooLarge,   ///< `detail`: "2097152 bytes"
    Unreadable  ///< `detail`: "permission denied"
  };
  Fault fault = Fault::Missing;
  std::string text;
  std::string detail;
};

class ProjectFiles {
 public:
  virtual ~ProjectFiles() = default;
  /// A file by its path from the project's folder. Environments ask at the same
  /// time; the answer is the same all through a compilation and lives as long as this.
  virtual const ProjectFile& read(std::string_view path) = 0;

  static constexpr std::size_t max_bytes = 1 << 20;  ///< 1 MiB: Kubernetes takes no larger object
};

}  // namespace envc::model
