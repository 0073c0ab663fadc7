// Texts in YAML: plain, quoted or as a block literal. The rule is narrower than
// any standard, because three dialects read our files and a string that one of
// them takes for a bool, a number, a date or a null is a silent change.
#include "doc/text.h"
#include "doc/yaml.h"

namespace envc::backends::doc {
namespace {

// All of them have at most five letters.
bool means_something(std::string_view text) {
  if (text.size() > 5) return false;
  char lower[5];
  for (std::size_t i = 0; i < text.size(); ++i) lower[i] = static_cast<char>(text[i] | 0x20);
  const std::string_view word(lower, text.size());
  for (const std::string_view special : {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}) {
    if (word == special) return true;
  }
  return false;
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto bits = byte_class(text[i]);
    if ((bits & (Unprintable | Quoted | Lead)) == 0) continue;
    std::size_t length = 1;
    if ((bits & Lead) != 0) {
      length = invisible(text, i);
      if (length == 0) continue;
    }
    out.append(text, done, i - done);
    switch (text[i]) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: append_unicode_escape(out, code_point(text, i, length));
    }
    i += length - 1;
    done = i + 1;
  }
  out.append(text, done);
  out += '"';
}

// The indicator says how far the text is indented where its first line could
// not, and that the last line has no break where it has none.
void append_literal(std::string& out, std::string_view text, std::size_t indent) {
  out += '|';
  if (text.front() == ' ') out += '2';
  if (text.back() == '\n') text.remove_suffix(1);
  else out += '-';
  out += '\n';
  while (true) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    if (!line.empty()) out.append(indent, ' ');
    out += line;
    out += '\n';
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

bool is_plain(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) return false;
  char before = 'a';
  for (const char c : text) {
    if ((byte_class(c) & (Word | Slash)) == 0 && (c != '.' || before == '.')) return false;
    before = c;
  }
  return before != '.' && !means_something(text);
}

bool is_literal(std::string_view text) {
  if (text.find('\n') == std::string_view::npos || text.front() == '\n') return false;
  if (text.ends_with("\n\n")) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      if (i > 0 && text[i - 1] == ' ') return false;  // a blank at a line's end would not be seen
    } else if ((byte_class(text[i]) & (Unprintable | Lead)) != 0 && invisible(text, i) != 0) {
      return false;
    }
  }
  return text.back() != ' ';
}

void Yaml::key(std::string_view key, std::size_t indent) {
  out_.append(indent, ' ');
  if (is_plain(key)) out_ += key;
  else append_quoted(out_, key);
  out_ += ':';
}

void Yaml::text(std::string_view text, bool quote, std::size_t indent) {
  if (!quote && is_plain(text)) {
    out_ += text;
  } else if (is_literal(text)) {
    return append_literal(out_, text, indent);
  } else {
    append_quoted(out_, text);
  }
  out_ += '\n';
}

}  // namespace envc::backends::doc
