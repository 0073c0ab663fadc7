// Characters: what all printers need to know about UTF-8 text. No syntax.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace envc::backends::doc {

/// Length in bytes of the code point at `at` that a reader could not see or a
/// parser could take for a line break (C0, DEL, C1, U+2028/9, the byte order
/// mark, U+FFFE/F), or 0 for any other.
[[nodiscard]] std::size_t invisible(std::string_view text, std::size_t at);

/// The code point at `at` of valid UTF-8; `length` gets its bytes.
[[nodiscard]] std::uint32_t code_point(std::string_view text, std::size_t at, std::size_t& length);

/// `\u0085`, or `\U0001f600` beyond the basic plane.
void append_unicode_escape(std::string& out, std::uint32_t code);

/// "# " before each line of `text`, nothing for an empty text.
void append_comment(std::string& out, std::string_view text, std::size_t indent);

/// What a byte can mean to some printer. A table, because texts are most of what
/// is printed and nearly every byte of them means nothing.
enum ByteClass : std::uint8_t {
  Word = 1,         ///< letter, digit, `_`, `-`
  Slash = 2,        ///< `/`
  Unprintable = 4,  ///< C0 and DEL
  Quoted = 8,       ///< `"` and `\\`
  Lead = 16,        ///< may begin an invisible code point beyond ASCII
  Template = 32,    ///< `$` and `%`
};

[[nodiscard]] constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

inline constexpr auto byte_classes = [] {
  std::array<std::uint8_t, 256> table{};
  for (unsigned c = 0; c < 256; ++c) {
    const char ch = static_cast<char>(c);
    std::uint8_t bits = 0;
    if (is_letter(ch) || is_digit(ch) || ch == '_' || ch == '-') bits |= Word;
    if (ch == '/') bits |= Slash;
    if (c < 0x20 || c == 0x7f) bits |= Unprintable;
    if (ch == '"' || ch == '\\') bits |= Quoted;
    if (c == 0xc2 || c == 0xe2 || c == 0xef) bits |= Lead;
    if (ch == '$' || ch == '%') bits |= Template;
    table[c] = bits;
  }
  return table;
}();
[[nodiscard]] constexpr std::uint8_t byte_class(char c) { return byte_classes[static_cast<unsigned char>(c)]; }

/// imageTag, image-tag -> IMAGE_TAG
[[nodiscard]] std::string upper_snake(std::string_view name);

}  // namespace envc::backends::doc
