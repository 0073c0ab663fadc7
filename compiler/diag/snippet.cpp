#include "diag/snippet.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"

namespace envc::diag {
namespace {

constexpr std::size_t max_columns = 140;  // a longer line is shown as a window
constexpr std::size_t tab_columns = 4;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// One code point of the line: what to print, how wide, and where it was.
struct Cell {
  std::string text;
  std::size_t width;
  std::size_t begin;  // byte offset in the line
};

std::vector<Cell> cells(std::string_view line) {
  std::vector<Cell> out;
  for (std::size_t at = 0; at < line.size();) {
    auto decoded = utf8::decode(line, at);
    if (line[at] == '\t') out.push_back({std::string(tab_columns, ' '), tab_columns, at});
    else if (!decoded.valid || utf8::is_unprintable(decoded.point)) out.push_back({std::string(replacement), 1, at});
    else out.push_back({std::string(line.substr(at, decoded.length)), static_cast<std::size_t>(utf8::width(decoded.point)), at});
    at += decoded.length;
  }
  return out;
}

}  // namespace

Snippet snippet(const Span& span, const SourceMap& sources) {
  Snippet out;
  out.line = sources.line_column(span.file, span.begin).line;
  auto line = sources.line_text(span.file, out.line);
  const auto start = static_cast<std::size_t>(line.data() - sources.text(span.file).data());
  const auto begin = std::min<std::size_t>(line.empty() ? 0 : span.begin - start, line.size());
  const auto end = std::clamp<std::size_t>(line.empty() ? 0 : span.end - start, begin, line.size());

  const auto all = cells(line);
  std::size_t total = 0, before = 0, marked = 0;
  for (const auto& cell : all) {
    total += cell.width;
    if (cell.begin < begin) before += cell.width;
    else if (cell.begin < end) marked += cell.width;
  }
  // The window keeps the mark's start a third from its left edge.
  const std::size_t from = total <= max_columns ? 0 : before > max_columns / 3 ? before - max_columns / 3 : 0;
  std::size_t column = 0, skipped = 0, shown = 0;
  bool clipped_right = false;
  for (const auto& cell : all) {
    if (column < from) skipped += cell.width;
    else if (shown + cell.width > max_columns) clipped_right = true;
    else {
      out.text += cell.text;
      shown += cell.width;
    }
    column += cell.width;
  }
  const std::string_view dots = "...";
  if (skipped > 0) out.text.insert(0, dots);
  if (clipped_right) out.text += dots;
  out.indent = before - skipped + (skipped > 0 ? dots.size() : 0);
  out.width = std::max<std::size_t>(1, std::min(marked, shown + skipped - std::min(before, shown + skipped)));
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto decoded = utf8::decode(text, at);
    if (text[at] == '\n') out += '\n';
    else if (text[at] == '\t') out += ' ';
    else if (!decoded.valid || utf8::is_unprintable(decoded.point)) out += replacement;
    else out += text.substr(at, decoded.length);
    at += decoded.length;
  }
  return out;
}

}  // namespace envc::diag
