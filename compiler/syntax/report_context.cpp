// The tokens of something broken, and the words for found and expected.
#include "syntax/report_context.h"

#include <algorithm>

#include "syntax/recover.h"

namespace envc::syntax {
namespace {

constexpr std::size_t max_shown = 40;  // characters of a token in a message

const char* words(Expected e) {
  switch (e) {
#define ENVC_EXPECTED(name, text) \
  case Expected::name: return text;
#include "syntax/expected.def"
#undef ENVC_EXPECTED
    case Expected::Nothing: break;
  }
  return "";
}

/// The lengths of a UTF-8 character, so that none is cut in a message.
std::uint32_t character_end(std::string_view text, std::uint32_t pos) {
  ++pos;
  while (pos < text.size() && (static_cast<unsigned char>(text[pos]) & 0xC0) == 0x80) ++pos;
  return pos;
}

}  // namespace

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name(std::string_view word) {
  if (word.empty()) return false;
  char c = word.front();
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '`';
}

bool is_reserved(std::string_view word) {
  return one_of(word, {"and", "or", "not", "is", "in", "if", "then", "else", "match", "for", "true", "false", "none"});
}

ReportContext::ReportContext(const Failure& failure, std::string_view text, FileId file)
    : failure_(failure), text_(text), file_(file) {
  const auto size = static_cast<std::uint32_t>(text.size());
  const auto limit = std::max(failure.end, failure.at);
  bool blank = true;
  bool line = failure.begin == 0 || text[failure.begin - 1] == '\n' ||
              text.substr(0, failure.begin).find_last_not_of(" \t") == std::string_view::npos;
  if (!line) {
    auto before = text.substr(0, failure.begin).find_last_not_of(" \t");
    line = before != std::string_view::npos && text[before] == '\n';
  }
  found_ = static_cast<std::size_t>(-1);
  for (auto pos = failure.begin; pos < size;) {
    char c = text[pos];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      blank = true;
      line |= c == '\n';
      ++pos;
      continue;
    }
    auto end = token_end(text, pos);
    if (text.substr(pos, 2) == "//") {
      pos = end;
      continue;
    }
    if ((static_cast<unsigned char>(c) & 0x80) != 0) end = std::max(end, character_end(text, pos));
    // A name goes on over its hyphens; `a -1` is two tokens.
    while (is_name(text.substr(pos, 1)) && end + 1 < size && text[end] == '-' &&
           (is_name(text.substr(end + 1, 1)) || is_digit(text[end + 1])))
      end = token_end(text, end + 1);
    tokens_.push_back({pos, end, blank, line});
    if (found_ == static_cast<std::size_t>(-1) && end > failure.at) {
      found_ = tokens_.size() - 1;
      auto between = text.substr(failure.at, pos > failure.at ? pos - failure.at : 0);
      at_token_ = between.find('\n') == std::string_view::npos && between.find("//") == std::string_view::npos;
    }
    blank = line = false;
    pos = end;
    if (pos > limit && found_ != static_cast<std::size_t>(-1) && tokens_.size() > found_ + 4) break;
  }
  if (found_ == static_cast<std::size_t>(-1)) found_ = tokens_.size();
}

bool ReportContext::has(int offset) const {
  auto i = static_cast<std::ptrdiff_t>(found_) + offset;
  return i >= 0 && i < static_cast<std::ptrdiff_t>(tokens_.size());
}

std::string_view ReportContext::word(int offset) const { return has(offset) ? text(token(offset)) : std::string_view(); }

Span ReportContext::place() const {
  if (at_token_ && found_ < tokens_.size()) return span(token());
  auto at = failure_.at;
  return span(at, at);
}

std::string ReportContext::found_words() const {
  if (!at_token_ || found_ >= tokens_.size()) return failure_.at >= text_.size() ? "the end of the file" : "the end of the line";
  auto shown = std::string(word());
  shown = shown.substr(0, shown.find('\n'));
  if (shown.size() > max_shown) {
    auto cut = max_shown;
    while (cut > 0 && (static_cast<unsigned char>(shown[cut]) & 0xC0) == 0x80) --cut;
    shown = shown.substr(0, cut) + "…";
  }
  return "`" + shown + "`";
}

std::string ReportContext::expected_words() const {
  auto set = failure_.expected;
  auto drop = [&](Expected when, ExpectedSet what) {
    if ((set & bit(when)) != 0) set &= ~what;
  };
  drop(Expected::Value, bit(Expected::Name) | bit(Expected::NextArg) | bit(Expected::NextItem));
  drop(Expected::Name, bit(Expected::NextArg));
  drop(Expected::Entry, bit(Expected::Name));
  drop(Expected::Declaration, bit(Expected::Name));
  drop(Expected::Type, bit(Expected::Name));
  std::vector<std::string> all;
  for (unsigned i = 0; i < static_cast<unsigned>(Expected::Nothing); ++i)
    if ((set & (1u << i)) != 0 && *words(static_cast<Expected>(i)) != 0) all.emplace_back(words(static_cast<Expected>(i)));
  if (all.empty()) return failure_.what == Broken::Declaration ? "a declaration" : "an entry";
  std::string result = all.front();
  for (std::size_t i = 1; i < all.size(); ++i) result += (i + 1 == all.size() ? " or " : ", ") + all[i];
  return result;
}

}  // namespace envc::syntax
