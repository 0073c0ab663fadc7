// Alignment of `=`, `=>` and trailing comments over adjacent lines.
#include "syntax/format_lines.h"

#include <algorithm>

namespace envc::syntax {
namespace {

constexpr std::size_t comment_gap = 2;
constexpr std::size_t longest_aligned = 100;  // a longer line does not push its neighbours' comments away

void align_marks(std::vector<FormatLine>& lines) {
  for (std::size_t i = 0; i < lines.size();) {
    const auto& first = lines[i];
    if (first.kind == MarkKind::None) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    auto column = columns(std::string_view(first.text).substr(0, first.mark));
    for (; end < lines.size(); ++end) {
      const auto& line = lines[end];
      bool same = line.kind == first.kind || (line.transparent && first.kind == MarkKind::Field);
      if (!same || line.blank_before || line.indent != first.indent) break;
      if (line.kind != MarkKind::None) column = std::max(column, columns(std::string_view(line.text).substr(0, line.mark)));
    }
    for (; i < end; ++i) {
      auto& line = lines[i];
      if (line.kind != MarkKind::None)
        line.text.insert(line.mark, column - columns(std::string_view(line.text).substr(0, line.mark)), ' ');
    }
  }
}

bool has_aligned_comment(const FormatLine& line) {
  return !line.comment.empty() && !line.text.empty() && line.text.find('\n') == std::string::npos;
}

void align_comments(std::vector<FormatLine>& lines) {
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i;
    std::size_t column = 0;
    for (; end < lines.size() && has_aligned_comment(lines[end]) &&
           (end == i || (!lines[end].blank_before && lines[end].indent == lines[i].indent));
         ++end) {
      auto width = lines[end].indent + columns(lines[end].text);
      if (width <= longest_aligned) column = std::max(column, width);
    }
    for (auto k = i; k < end; ++k) {
      auto width = lines[k].indent + columns(lines[k].text);
      lines[k].text.append((width < column ? column - width : 0) + comment_gap, ' ');
    }
    if (end == i) {
      if (!lines[i].comment.empty() && !lines[i].text.empty()) lines[i].text.append(comment_gap, ' ');
      ++end;
    }
    i = end;
  }
}

}  // namespace

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string join_lines(std::vector<FormatLine> lines) {
  align_marks(lines);
  align_comments(lines);
  std::string out;
  for (const auto& line : lines) {
    if (line.blank_before && !out.empty()) out += '\n';
    if (!line.text.empty() || !line.comment.empty()) out.append(line.indent, ' ');
    out += line.text;
    out += line.comment;
    out += '\n';
  }
  return out;
}

}  // namespace envc::syntax
