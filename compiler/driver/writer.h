// The only code that changes files: all or nothing, only what changed, and
// never what somebody else wrote. Knows nothing of what the files say.
#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "diag/diagnostic.h"

namespace envc::driver {

/// A file to be: `path` is "environment/folder/file" below the output folder.
struct Output {
  std::string path;
  std::string text;
  bool executable = false;
  std::string format = {};  ///< whose it is, of formats without a folder of their own: "text"
};

/// The part of the output folder that a build is about.
struct Scope {
  std::vector<std::string> environments;  ///< empty: all
  std::vector<std::string> folders;       ///< of formats, or names of formats without one; empty: all
  /// What stands in a format's folder belongs to it: without `nginx.conf`, `compose.yaml` is not complete.
  [[nodiscard]] bool covers(std::string_view path, std::string_view format) const;
};

struct WriteRequest {
  std::string project;  ///< the project's folder
  std::string out;      ///< the output folder
  Scope scope;
  std::vector<Output> outputs;  ///< sorted by path; those out of scope are skipped
};

enum class FileState : unsigned char { Same, Created, Changed, Removed, Kept };

struct FileReport {
  std::string path;
  FileState state;
};

/// What a build did, or would do, sorted by path. Kept: no longer produced, but changed by hand.
using WriteReport = std::vector<FileReport>;

/// Writes what differs and removes what is no longer produced. With an error
/// (E0609, E0610, E0611) the output folder is as it was.
[[nodiscard]] WriteReport write_outputs(FileSystem& files, const WriteRequest& request, diag::Sink& sink);

/// Writes nothing; every difference is one E0612.
[[nodiscard]] WriteReport compare_outputs(const FileSystem& files, const WriteRequest& request, diag::Sink& sink);

/// Replaces the text of one file: a temporary neighbour first, then a rename.
[[nodiscard]] Expected<Done> replace_file(FileSystem& files, const std::string& path, std::string_view text);

}  // namespace envc::driver
