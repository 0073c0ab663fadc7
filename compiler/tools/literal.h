// Text -> C++ string literals, for the tools that write the embedded tables.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace envc::tools {

/// Adjacent literals, one a line of the text.
inline std::string literal(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\n') out += i + 1 < text.size() ? "\\n\"\n\"" : "\\n";
    else if (c == '"' || c == '\\') (out += '\\') += text[i];
    else if (c == '?') out += "\\?";  // no trigraph can arise
    else if (c < 0x20 || c >= 0x7F) {
      char octal[8];
      std::snprintf(octal, sizeof octal, "\\%03o", c);  // always three digits: nothing after it can join
      out += octal;
    } else out += text[i];
  }
  return out + "\"";
}

}  // namespace envc::tools
