// See text.h. Tables would be faster for the code points; these branches are
// only reached for bytes that are rare in configuration.
#include "doc/text.h"

namespace envc::backends::doc {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

}  // namespace

std::size_t invisible(std::string_view text, std::size_t at) {
  const unsigned char c = byte_at(text, at);
  if (c < 0x20 || c == 0x7f) return 1;
  if (c == 0xc2) return byte_at(text, at + 1) >= 0x80 && byte_at(text, at + 1) < 0xa0 ? 2 : 0;
  if (c == 0xe2) return byte_at(text, at + 1) == 0x80 && (byte_at(text, at + 2) | 1) == 0xa9 ? 3 : 0;
  if (c == 0xef) {
    if (byte_at(text, at + 1) == 0xbb && byte_at(text, at + 2) == 0xbf) return 3;
    if (byte_at(text, at + 1) == 0xbf && byte_at(text, at + 2) >= 0xbe) return 3;
  }
  return 0;
}

std::uint32_t code_point(std::string_view text, std::size_t at, std::size_t& length) {
  const unsigned char c = byte_at(text, at);
  length = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  if (length == 1) return c;
  std::uint32_t code = c & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) code = (code << 6) | (byte_at(text, at + i) & 0x3fu);
  return code;
}

void append_unicode_escape(std::string& out, std::uint32_t code) {
  static constexpr char digits[] = "0123456789abcdef";
  out += code > 0xffff ? "\\U" : "\\u";
  for (int shift = code > 0xffff ? 28 : 12; shift >= 0; shift -= 4) out += digits[(code >> shift) & 0xf];
}

void append_comment(std::string& out, std::string_view text, std::size_t indent) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.remove_suffix(1);
    out.append(indent, ' ');
    out += line.empty() ? "#" : "# ";
    out += line;
    out += '\n';
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
}

std::string upper_snake(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && i > 0 && ((name[i - 1] >= 'a' && name[i - 1] <= 'z') || is_digit(name[i - 1]))) out += '_';
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 'a' + 'A');
    else if (upper || is_digit(c)) out += c;
    else out += '_';
  }
  return out;
}

}  // namespace envc::backends::doc
