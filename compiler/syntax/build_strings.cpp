// Strings: escapes, holes, and what a block string drops (its first line break,
// its closing line and that line's indentation).
#include <algorithm>

#include "syntax/builder.h"

namespace envc::syntax {
namespace {

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::uint32_t hex_value(std::string_view digits) {
  std::uint32_t result = 0;
  for (char c : digits) {
    auto low = static_cast<char>(c | 0x20);
    result = result * 16 + static_cast<std::uint32_t>(c <= '9' ? c - '0' : low - 'a' + 10);
  }
  return result;
}

/// Decodes the text between the quotes, hole by hole.
class StringReader {
 public:
  StringReader(std::string_view file, FileId id, bool escapes, diag::Sink& sink)
      : file_(file), id_(id), escapes_(escapes), sink_(sink) {}

  /// Finds what a block string drops; `last_literal` is where its last hole ends.
  void enter_block(std::uint32_t& begin, std::uint32_t& end, std::uint32_t last_literal) {
    if (file_.substr(begin, 2) == "\r\n") begin += 2, line_start_ = true;
    else if (begin < end && file_[begin] == '\n') begin += 1, line_start_ = true;
    block_ = true;
    auto blanks = end;
    auto floor = std::max(begin, last_literal);
    while (blanks > floor && (file_[blanks - 1] == ' ' || file_[blanks - 1] == '\t')) --blanks;
    bool at_start = blanks == begin && line_start_;
    if (!at_start && (blanks == floor || file_[blanks - 1] != '\n')) return;  // no closing line of its own
    indent_ = file_.substr(blanks, end - blanks);
    end = blanks;
    if (at_start) return;
    --end;
    if (end > floor && file_[end - 1] == '\r') --end;
  }

  /// Decodes [begin, end), which holds no hole; `file_[end]` starts one or ends the string.
  void read(std::uint32_t begin, std::uint32_t end, std::string& out) {
    for (auto pos = begin; pos < end;) {
      if (line_start_) {
        line_start_ = false;
        pos = skip_indent(pos, end);
        continue;
      }
      char c = file_[pos];
      if (escapes_ && c == '\\') {
        pos = escape(pos, out);
      } else if (block_ && c == '\r' && pos + 1 < end && file_[pos + 1] == '\n') {
        ++pos;
      } else {
        out += c;
        line_start_ = block_ && c == '\n';
        ++pos;
      }
    }
  }
  /// A hole stands here: the text before it was not the end of a line.
  void at_hole(std::uint32_t pos) {
    if (line_start_ && !indent_.empty()) outdented(pos);
    line_start_ = false;
  }

 private:
  std::uint32_t skip_indent(std::uint32_t pos, std::uint32_t end) {
    if (file_.substr(pos, end - pos).starts_with(indent_)) return pos + static_cast<std::uint32_t>(indent_.size());
    auto first = pos;
    while (first < end && (file_[first] == ' ' || file_[first] == '\t')) ++first;
    bool blank = file_[first] == '\n' || file_[first] == '\r';  // at `end` too: the last line may be blank
    if (!blank) outdented(first);
    return first;
  }

  void outdented(std::uint32_t pos) {
    if (reported_) return;
    reported_ = true;
    sink_.report(diag::OutdentedLine{}, {id_, pos, pos + 1})
        .here("this line starts before them")
        .help("the blanks before the closing quotes are cut from every line: indent each line at least as far");
  }

  std::uint32_t escape(std::uint32_t pos, std::string& out) {
    switch (char c = file_[pos + 1]) {
      case 'n': out += '\n'; return pos + 2;
      case 'r': out += '\r'; return pos + 2;
      case 't': out += '\t'; return pos + 2;
      case 'u': {
        auto close = static_cast<std::uint32_t>(file_.find('}', pos));
        auto point = hex_value(file_.substr(pos + 3, close - pos - 3));
        if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF) || point == 0) {
          auto written = file_.substr(pos, close + 1 - pos);
          sink_.report(diag::NoCharacter{}, {id_, pos, close + 1}, written)
              .help("characters are 1 to 10FFFF without D800 to DFFF, in hexadecimal");
          point = 0xFFFD;
        }
        append_utf8(out, point);
        return close + 1;
      }
      default: out += c; return pos + 2;
    }
  }

  std::string_view file_;
  FileId id_;
  bool escapes_;
  diag::Sink& sink_;
  std::string_view indent_;
  bool block_ = false;
  bool line_start_ = false;
  bool reported_ = false;
};

}  // namespace

ast::StringLit Builder::string(NodeIndex i) {
  auto all = text(i);
  const bool raw = all.front() == '\'';
  const bool block = all.size() >= 6 && (all.starts_with("\"\"\"") || all.starts_with("'''"));
  auto begin = node(i).begin + (block ? 3 : 1);
  auto end = node(i).end - (block ? 3 : 1);
  StringReader reader(text_, tree_.file, !raw, sink_);
  ast::StringLit result;
  result.raw = raw;
  if (block) {
    auto last = begin;
    for (Children holes(tree_, i); !holes.done();) last = node(holes.next()).end;
    reader.enter_block(begin, end, last);
  }
  std::string literal;
  auto at = begin;
  auto flush = [&](std::uint32_t until) {
    reader.read(at, until, literal);
    if (!literal.empty()) result.parts.push_back({symbol(literal), {}, {}, false, span(at, until)});
    literal.clear();
  };
  for (Children holes(tree_, i); !holes.done();) {
    auto hole = holes.next();
    flush(node(hole).begin);
    reader.at_hole(node(hole).begin);
    Children parts(tree_, hole);
    ast::StringPart part;
    part.span = span(hole);
    part.hole = expression(parts.next());
    if (parts.is(NodeKind::Unit)) unit(parts.next(), part.unit, part.whole);
    result.parts.push_back(part);
    at = node(hole).end;
  }
  flush(end);
  return result;
}

Symbol Builder::quoted(NodeIndex i) {
  std::string out;
  StringReader reader(text_, tree_.file, text(i).front() == '"', sink_);
  reader.read(node(i).begin + 1, node(i).end - 1, out);
  return symbol(out);
}

}  // namespace envc::syntax
