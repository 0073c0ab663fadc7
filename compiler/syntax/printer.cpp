// Tokens, the blanks between them, and the comments in the gaps.
#include "syntax/printer.h"

#include <algorithm>
#include <utility>

#include "syntax/recover.h"

namespace envc::syntax {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// Verbatim text is written with plain newlines.
void append_text(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
}

bool any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::vector<FormatLine> Printer::file() {
  source_end_ = at(0).begin;
  std::uint32_t end = source_end_;
  for (Children c(tree_, 0); !c.done();) {
    auto i = c.next();
    // What follows on the line of a declaration is broken: it stays there.
    bool same_line = !lines_.empty() && !has_break(end, at(i).begin);
    gap_ = {same_line ? Gap::Kind::Joined : Gap::Kind::NewLine, 0, 0, true, true};
    mode_ = Mode::Author;
    if (needs_verbatim(i)) {
      verbatim(i);
    } else {
      unit({{i}, 0, 0, false}, 0, 1, 0);
    }
    end = source_end_;
  }
  (void)comments(source_end_, at(0).end, 0, {Gap::Kind::NewLine, 0, 0, true, true});
  return std::move(lines_);
}

void Printer::start_line(std::uint32_t level, bool blank) {
  FormatLine next;
  next.indent = level * indent_width;
  next.blank_before = blank;
  lines_.push_back(std::move(next));
  tight_next_ = true;
}

/// The comments in [begin, end): one that follows a token stays on its line, the
/// others get lines of their own. True when an empty line stands after them.
bool Printer::comments(std::uint32_t begin, std::uint32_t end, std::uint32_t level, Gap gap) {
  std::uint32_t breaks = 0;
  bool after_token = !lines_.empty();
  bool blank = gap.blank_before;
  for (auto pos = begin; pos < end;) {
    if (text_[pos] == '\n') ++breaks;
    if (text_.substr(pos, 2) != "//") {
      ++pos;
      continue;
    }
    auto stop = std::min(token_end(text_, pos), end);
    auto trimmed = stop;
    while (trimmed > pos && is_blank(text_[trimmed - 1])) --trimmed;
    if (breaks > 0 || !after_token) start_line(level, breaks > 1 && blank);
    line().comment = std::string(text_.substr(pos, trimmed - pos));
    blank = breaks == 0 && after_token ? blank : gap.blank_after || gap.blank_before;
    if (breaks > 0 || !after_token) blank = true;
    breaks = 0;
    after_token = false;
    pos = stop;
  }
  source_end_ = end;
  return breaks > 1 && blank;
}

/// Goes over the gap before the token at `begin`.
void Printer::advance_to(std::uint32_t begin, bool tight) {
  auto gap = std::exchange(gap_, Gap{});
  if (gap.kind == Gap::Kind::NewLine) {
    bool blank = comments(source_end_, begin, gap.comment_level, gap);
    start_line(gap.level, blank && gap.blank_after);
  } else if (gap.kind == Gap::Kind::Flow && mode_ != Mode::Flat && has_break(source_end_, begin)) {
    (void)comments(source_end_, begin, entry_level_ + 1, gap);
    start_line(entry_level_ + 1, false);
  } else if (!tight && !tight_next_) {
    line().text += ' ';
  }
}

void Printer::token(std::uint32_t begin, std::uint32_t end, bool is_operator) {
  auto word = text_.substr(begin, end - begin);
  if (lines_.empty() && gap_.kind != Gap::Kind::NewLine) start_line(0, false);
  bool tight = is_operator ? word == ".." : any_of(word, {")", "]", ",", ".", "?", "<", ">"}) || (word == ":" && !colon_blank_);
  advance_to(begin, tight);
  if (begin == mark_at_ && mark_kind_ != MarkKind::None) {
    line().mark = line().text.size();
    line().kind = std::exchange(mark_kind_, MarkKind::None);
  }
  append_text(line().text, word);
  tight_next_ = is_operator ? word == ".." : any_of(word, {"(", "[", ".", "<", "..."});
  source_end_ = end;
}

/// The tokens of [begin, end), which holds no node.
void Printer::tokens(std::uint32_t begin, std::uint32_t end) {
  for (auto pos = begin; pos < end;) {
    if (is_blank(text_[pos]) || text_[pos] == '\n') {
      ++pos;
      continue;
    }
    auto stop = std::min(token_end(text_, pos), end);
    if (text_.substr(pos, 2) != "//") token(pos, stop, false);
    pos = stop;
  }
}

bool Printer::has_break(std::uint32_t begin, std::uint32_t end) const {
  return begin < end && text_.substr(begin, end - begin).find('\n') != std::string_view::npos;
}

}  // namespace envc::syntax
