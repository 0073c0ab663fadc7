// The standard library as a table: which file and byte range declares which
// name. Only what is reached is parsed and checked, so the library may grow
// without slowing a small build. Knows nothing of what a declaration means.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "base/file_system.h"
#include "base/source.h"
#include "diag/diagnostic.h"

namespace envc::sema {

/// One declaration, or one rule with an id inside a declaration. `what` is "kind",
/// "interface", "facet", "record", "enum", "union", "alias", "fn", "shape",
/// "realize", "policy", "platform", "format", "let", "use" or "require".
/// `extra` is the platform of a realization or a facet; the types that a policy
/// asks about, with blanks between them; the head of the declaration that a
/// `require` stands in ("kind service"); else empty.
/// Dotted paths stand as they are written: "postgres.managed", "kubernetes.Deployment".
struct LibraryEntry {
  std::string_view name, what, extra;
  std::uint32_t file = 0;            ///< an index into LibraryIndex::files
  std::uint32_t begin = 0, end = 0;  ///< bytes of the file: a whole declaration or entry, without its `///` lines
  bool is_private = false;           ///< visible in its own file only
};

struct LibraryFile {
  std::string_view path;  ///< "std/data/postgres.envc"
  std::string_view text;
};

/// The embedded index points to static tables; a loaded one owns what it points to.
struct LibraryIndex {
  LibraryIndex() = default;
  LibraryIndex(LibraryIndex&&) = default;  // the spans stay right: moving a vector keeps its items in place
  LibraryIndex& operator=(LibraryIndex&&) = default;

  std::span<const LibraryFile> files;     ///< sorted by path
  std::span<const LibraryEntry> entries;  ///< sorted by name, what, extra, file, begin

  std::vector<LibraryFile> own_files;
  std::vector<LibraryEntry> own_entries;
  std::deque<std::string> own_texts;
};

/// The library that is part of the binary. Costs nothing at start.
[[nodiscard]] const LibraryIndex& embedded_library();

/// The library in a folder (`--stdlib DIR`): reads all *.envc below it. Syntax
/// errors are reported in `sources`; broken declarations are not indexed.
[[nodiscard]] Expected<LibraryIndex> load_library(const FileSystem& disk, const std::string& folder, SourceMap& sources,
                                                  diag::Sink& sink);

/// All entries of a name.
[[nodiscard]] std::span<const LibraryEntry> find(const LibraryIndex& index, std::string_view name);

/// The file of a module: "std.policies.baseline" is "std/policies/baseline.envc".
[[nodiscard]] std::optional<std::uint32_t> find_module(const LibraryIndex& index, std::string_view module);
/// How a file is named by `use`.
[[nodiscard]] std::string module_name(const LibraryFile& file);
/// The years for which the library says which policies run ("std.editions.2026"), oldest first.
[[nodiscard]] std::vector<std::string> editions(const LibraryIndex& index);
/// A module and all modules that it uses.
[[nodiscard]] std::vector<std::uint32_t> with_uses(const LibraryIndex& index, std::uint32_t file);

}  // namespace envc::sema
