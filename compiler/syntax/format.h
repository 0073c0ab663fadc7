// The canonical form of a source text. Works on the lossless tree: comments and
// blank lines between entries stay, spans of broken entries are copied as they
// are. Idempotent; there are no options.
#pragma once

#include <string>

#include "syntax/tree.h"

namespace envc::syntax {

[[nodiscard]] std::string format(const Tree& tree, const SourceMap& sources);

}  // namespace envc::syntax
