#include "driver/writer.h"

#include <algorithm>

#include "driver/changes.h"
#include "base/paths.h"
#include "driver/transaction.h"

namespace envc::driver {
namespace {

WriteReport report_of(const Changes& changes) {
  WriteReport report;
  for (const auto& change : changes.files) report.push_back({change.path, change.state});
  return report;
}

void warn_of_kept(const Changes& changes, const WriteRequest& request, diag::Sink& sink) {
  for (const auto& change : changes.files)
    if (change.state == FileState::Kept)
      sink.report(diag::OutputKept{}, {}, join(request.out, change.path))
          .help("delete it, or take over in the sources what was changed in it");
}

/// Folders that held only what was removed, from the inside out. A folder that cannot go is no failure.
void remove_empty_folders(FileSystem& files, const Changes& changes, const WriteRequest& request) {
  for (const auto& change : changes.files) {
    if (change.state != FileState::Removed) continue;
    for (auto folder = folder_of(change.path); !folder.empty(); folder = folder_of(folder)) {
      const auto path = join(request.out, folder);
      auto names = files.list(path);
      if (!names || !names->empty() || !files.remove(path)) break;
    }
  }
}

Expected<Done> apply(FileSystem& files, const Changes& changes, const WriteRequest& request) {
  Transaction transaction(files);
  for (const auto& change : changes.files) {
    const auto path = join(request.out, change.path);
    if (change.state == FileState::Removed) transaction.remove(path, change.before);
    if (change.state != FileState::Created && change.state != FileState::Changed) continue;
    auto mode = change.output->executable ? Transaction::Mode::Executable : Transaction::Mode::Plain;
    auto staged = transaction.replace(path, change.output->text, mode, change.state == FileState::Changed, change.before);
    if (!staged) return staged;
  }
  if (changes.manifest_after != changes.manifest_before) {
    auto staged = transaction.replace(join(request.out, manifest_name), changes.manifest_after, Transaction::Mode::Plain,
                                      changes.manifest_exists, changes.manifest_before);
    if (!staged) return staged;
  }
  return transaction.commit();
}

void stale(const WriteRequest& request, std::string_view path, std::string_view why, diag::Sink& sink) {
  sink.report(diag::OutputStale{}, {}, join(request.out, path), why);
}

}  // namespace

bool Scope::covers(std::string_view path, std::string_view format) const {
  auto all = parts(path);
  auto holds = [](const std::vector<std::string>& names, std::string_view name) {
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
  };
  return holds(environments, all[0]) && (all.size() < 2 || holds(folders, all[1]) || (!format.empty() && holds(folders, format)));
}

WriteReport write_outputs(FileSystem& files, const WriteRequest& request, diag::Sink& sink) {
  auto changes = find_changes(files, request, sink);
  if (sink.has_errors()) return {};
  for (const auto& path : changes.foreign)
    sink.report(diag::OutputForeign{}, {}, join(request.out, path)).help("move it away, or choose another folder with --out");
  if (sink.has_errors()) return {};
  warn_of_kept(changes, request, sink);
  if (changes.files.empty() && !changes.manifest_exists) return {};
  if (auto applied = apply(files, changes, request); !applied) {
    sink.report(diag::OutputUnwritable{}, {}, applied.error().path, applied.error().message).note("note", "nothing was written");
    return {};
  }
  remove_empty_folders(files, changes, request);
  return report_of(changes);
}

WriteReport compare_outputs(const FileSystem& files, const WriteRequest& request, diag::Sink& sink) {
  auto changes = find_changes(files, request, sink);
  const auto before = sink.errors();
  for (const auto& path : changes.foreign) stale(request, path, "it differs, and envc did not write it", sink);
  for (const auto& change : changes.files) {
    if (change.state == FileState::Created) stale(request, change.path, "it is missing", sink);
    if (change.state == FileState::Changed) stale(request, change.path, "it differs", sink);
    if (change.state == FileState::Removed || change.state == FileState::Kept)
      stale(request, change.path, "nothing produces it any more", sink);
  }
  // The list of files is only worth a line of its own where the files themselves are right.
  if (sink.errors() == before && !changes.files.empty() && changes.manifest_after != changes.manifest_before)
    stale(request, manifest_name, changes.manifest_exists ? "it differs" : "it is missing", sink);
  return report_of(changes);
}

Expected<Done> replace_file(FileSystem& files, const std::string& path, std::string_view text) {
  auto target = path;
  if (files.kind(path) == FileKind::Link) {
    auto real = files.canonical(path);  // the link stays, what it points to changes
    if (!real) return real.error();
    target = *real;
  }
  Transaction transaction(files);
  if (auto staged = transaction.replace(target, text, Transaction::Mode::Plain, true, std::string()); !staged) return staged;
  return transaction.commit();
}

}  // namespace envc::driver
