// The library's index: what it lists, that a folder and the embedded tables
// agree, and that each range is a whole declaration.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "memory_files.h"
#include "sema/library.h"
#include "syntax/parse.h"

namespace envc::sema {
namespace {

LibraryIndex load(std::map<std::string, std::string> files, diag::Sink& sink, SourceMap& sources) {
  MemoryFiles disk(std::move(files));
  auto index = load_library(disk, "lib", sources, sink);
  EXPECT_TRUE(index);
  return std::move(*index);
}

std::string rows(std::span<const LibraryEntry> entries) {
  std::string out;
  for (const auto& e : entries)
    out += std::string(e.what) + " " + std::string(e.name) + (e.extra.empty() ? "" : " on " + std::string(e.extra)) + "\n";
  return out;
}

TEST(Library, ListsEveryNamedDeclaration) {
  SourceMap sources;
  diag::Sink sink;
  auto index = load(
      {{"lib/a.envc",
        "/// A database.\nkind postgres { version: String }\ninterface endpoint { host: String }\n"
        "interface endpoint on aws { group: String }\nrealize postgres.managed on aws { }\nenum size = small | large\n"
        "union source = image { name: String } | none_at_all\ntype Port = Int\nfn twice(x: Int): Int = x * 2\nlet limit = 3\n"
        "shape kubernetes.Deployment { replicas: Int? }\npolicy no-root() { }\nplatform aws { region: String }\nformat hcl { }\n"
        "record pair { a: Int }\n"}},
      sink, sources);
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(
      rows(index.entries),
      "alias Port\nplatform aws\nfacet endpoint on aws\ninterface endpoint\nformat hcl\nshape kubernetes.Deployment\nlet limit\n"
      "policy no-root\nrecord pair\nkind postgres\nrealize postgres.managed on aws\nenum size\nunion source\nfn twice\n");
  EXPECT_EQ(index.files[0].path, "std/a.envc");
}

TEST(Library, ListsRulesThatCanBeAllowed) {
  SourceMap sources;
  diag::Sink sink;
  auto index = load({{"lib/a.envc",
                      "use std.b.c\nuse './d'\n"
                      "kind db { a: Int\n require few: self.a < 3 else 'm'\n require self.a > 0 else 'n' }\n"
                      "realize db.small on aws { for x in self.a { if x > 1 { require odd: x > 2 else 'm' } } }\n"
                      "policy p(a: db, all: List<db>, o: kubernetes.Deployment, e: environment) { require true else 'm' }\n"}},
                    sink, sources);
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(rows(index.entries),
            "kind db\nrealize db.small on aws\nrequire few on kind db\nrequire odd on realize db.small on aws\n"
            "policy p on db kubernetes.Deployment environment\nuse std.b.c\n");
}

TEST(Library, EditionsAreModulesThatUseOthers) {
  SourceMap sources;
  diag::Sink sink;
  auto index = load({{"lib/editions/2026.envc", "use std.a\n"},
                     {"lib/editions/2028.envc", "use std.b\n"},
                     {"lib/a.envc", "policy a() { }\n"},
                     {"lib/b.envc", "use std.a\nuse std.none\nuse std.b\n"}},
                    sink, sources);
  EXPECT_EQ(editions(index), (std::vector<std::string>{"2026", "2028"}));
  EXPECT_EQ(find_module(index, "std.none"), std::nullopt);
  ASSERT_TRUE(find_module(index, "std.editions.2028"));
  std::string modules;
  for (auto file : with_uses(index, *find_module(index, "std.editions.2028"))) modules += module_name(index.files[file]) + " ";
  EXPECT_EQ(modules, "std.editions.2028 std.b std.a ");
}

TEST(Library, FindsAllOfAName) {
  SourceMap sources;
  diag::Sink sink;
  auto index =
      load({{"lib/b/x.envc", "kind db { a: Int }\n"}, {"lib/a.envc", "realize db on aws { }\nrealize db on compose { }\n"}}, sink,
           sources);
  EXPECT_EQ(rows(find(index, "db")), "kind db\nrealize db on aws\nrealize db on compose\n");
  EXPECT_TRUE(find(index, "d").empty());
  EXPECT_TRUE(find(index, "").empty());
}

TEST(Library, SaysWhatIsBrokenAndKeepsTheRest) {
  SourceMap sources;
  diag::Sink sink;
  auto index = load({{"lib/a.envc", "kind good { a: Int }\n\nkind { }\n\nkind better { a: Int }\n"}}, sink, sources);
  EXPECT_TRUE(sink.has_errors());
  ASSERT_EQ(sources.size(), 1u);
  EXPECT_FALSE(find(index, "good").empty());
  EXPECT_FALSE(find(index, "better").empty());
}

TEST(Library, AFolderThatIsNotThereIsAnError) {
  MemoryFiles disk;
  SourceMap sources;
  diag::Sink sink;
  EXPECT_FALSE(load_library(disk, "lib", sources, sink));
}

TEST(Library, TheEmbeddedTablesAreTheFolder) {
  DiskFileSystem disk;
  SourceMap sources;
  diag::Sink sink;
  auto loaded = load_library(disk, ENVC_SOURCE_DIR "/stdlib", sources, sink);
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(sink.all().empty()) << "the library has syntax errors";
  const auto& embedded = embedded_library();
  EXPECT_EQ(rows(embedded.entries), rows(loaded->entries));
  ASSERT_EQ(embedded.files.size(), loaded->files.size());
  for (std::size_t i = 0; i < embedded.files.size(); ++i) {
    EXPECT_EQ(embedded.files[i].path, loaded->files[i].path);
    EXPECT_EQ(embedded.files[i].text, loaded->files[i].text) << embedded.files[i].path;
  }
}

TEST(Library, EachRangeIsAWholeDeclaration) {
  const auto& index = embedded_library();
  SourceMap sources;
  for (const auto& file : index.files) sources.add_view(std::string(file.path), file.text, SourceOwner::Library);
  EXPECT_TRUE(std::is_sorted(index.entries.begin(), index.entries.end(), [](const LibraryEntry& a, const LibraryEntry& b) {
    return std::tie(a.name, a.what, a.extra, a.file, a.begin) < std::tie(b.name, b.what, b.extra, b.file, b.begin);
  }));
  for (const auto& entry : index.entries) {
    diag::Sink sink;
    if (entry.what == "require") {  // an entry: the declaration around it has a row of its own
      EXPECT_TRUE(index.files[entry.file].text.substr(entry.begin).starts_with("require " + std::string(entry.name))) << entry.name;
      continue;
    }
    auto tree = syntax::parse_range(sources, FileId{entry.file}, entry.begin, entry.end, sink);
    EXPECT_FALSE(tree.has_errors) << entry.name << " in " << index.files[entry.file].path;
  }
}

}  // namespace
}  // namespace envc::sema
