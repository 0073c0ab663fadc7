// From the declarations of one library file to the rows of the library's index.
// Used when the compiler is built and for `--stdlib DIR`, so that both agree.
#pragma once

#include <string>
#include <vector>

#include "base/symbol.h"
#include "syntax/ast.h"

namespace envc::sema {

struct IndexRow {
  std::string name, what, extra;
  std::uint32_t begin = 0, end = 0;
  bool is_private = false;
};

/// The named declarations of a module, what it uses of the library, and the rules
/// with an id in its kinds and realizations. Tests and what only a project may
/// declare (systems, components, environments) have no row.
[[nodiscard]] std::vector<IndexRow> index_declarations(const ast::Module& module, const ast::Arena& arena, const Interner& names);

}  // namespace envc::sema
