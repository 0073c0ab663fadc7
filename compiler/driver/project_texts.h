// Reads what sources name with `file("path")`: below the project's folder, each
// file once, nothing that is not asked for.
#pragma once

#include <map>
#include <mutex>

#include "base/file_system.h"
#include "model/project_files.h"

namespace envc::driver {

class ProjectTexts final : public model::ProjectFiles {
 public:
  /// `files` must live as long as paths are asked for.
  ProjectTexts(const FileSystem& files, std::string folder) : files_(files), folder_(std::move(folder)) {}
  const model::ProjectFile& read(std::string_view path) override;

 private:
  [[nodiscard]] model::ProjectFile load(std::string_view path) const;
  [[nodiscard]] std::string nearest(const std::string& path) const;

  const FileSystem& files_;
  std::string folder_;
  std::mutex mutex_;
  std::map<std::string, model::ProjectFile, std::less<>> known_;  // by the path as it was written
};

}  // namespace envc::driver
