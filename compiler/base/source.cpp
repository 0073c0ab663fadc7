#include "base/source.h"

#include <algorithm>

namespace envc {

FileId SourceMap::add(std::string path, std::string text, SourceOwner owner) {
  auto& file = files_.emplace_back(File{std::move(path), std::move(text), {}, owner, {}});
  file.text = file.owned;
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

FileId SourceMap::add_view(std::string path, std::string_view text, SourceOwner owner) {
  files_.emplace_back(File{std::move(path), {}, text, owner, {}});
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

const std::vector<std::uint32_t>& SourceMap::line_starts(FileId f) const {
  const auto& file = files_[f.index];
  if (file.line_starts.empty()) {
    file.line_starts.push_back(0);
    for (std::uint32_t i = 0; i < file.text.size(); ++i)
      if (file.text[i] == '\n') file.line_starts.push_back(i + 1);
  }
  return file.line_starts;
}

LineColumn SourceMap::line_column(FileId f, std::uint32_t offset) const {
  const auto& starts = line_starts(f);
  auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  auto line = static_cast<std::uint32_t>(after - starts.begin());
  auto text = this->text(f);
  std::uint32_t column = 1;
  for (std::uint32_t i = starts[line - 1]; i < offset && i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++column;
  return {line, column};
}

std::string_view SourceMap::line_text(FileId f, std::uint32_t line) const {
  const auto& starts = line_starts(f);
  if (line == 0 || line > starts.size()) return {};
  auto text = this->text(f).substr(starts[line - 1]);
  text = text.substr(0, text.find('\n'));
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

std::string SourceMap::place(const Span& s) const {
  if (!s.valid()) return "<nowhere>";
  auto at = line_column(s.file, s.begin);
  return std::string(path(s.file)) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

}  // namespace envc
