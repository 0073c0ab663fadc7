// Lexical scanning for recovery. Owns what "the end of a broken entry" means;
// must not know rules, trees or messages.
#include "syntax/recover.h"

#include <algorithm>
#include <vector>

namespace envc::syntax {
namespace {

constexpr std::uint32_t max_entry =
    1 << 16;                          // bytes after which a bracket counts as not closed: no scan of a whole file for each
constexpr int max_string_depth = 32;  // strings within holes within strings; deeper ones are read flat

// Longest first; those of other languages too, so that they are found whole.
constexpr std::string_view operators[] = {"===", "!==", "...", "==", "!=", "<=", ">=", "=>", "=<", "<>", "->", ":=", "+=",
                                          "-=",  "*=",  "/=",  "++", "--", "&&", "||", "??", "?.", "..", "**", "::"};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

struct StringEnd {
  std::uint32_t at;
  bool closed;
};
StringEnd string_end(std::string_view text, std::uint32_t pos, int depth);

/// The end of a hole that starts with the `{` at `pos`, at most the end of the line.
std::uint32_t hole_end(std::string_view text, std::uint32_t pos, int depth) {
  ++pos;
  int braces = 1;
  while (pos < text.size() && text[pos] != '\n') {
    char c = text[pos];
    if (c == '{') ++braces;
    if (c == '}' && --braces == 0) return pos + 1;
    if (c == '"') pos = string_end(text, pos, depth + 1).at;
    else pos += c == '\\' && pos + 1 < text.size() && text[pos + 1] != '\n' ? 2 : 1;
  }
  return pos;
}

StringEnd string_end(std::string_view text, std::uint32_t pos, int depth) {
  const auto size = static_cast<std::uint32_t>(text.size());
  char quote = text[pos];
  const char quotes[] = {quote, quote, quote};
  const std::string_view three(quotes, 3);
  const bool block = text.substr(pos, 3) == three;
  pos += block ? 3 : 1;
  while (pos < size) {
    char c = text[pos];
    if (block ? text.substr(pos, 3) == three : c == quote) return {pos + (block ? 3 : 1), true};
    if (!block && c == '\n') return {pos, false};
    if (quote == '"' && c == '\\' && pos + 1 < size && text[pos + 1] != '\n') pos += 2;
    else if (quote == '"' && c == '{' && depth < max_string_depth) pos = std::max(pos + 1, hole_end(text, pos, depth));
    else ++pos;
  }
  return {size, false};
}

std::uint32_t line_end(std::string_view text, std::uint32_t pos) {
  return static_cast<std::uint32_t>(std::min(text.find('\n', pos), text.size()));
}

/// `name =`, `name {`, `name: …`: the line starts an entry of its own.
bool looks_like_entry(std::string_view line) {
  std::size_t i = line.find_first_not_of(" \t");
  if (i == std::string_view::npos) return false;
  std::size_t start = i;
  while (i < line.size() && (is_word(line[i]) || line[i] == '-')) ++i;
  if (i == start) return false;
  i = line.find_first_not_of(" \t", i);
  if (i == std::string_view::npos) return false;
  if (line[i] == '{' || line[i] == ':') return true;
  return line[i] == '=' && (i + 1 == line.size() || (line[i + 1] != '=' && line[i + 1] != '>'));
}

/// The line after `pos` goes on with an operator: a mistake that belongs to the entry above.
bool goes_on(std::string_view text, std::uint32_t pos) {
  auto next = text.find_first_not_of(" \t\r\n", pos);
  if (next == std::string_view::npos || text.substr(next, 2) == "//" || text.substr(next, 3) == "...") return false;
  return std::string_view(".+*/=<>?&|").find(text[next]) != std::string_view::npos;
}

struct Bracket {
  char open;
  std::uint32_t at;
};

bool closes(char open, char close) {
  return (open == '(' && close == ')') || (open == '[' && close == ']') || (open == '{' && close == '}');
}

/// The end of the last token in [from, to).
std::uint32_t trimmed(std::string_view text, std::uint32_t from, std::uint32_t to) {
  std::uint32_t last = from;
  for (std::uint32_t pos = from; pos < to;) {
    char c = text[pos];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++pos;
      continue;
    }
    bool comment = text.substr(pos, 2) == "//";
    pos = std::min(token_end(text, pos), to);
    if (!comment) last = pos;
  }
  return last;
}

/// A bracket at `open` is not closed before `limit`: the end of what belongs to it.
std::uint32_t end_of_unclosed(std::string_view text, std::uint32_t begin, std::uint32_t open, std::uint32_t limit) {
  std::uint32_t end = std::min(line_end(text, open), limit);
  while (end < limit) {
    auto next = std::min(line_end(text, end + 1), limit);
    if (looks_like_entry(text.substr(end + 1, next - end - 1))) break;
    end = next;
  }
  return trimmed(text, begin, end);
}

}  // namespace

