// An AST as text, one form for each node, for tests that compare trees. Spans
// are left out: the formatter must not change anything else.
#pragma once

#include <string>

#include "syntax/ast.h"

namespace envc::test {

[[nodiscard]] std::string ast_text(const ast::Module& module, const ast::Arena& arena, const Interner& names);

}  // namespace envc::test
