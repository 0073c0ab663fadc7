#include "sema/library.h"

#include <algorithm>
#include <tuple>

#include "sema/library_index.h"
#include "syntax/build.h"
#include "syntax/parse.h"

namespace envc::sema {
namespace {

Expected<Done> collect(const FileSystem& disk, const std::string& folder, const std::string& prefix,
                       std::vector<std::string>& paths) {
  auto names = disk.list(folder);
  if (!names) return names.error();
  for (const auto& name : *names) {
    const auto kind = disk.kind(folder + "/" + name);
    if (kind == FileKind::Folder) {
      auto inner = collect(disk, folder + "/" + name, prefix + name + "/", paths);
      if (!inner) return inner;
    } else if (kind == FileKind::File && name.ends_with(".envc")) {
      paths.push_back(prefix + name);
    }
  }
  return Done{};
}

std::string_view keep(LibraryIndex& index, std::string text) { return index.own_texts.emplace_back(std::move(text)); }

void add_file(LibraryIndex& index, std::string path, std::string text, SourceMap& sources, diag::Sink& sink) {
  const auto number = static_cast<std::uint32_t>(index.own_files.size());
  const auto& file = index.own_files.emplace_back(LibraryFile{keep(index, std::move(path)), keep(index, std::move(text))});
  SourceMap local;
  Interner names;
  ast::Arena arena;
  diag::Sink local_sink;
  auto id = local.add_view(std::string(file.path), file.text, SourceOwner::Library);
  auto tree = syntax::parse(local, id, local_sink);
  auto module = syntax::build(tree, local, names, arena, local_sink);
  if (!local_sink.all().empty()) {  // said again where the reader of the diagnostics can see the text
    auto shown = sources.add_view(std::string(file.path), file.text, SourceOwner::Library);
    Interner other_names;
    ast::Arena other_arena;
    auto again = syntax::parse(sources, shown, sink);
    (void)syntax::build(again, sources, other_names, other_arena, sink);
  }
  for (auto& row : index_declarations(module, arena, names))
    index.own_entries.push_back({keep(index, std::move(row.name)), keep(index, std::move(row.what)),
                                 keep(index, std::move(row.extra)), number, row.begin, row.end, row.is_private});
}

}  // namespace

Expected<LibraryIndex> load_library(const FileSystem& disk, const std::string& folder, SourceMap& sources, diag::Sink& sink) {
  std::vector<std::string> paths;
  auto found = collect(disk, folder, "", paths);
  if (!found) return found.error();
  std::sort(paths.begin(), paths.end());
  LibraryIndex index;
  for (auto& path : paths) {
    auto text = disk.read(folder + "/" + path);
    if (!text) return text.error();
    add_file(index, "std/" + path, std::move(*text), sources, sink);
  }
  std::sort(index.own_entries.begin(), index.own_entries.end(), [](const LibraryEntry& a, const LibraryEntry& b) {
    return std::tie(a.name, a.what, a.extra, a.file, a.begin) < std::tie(b.name, b.what, b.extra, b.file, b.begin);
  });
  index.files = index.own_files;
  index.entries = index.own_entries;
  return index;
}

std::span<const LibraryEntry> find(const LibraryIndex& index, std::string_view name) {
  auto [first, last] = std::equal_range(index.entries.begin(), index.entries.end(), LibraryEntry{name, {}, {}},
                                        [](const LibraryEntry& a, const LibraryEntry& b) { return a.name < b.name; });
  return {first, last};
}

}  // namespace envc::sema