std::uint32_t token_end(std::string_view text, std::uint32_t pos) {
  char c = text[pos];
  if (c == '"' || c == '\'') return string_end(text, pos, 0).at;
  if (text.substr(pos, 2) == "//") {
    auto end = line_end(text, pos);
    return end > pos && text[end - 1] == '\r' ? end - 1 : end;
  }
  if (text.substr(pos, 2) == "/*") {
    auto end = text.find("*/", pos + 2);
    return static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end + 2);
  }
  if (!is_word(c)) {
    if (std::string_view("=!.<>-:+*/&|?").find(c) == std::string_view::npos) return pos + 1;
    for (auto op : operators)
      if (text.substr(pos, op.size()) == op) return pos + static_cast<std::uint32_t>(op.size());
    return pos + 1;
  }
  while (pos < text.size() && is_word(text[pos])) ++pos;
  return pos;
}

bool is_closed(std::string_view text, std::uint32_t pos) {
  if (text.substr(pos, 2) == "/*") return text.find("*/", pos + 2) != std::string_view::npos;
  return string_end(text, pos, 0).closed;
}

bool ends_unclosed(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  auto last = begin;
  for (auto pos = begin; pos < end; pos = token_end(text, pos)) last = pos;
  if (last >= end) return false;
  bool opens = text[last] == '"' || text[last] == '\'' || text.substr(last, 2) == "/*";
  return opens && !is_closed(text, last);
}

std::uint32_t hole_end(std::string_view text, std::uint32_t pos) { return hole_end(text, pos, 0); }

bool looks_like_declaration(std::string_view text, std::uint32_t pos) {
  if (pos >= text.size() || !is_word(text[pos]) || (text[pos] >= '0' && text[pos] <= '9')) return false;
  while (pos < text.size() && (is_word(text[pos]) || text[pos] == '.' || text[pos] == '-')) ++pos;
  if (pos >= text.size() || text[pos] != ' ') return false;
  while (pos < text.size() && text[pos] == ' ') ++pos;
  return pos < text.size() && (is_word(text[pos]) || text[pos] == '"' || text[pos] == '`');
}

std::uint32_t end_of_broken_entry(std::string_view text, std::uint32_t begin, std::uint32_t at) {
  const auto size = static_cast<std::uint32_t>(text.size());
  std::vector<Bracket> open;
  std::uint32_t last = begin;  // the end of the last token: blanks and comments stay outside
  for (std::uint32_t pos = begin; pos < size;) {
    char c = text[pos];
    if (c == '\n' && !open.empty() && (looks_like_declaration(text, pos + 1) || pos - begin > max_entry))
      return end_of_unclosed(text, begin, open.front().at, pos);
    if (open.empty()) {
      if (c == '}' || (pos >= at && (c == ',' || (c == '\n' && !goes_on(text, pos))))) return last;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++pos;
      continue;
    }
    if (c == '(' || c == '[' || c == '{') open.push_back({c, pos});
    if (c == ')' || c == ']' || c == '}') {
      if (!open.empty() && closes(open.back().open, c)) open.pop_back();
      else if (c == '}') return end_of_unclosed(text, begin, open.front().at, pos);
    }
    bool comment = text.substr(pos, 2) == "//";
    pos = token_end(text, pos);
    if (!comment) last = pos;
  }
  return open.empty() ? last : end_of_unclosed(text, begin, open.front().at, size);
}

std::uint32_t end_of_broken_declaration(std::string_view text, std::uint32_t begin, std::uint32_t at) {
  const auto size = static_cast<std::uint32_t>(text.size());
  int depth = 0;
  std::uint32_t last = begin;
  for (std::uint32_t pos = begin; pos < size;) {
    char c = text[pos];
    if (c == '\n' && pos >= at && pos + 1 < size) {
      bool starts = is_word(text[pos + 1]) || text[pos + 1] == '`';
      if (starts && (depth <= 0 || looks_like_declaration(text, pos + 1))) return last;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++pos;
      continue;
    }
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    bool comment = text.substr(pos, 2) == "//";
    pos = token_end(text, pos);
    if (!comment) last = pos;
  }
  return last;
}

}  // namespace envc::syntax
