#include "driver/project.h"

#include "base/paths.h"

namespace envc::driver {

bool resolves_into(const FileSystem& files, const std::string& path, const std::string& folder) {
  auto real_folder = files.canonical(folder.empty() ? "." : folder);
  auto real = files.canonical(path);
  return real && real_folder && is_below(*real, *real_folder);
}

std::vector<std::string> find_sources(const FileSystem& files, const std::string& folder, diag::Sink& sink) {
  std::vector<std::string> sources;
  auto names = files.list(folder);
  if (!names) {
    sink.report(diag::UnreadableFile{}, {}, folder, names.error().message).help("name the project's folder: `envc build DIR`");
    return sources;
  }
  bool any = false;
  for (const auto& name : *names) {
    if (!name.ends_with(".envc") || name.starts_with(".")) continue;
    const auto path = join(folder, name);
    const auto kind = files.kind(path);
    if (kind != FileKind::File && kind != FileKind::Link) continue;
    any = true;
    if (kind == FileKind::Link && !resolves_into(files, path, folder))
      sink.report(diag::SourceLeavesProject{}, {}, name)
          .help("copy the file into the project, or share it as a module that the project holds");
    else sources.push_back(name);
  }
  if (!any) sink.report(diag::NoSources{}, {}, folder).help("an envc project is a folder with files such as `main.envc`");
  return sources;
}

}  // namespace envc::driver
