// What a build would have to change in an output folder. Reads, never writes.
// Private to the writer.
#pragma once

#include <optional>

#include "driver/manifest.h"
#include "driver/writer.h"

namespace envc::driver {

struct Change {
  const Output* output = nullptr;  ///< null: the file is to go
  std::string path;                ///< below the output folder
  FileState state = FileState::Same;
  std::string before;  ///< the text that is there now; of Created: empty
};

struct Changes {
  std::vector<Change> files;         ///< every produced and every removed file, sorted by path
  std::vector<std::string> foreign;  ///< files that stand in the way and are not ours
  std::string manifest_before, manifest_after;
  bool manifest_exists = false;
};

/// Reports links that lead out of the project (E0610), unreadable files (E0611)
/// and a broken manifest (E0054); what stands in the way is only listed.
[[nodiscard]] Changes find_changes(const FileSystem& files, const WriteRequest& request, diag::Sink& sink);

}  // namespace envc::driver
