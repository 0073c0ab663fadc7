// Changes to files that happen together or not at all. Private to the writer.
#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"

namespace envc::driver {

/// Stage everything, then commit; whatever fails, the disk is as it was before.
class Transaction {
 public:
  explicit Transaction(FileSystem& files) : files_(files) {}
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  enum class Mode : unsigned char { Plain, Executable };
  /// Writes a temporary neighbour. `existed` and `before` say what is there now.
  [[nodiscard]] Expected<Done> replace(const std::string& path, std::string_view text, Mode mode, bool existed,
                                       std::string before);
  void remove(const std::string& path, std::string before);
  /// Removes, then renames in the order of staging: what is staged last (a list of the files) is changed last.
  [[nodiscard]] Expected<Done> commit();

 private:
  struct Step {
    std::string path, temporary, before;
    bool existed = false;
    bool done = false;
  };
  [[nodiscard]] Expected<Done> make_folders(const std::string& folder);
  FileSystem& files_;
  std::vector<Step> replaced_, removed_;
  std::vector<std::string> folders_;  ///< made by us, outer first
  bool committed_ = false;
};

}  // namespace envc::driver
