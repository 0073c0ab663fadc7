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

std::optional<std::uint32_t> find_module(const LibraryIndex& index, std::string_view module) {
  std::string path(module);
  std::replace(path.begin(), path.end(), '.', '/');
  path += ".envc";
  auto found = std::lower_bound(index.files.begin(), index.files.end(), path,
                                [](const LibraryFile& file, std::string_view wanted) { return file.path < wanted; });
  if (found == index.files.end() || found->path != path) return std::nullopt;
  return static_cast<std::uint32_t>(found - index.files.begin());
}

std::string module_name(const LibraryFile& file) {
  std::string name(file.path.substr(0, file.path.size() - std::string_view(".envc").size()));
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

std::vector<std::string> editions(const LibraryIndex& index) {
  constexpr std::string_view prefix = "std.editions.";
  std::vector<std::string> years;
  for (const auto& file : index.files)
    if (auto name = module_name(file); name.starts_with(prefix)) years.push_back(name.substr(prefix.size()));
  return years;  // years have four digits: their files are in order
}

std::vector<std::uint32_t> with_uses(const LibraryIndex& index, std::uint32_t file) {
  std::vector<std::uint32_t> all{file};
  for (std::size_t at = 0; at < all.size(); ++at)
    for (const auto& entry : index.entries) {
      if (entry.file != all[at] || entry.what != "use") continue;
      auto used = find_module(index, entry.name);
      if (used && std::find(all.begin(), all.end(), *used) == all.end()) all.push_back(*used);
    }
  return all;
}

}  // namespace envc::sema
