// Files that live in a map: what tests put behind FileSystem instead of a disk.
#pragma once

#include <map>
#include <set>

#include "base/file_system.h"

namespace envc {

class MemoryFiles final : public FileSystem {
 public:
  MemoryFiles() = default;
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  Expected<std::string> read(const std::string& path) const override {
    auto found = files_.find(path);
    if (found == files_.end()) return missing(path);
    return found->second;
  }
  Expected<std::uint64_t> size(const std::string& path) const override {
    auto found = files_.find(path);
    if (found == files_.end()) return missing(path);
    return std::uint64_t{found->second.size()};
  }
  Expected<Done> write(const std::string& path, std::string_view text) override {
    files_[path] = std::string(text);
    return Done{};
  }
  Expected<Done> rename(const std::string& from, const std::string& to) override {
    auto node = files_.extract(from);
    if (node.empty()) return missing(from);
    files_[to] = std::move(node.mapped());
    return Done{};
  }
  Expected<Done> remove(const std::string& path) override {
    files_.erase(path);
    return Done{};
  }
  Expected<Done> make_folders(const std::string&) override { return Done{}; }
  Expected<std::vector<std::string>> list(const std::string& folder) const override {
    std::set<std::string> names;
    for (const auto& [path, text] : files_)
      if (path.starts_with(folder + "/"))
        names.insert(path.substr(folder.size() + 1, path.find('/', folder.size() + 1) - folder.size() - 1));
    if (names.empty()) return missing(folder);
    return std::vector<std::string>(names.begin(), names.end());
  }
  FileKind kind(const std::string& path) const override {
    if (files_.contains(path)) return FileKind::File;
    auto after = files_.lower_bound(path + "/");
    return after != files_.end() && after->first.starts_with(path + "/") ? FileKind::Folder : FileKind::Missing;
  }
  Expected<std::string> canonical(const std::string& path) const override { return path; }
  Expected<Done> make_executable(const std::string&) override { return Done{}; }
  bool is_executable(const std::string&) const override { return true; }

  [[nodiscard]] const std::map<std::string, std::string>& all() const { return files_; }

 private:
  static IoError missing(const std::string& path) { return {path, "no such file or directory"}; }
  std::map<std::string, std::string> files_;
};

}  // namespace envc
