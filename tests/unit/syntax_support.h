// What the tests of the syntax stage share: one source through parse, build and
// format, and the files that they read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "syntax/ast.h"
#include "syntax/parse.h"

namespace envc::test {

/// A source text and all that the stage makes of it.
struct Parsed {
  explicit Parsed(std::string text);
  SourceMap sources;
  FileId file;
  diag::Sink sink;
  syntax::Tree tree;
  Interner names;
  ast::Arena arena;
  ast::Module module;

  [[nodiscard]] std::string ast() const;
  [[nodiscard]] std::string formatted() const;
  /// "E0112 1:19 `-` has no blanks around it", one each.
  [[nodiscard]] std::vector<std::string> problems() const;
};

/// All that is neither blank nor comma: what a formatter must not touch.
[[nodiscard]] std::string squeezed(std::string_view text);

/// Where a tree breaks what later stages rely on, or empty.
[[nodiscard]] std::string tree_defect(const syntax::Tree& tree, std::size_t text_size);

[[nodiscard]] std::string read_text(const std::filesystem::path& path);
/// The sources of tests/fuzz/programs, sorted by name.
[[nodiscard]] std::vector<std::filesystem::path> programs();
/// \n, \r, \t and \\ in the tables of tests/golden/syntax.
[[nodiscard]] std::string unescaped(std::string_view text);
/// The lines of a file of tests/golden/syntax that are neither empty nor `#` comments.
[[nodiscard]] std::vector<std::string> table(const std::string& name);

}  // namespace envc::test
