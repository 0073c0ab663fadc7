#include "base/shell.h"

#include <algorithm>

namespace envc {
namespace {

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/// ASCII only: what the shell takes for a blank or a letter beyond it depends on the locale.
bool is_plain(char c) { return is_name(c) || std::string_view("%+,-./:=@").find(c) != std::string_view::npos; }

bool is_assignment(std::string_view text) {
  const auto sign = text.find('=');
  return sign != std::string_view::npos && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(sign), is_name);
}

}  // namespace

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain) && !is_assignment(text)) return std::string(text);
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += "'\\''";
    else out += c;
  }
  return out += '\'';
}

}  // namespace envc
