// Text -> lossless tree. The only unit that sees PEGTL is parse.cpp.
#pragma once

#include "syntax/tree.h"

namespace envc::syntax {

/// Parses a whole file. A broken entry or declaration becomes an Error node and
/// its neighbours survive; each is one diagnostic of E01. Never throws.
/// Also checks what precedes parsing: UTF-8, BOM, NFC (E00).
[[nodiscard]] Tree parse(const SourceMap& sources, FileId file, diag::Sink& sink);

/// Parses bytes [begin, end) of a file, which hold whole declarations. Offsets
/// in the tree are offsets of the file.
[[nodiscard]] Tree parse_range(const SourceMap& sources, FileId file, std::uint32_t begin, std::uint32_t end, diag::Sink& sink);

/// Deeper nesting than this is an error, not a stack overflow.
inline constexpr int max_nesting = 256;
/// Operators, members, calls and indexes that one expression (with all around it) may have.
inline constexpr int max_chain = 1000;

}  // namespace envc::syntax
