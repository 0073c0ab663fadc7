// Files in memory that can hold links and that fail on demand: what the world
// does to a writer.
#pragma once

#include <map>
#include <set>
#include <string>

#include "memory_files.h"

namespace envc {

class DriverFiles final : public FileSystem {
 public:
  explicit DriverFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  Expected<std::string> read(const std::string& path) const override {
    if (failing.contains("read " + path)) return IoError{path, "permission denied"};
    return files_.read(resolved(path));
  }
  Expected<std::uint64_t> size(const std::string& path) const override { return files_.size(resolved(path)); }
  Expected<Done> write(const std::string& path, std::string_view text) override {
    calls.push_back("write " + path);
    if (failing.contains("write " + path)) return IoError{path, "no space left on device"};
    return files_.write(path, text);
  }
  Expected<Done> rename(const std::string& from, const std::string& to) override {
    calls.push_back("rename " + to);
    if (failing.contains("rename " + to)) return IoError{to, "permission denied"};
    if (executable.erase(from)) executable.insert(to);
    else executable.erase(to);
    return files_.rename(from, to);
  }
  Expected<Done> remove(const std::string& path) override {
    calls.push_back("remove " + path);
    if (failing.contains("remove " + path)) return IoError{path, "permission denied"};
    folders.erase(path);
    return files_.remove(path);
  }
  Expected<Done> make_folders(const std::string& path) override {
    for (auto at = path; !at.empty(); at = at.substr(0, at.rfind('/'))) {
      folders.insert(at);
      if (at.find('/') == std::string::npos) break;
    }
    return Done{};
  }
  Expected<std::vector<std::string>> list(const std::string& folder) const override {
    auto names = files_.list(folder);
    if (!names && folders.contains(folder)) return std::vector<std::string>{};
    return names;
  }
  FileKind kind(const std::string& path) const override {
    if (links.contains(path)) return FileKind::Link;
    auto kind = files_.kind(resolved(path));
    return kind == FileKind::Missing && folders.contains(path) ? FileKind::Folder : kind;
  }
  Expected<std::string> canonical(const std::string& path) const override { return resolved(path); }
  Expected<Done> make_executable(const std::string& path) override {
    executable.insert(path);
    return Done{};
  }
  bool is_executable(const std::string& path) const override { return executable.contains(path); }

  [[nodiscard]] const std::map<std::string, std::string>& all() const { return files_.all(); }

  std::map<std::string, std::string> links;  ///< path -> what it points to
  std::set<std::string> failing;             ///< "rename p/out/x"
  std::set<std::string> folders, executable;
  std::vector<std::string> calls;

 private:
  std::string resolved(const std::string& path) const {
    for (const auto& [link, target] : links)
      if (path == link || path.starts_with(link + "/")) return target + path.substr(link.size());
    return path;
  }
  MemoryFiles files_;
};

}  // namespace envc
