#include "driver/changes.h"

#include <algorithm>
#include <set>

#include "base/expected.h"
#include "base/paths.h"
#include "driver/project.h"

namespace envc::driver {
namespace {

/// Whether the output folder stands in the project by its name, before any link is followed.
bool named_inside(const FileSystem& files, const WriteRequest& request) {
  const auto out = normal(request.out);
  if (is_below(out, normal(request.project))) return true;
  auto real = files.canonical(request.project);
  return real && is_below(out, *real);
}

/// Looks at every link between the project and the files; says where one leads out.
class LinkGuard {
 public:
  LinkGuard(const FileSystem& files, const WriteRequest& request, diag::Sink& sink)
      : files_(files), request_(request), sink_(sink), active_(named_inside(files, request)) {}

  void look_at_out() {
    if (!active_) return;
    auto out = normal(request_.out), project = normal(request_.project);
    if (!is_below(out, project)) {
      if (auto real = files_.canonical(request_.project)) project = *real;
    }
    std::string at = project == "." ? "" : project;
    auto rest = std::string_view(out).substr(std::min(out.size(), at.size()));
    for (auto part : parts(rest))
      if (!part.empty()) look_at(at = join(at, part));
  }
  void look_at_file(const std::string& path) {
    if (!active_) return;
    std::string at = request_.out;
    for (auto part : parts(path)) look_at(at = join(at, part));
  }

 private:
  void look_at(const std::string& path) {
    if (!seen_.insert(path).second || files_.kind(path) != FileKind::Link || resolves_into(files_, path, request_.project))
      return;
    sink_.report(diag::OutputEscapes{}, {}, path).help("remove the link, or name the folder it leads to with --out");
  }
  const FileSystem& files_;
  const WriteRequest& request_;
  diag::Sink& sink_;
  bool active_;
  std::set<std::string> seen_;
};

Manifest owned_files(const FileSystem& files, const WriteRequest& request, Changes& changes, diag::Sink& sink) {
  const auto path = join(request.out, manifest_name);
  if (files.kind(path) == FileKind::Missing) return {};
  changes.manifest_exists = true;
  auto text = files.read(path);
  if (!text) {
    sink.report(diag::OutputUnwritable{}, {}, path, text.error().message);
    return {};
  }
  changes.manifest_before = *text;
  if (auto manifest = read_manifest(*text)) return *manifest;
  sink.report(diag::ManifestBroken{}, {}, path)
      .help("files whose content is what the sources say are taken over; delete the others to have them written again");
  return {};
}

}  // namespace

Changes find_changes(const FileSystem& files, const WriteRequest& request, diag::Sink& sink) {
  Changes changes;
  LinkGuard guard(files, request, sink);
  guard.look_at_out();
  const auto owned = owned_files(files, request, changes, sink);
  auto after = owned;
  std::set<std::string_view> produced;
  for (const auto& output : request.outputs) {
    ENVC_CHECK(stays_inside(output.path));
    if (!request.scope.covers(output.path, output.format)) continue;
    ENVC_CHECK(produced.insert(output.path).second);
    guard.look_at_file(output.path);
    Change change{&output, output.path};
    const auto path = join(request.out, output.path);
    const auto kind = files.kind(path);
    if (kind == FileKind::Missing) {
      change.state = FileState::Created;
    } else if (kind == FileKind::Folder || kind == FileKind::Other) {
      changes.foreign.push_back(output.path);
      continue;
    } else {
      auto text = files.read(path);
      if (text) change.before = std::move(*text);
      else if (kind == FileKind::File) sink.report(diag::OutputUnwritable{}, {}, path, text.error().message);
      const bool same = text && change.before == output.text;
      change.state = same && (!output.executable || files.is_executable(path)) ? FileState::Same : FileState::Changed;
      if (!same && !owned.contains(output.path)) {
        changes.foreign.push_back(output.path);
        continue;
      }
    }
    after[output.path] = {content_hash(output.text), output.format};
    changes.files.push_back(std::move(change));
  }
  for (const auto& [path, written] : owned) {
    if (produced.contains(path) || !request.scope.covers(path, written.format)) continue;
    const auto full = join(request.out, path);
    if (files.kind(full) == FileKind::Missing) {
      after.erase(path);
      continue;
    }
    guard.look_at_file(path);
    auto text = files.read(full);
    const bool ours = text && content_hash(*text) == written.hash;
    if (ours) after.erase(path);
    changes.files.push_back(
        {nullptr, path, ours ? FileState::Removed : FileState::Kept, ours ? std::move(*text) : std::string()});
  }
  std::sort(changes.files.begin(), changes.files.end(), [](const Change& a, const Change& b) { return a.path < b.path; });
  changes.manifest_after = write_manifest(after);
  return changes;
}

}  // namespace envc::driver
