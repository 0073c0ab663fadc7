// E00: the checks before parsing. Knows bytes and code points, no grammar.
#include "syntax/check_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/utf8.h"

namespace envc::syntax {
namespace {

struct Composed {
  char base;
  char16_t mark;
  char16_t result;
};

// The marks that people type on Latin letters. Other pairs are warned about
// without a fix.
constexpr Composed compositions[] = {
#define ENVC_COMPOSED(base, mark, result) {base, mark, result},
#include "syntax/compositions.def"
#undef ENVC_COMPOSED
};

std::string utf8_of(char16_t c) {
  if (c < 0x80) return std::string(1, static_cast<char>(c));
  if (c < 0x800) return {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))};
  return {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A letter followed by a combining mark U+0300..U+036F. That is enough: what a
/// keyboard or a file system decomposes is an ASCII letter with such a mark (the
/// names of macOS files are the usual source); scripts without an ASCII base are
/// not typed in two ways.
void check_composed(std::string_view text, FileId file, diag::Sink& sink) {
  diag::Diagnostic* found = nullptr;
  std::size_t more = 0;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    auto lead = static_cast<unsigned char>(text[i]);
    if ((lead != 0xCC && lead != 0xCD) || !is_letter(text[i - 1])) continue;
    auto mark = static_cast<char16_t>(((lead & 0x1F) << 6) | (static_cast<unsigned char>(text[i + 1]) & 0x3F));
    if (mark < 0x300 || mark > 0x36F) continue;
    Span at{file, static_cast<std::uint32_t>(i - 1), static_cast<std::uint32_t>(i + 2)};
    auto to = std::find_if(std::begin(compositions), std::end(compositions),
                           [&](const Composed& c) { return c.base == text[i - 1] && c.mark == mark; });
    if (found == nullptr) found = &sink.report(diag::NotComposed{}, at);
    else ++more;
    if (to == std::end(compositions)) continue;
    if (found->fixes.empty()) found->fixes.push_back({"write each letter and its mark as one character", {}});
    found->fixes.front().edits.push_back({at, utf8_of(to->result)});
  }
  if (more > 0) found->note("note", fmt::format("{} more in this file", more));
}

}  // namespace

CheckedText check_text(std::string_view text, FileId file, diag::Sink& sink) {
  CheckedText result;
  auto byte = [&](std::size_t at) { return Span{file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1)}; };
  if (text.starts_with("\xEF\xBB\xBF")) {
    result.begin = 3;
    Span mark{file, 0, 3};
    sink.report(diag::ByteOrderMark{}, mark).fix("remove it", mark, "");
  }
  if (auto bad = utf8::first_invalid(text); bad != std::string_view::npos) {
    sink.report(diag::NotUtf8{}, byte(bad), fmt::format("{:02X}", static_cast<unsigned char>(text[bad])), bad)
        .help("save the file as UTF-8");
    result.readable = false;
  }
  if (auto nul = text.find('\0'); nul != std::string_view::npos) {
    sink.report(diag::NulByte{}, byte(nul), nul);
    result.readable = false;
  }
  for (auto cr = text.find('\r'); cr != std::string_view::npos; cr = text.find('\r', cr + 1)) {
    if (cr + 1 < text.size() && text[cr + 1] == '\n') continue;
    sink.report(diag::LoneReturn{}, byte(cr), cr)
        .help("lines end with a newline, or with both; in a string write `\\r`")
        .fix("make it a newline", byte(cr), "\n");
    result.readable = false;
    break;
  }
  if (result.readable) check_composed(text, file, sink);
  return result;
}

}  // namespace envc::syntax
