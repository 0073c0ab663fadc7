// The only door to the disk. Tests keep files in memory behind it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"

namespace envc {

enum class FileKind { Missing, File, Folder, Link, Other };

class FileSystem {
 public:
  virtual ~FileSystem() = default;
  [[nodiscard]] virtual Expected<std::string> read(const std::string& path) const = 0;
  /// In bytes, of a file.
  [[nodiscard]] virtual Expected<std::uint64_t> size(const std::string& path) const = 0;
  /// Truncates and writes. Atomicity is the writer's: it writes neighbours first and renames last.
  virtual Expected<Done> write(const std::string& path, std::string_view text) = 0;
  virtual Expected<Done> rename(const std::string& from, const std::string& to) = 0;
  virtual Expected<Done> remove(const std::string& path) = 0;
  virtual Expected<Done> make_folders(const std::string& path) = 0;
  /// Names (not paths) in a folder, sorted by byte value.
  [[nodiscard]] virtual Expected<std::vector<std::string>> list(const std::string& folder) const = 0;
  /// Does not follow a final symbolic link.
  [[nodiscard]] virtual FileKind kind(const std::string& path) const = 0;
  /// Absolute, with every symbolic link resolved, for paths that may not exist yet.
  [[nodiscard]] virtual Expected<std::string> canonical(const std::string& path) const = 0;
  virtual Expected<Done> make_executable(const std::string& path) = 0;
  [[nodiscard]] virtual bool is_executable(const std::string& path) const = 0;
};

/// The real disk. nothing is synced.
class DiskFileSystem final : public FileSystem {
 public:
  Expected<std::string> read(const std::string& path) const override;
  Expected<std::uint64_t> size(const std::string& path) const override;
  Expected<Done> write(const std::string& path, std::string_view text) override;
  Expected<Done> rename(const std::string& from, const std::string& to) override;
  Expected<Done> remove(const std::string& path) override;
  Expected<Done> make_folders(const std::string& path) override;
  Expected<std::vector<std::string>> list(const std::string& folder) const override;
  FileKind kind(const std::string& path) const override;
  Expected<std::string> canonical(const std::string& path) const override;
  Expected<Done> make_executable(const std::string& path) override;
  bool is_executable(const std::string& path) const override;
};

}  // namespace envc
