// Lossless tree -> AST. Decodes strings and interns names; checks nothing but
// what a literal alone can violate (an escape, a block's indentation).
#pragma once

#include "syntax/ast.h"
#include "syntax/tree.h"

namespace envc::syntax {

[[nodiscard]] ast::Module build(const Tree& tree, const SourceMap& sources, Interner& names, ast::Arena& arena, diag::Sink& sink);

}  // namespace envc::syntax
