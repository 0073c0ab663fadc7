// Where to go on after something broken. Reads the text only lexically:
// brackets, strings and comments; knows no grammar.
#pragma once

#include <cstdint>
#include <string_view>

namespace envc::syntax {

/// The end of the token at `pos`: a string with its holes, a comment (`/* */` is
/// read as one, so that it is one mistake), a run of word characters, an operator
/// or one character. Never beyond `text`; a string that is not closed ends at its
/// line (a block string: at the end of the text).
[[nodiscard]] std::uint32_t token_end(std::string_view text, std::uint32_t pos);

/// Whether the string or the `/*` at `pos` has its end.
[[nodiscard]] bool is_closed(std::string_view text, std::uint32_t pos);

/// Whether the last token of [begin, end) is a string or a `/*` without its end.
[[nodiscard]] bool ends_unclosed(std::string_view text, std::uint32_t begin, std::uint32_t end);

/// The end of the hole of a string that starts with the `{` at `pos`, at most the end of its line.
[[nodiscard]] std::uint32_t hole_end(std::string_view text, std::uint32_t pos);

/// Whether a line that starts at `pos` (column 1) looks like a declaration: a word, a blank, another word or a string.
[[nodiscard]] bool looks_like_declaration(std::string_view text, std::uint32_t pos);

/// The end of the broken entry [begin, …): the next newline or comma after `at` at
/// its own depth, or the brace that closes its block. A bracket that it never
/// closes ends with its line, so that the entries below survive.
[[nodiscard]] std::uint32_t end_of_broken_entry(std::string_view text, std::uint32_t begin, std::uint32_t at);

/// The same for a declaration: up to the next line that starts one at column 1.
[[nodiscard]] std::uint32_t end_of_broken_declaration(std::string_view text, std::uint32_t begin, std::uint32_t at);

}  // namespace envc::syntax
