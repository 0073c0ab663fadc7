// Characters: what all printers need to know about UTF-8 text. No syntax.
#pragma once

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

[[nodiscard]] constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// imageTag, image-tag -> IMAGE_TAG
[[nodiscard]] std::string upper_snake(std::string_view name);

}  // namespace envc::backends::doc
