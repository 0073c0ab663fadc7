// Reading UTF-8: one code point at a time, and how many columns it takes on a
// terminal. Knows nothing of files or diagnostics.
#pragma once

#include <cstdint>
#include <string_view>

namespace envc::utf8 {

struct Decoded {
  char32_t point = 0xFFFD;
  std::uint32_t length = 1;  ///< bytes; 1 for a byte that is not UTF-8
  bool valid = false;
};

/// The code point at byte `at` (which must be inside the text). Overlong forms,
/// surrogates and truncated sequences are invalid and take one byte.
[[nodiscard]] Decoded decode(std::string_view text, std::size_t at);

/// Offset of the first byte that is not UTF-8, or npos.
[[nodiscard]] std::size_t first_invalid(std::string_view text);

/// Columns on a terminal: 0 for combining marks, 2 for wide characters, else 1.
[[nodiscard]] int width(char32_t point);

/// Control characters and those that reorder text: never sent to a terminal.
[[nodiscard]] bool is_unprintable(char32_t point);

}  // namespace envc::utf8
