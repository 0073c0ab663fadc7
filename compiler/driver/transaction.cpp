#include "driver/transaction.h"

#include "base/paths.h"

namespace envc::driver {

/// Undoes what a failed commit, or none, left behind. What cannot be undone stays: there is nobody left to tell.
Transaction::~Transaction() {
  if (committed_) return;
  for (auto& step : removed_)
    if (step.done) (void)files_.write(step.path, step.before);
  for (auto& step : replaced_) {
    if (!step.done) (void)files_.remove(step.temporary);
    else if (!step.existed) (void)files_.remove(step.path);
    else if (files_.write(step.temporary, step.before)) (void)files_.rename(step.temporary, step.path);
  }
  for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) (void)files_.remove(*folder);
}

Expected<Done> Transaction::make_folders(const std::string& folder) {
  std::vector<std::string> missing;
  for (std::string_view at = folder; !at.empty() && files_.kind(std::string(at)) == FileKind::Missing; at = folder_of(at))
    missing.emplace_back(at);
  if (missing.empty()) return Done{};
  folders_.insert(folders_.end(), missing.rbegin(), missing.rend());
  return files_.make_folders(folder);
}

Expected<Done> Transaction::replace(const std::string& path, std::string_view text, Mode mode, bool existed, std::string before) {
  const std::string folder(folder_of(path));
  if (auto made = make_folders(folder); !made) return made;
  auto& step = replaced_.emplace_back(
      Step{path, join(folder, "." + std::string(name_of(path)) + ".envc-tmp"), std::move(before), existed});
  if (auto written = files_.write(step.temporary, text); !written) return written;
  if (mode == Mode::Executable) return files_.make_executable(step.temporary);
  return Done{};
}

void Transaction::remove(const std::string& path, std::string before) { removed_.push_back({path, "", std::move(before), true}); }

Expected<Done> Transaction::commit() {
  for (auto& step : removed_) {
    if (auto removed = files_.remove(step.path); !removed) return removed;
    step.done = true;
  }
  for (auto& step : replaced_) {
    if (auto renamed = files_.rename(step.temporary, step.path); !renamed) return renamed;
    step.done = true;
  }
  committed_ = true;
  return Done{};
}

}  // namespace envc::driver
