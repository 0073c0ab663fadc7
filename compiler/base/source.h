// The text of every file of a compilation and what offsets in it mean. Offsets,
// not lines, travel through the stages: line and column are computed when
// something is printed.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace envc {

struct FileId {
  std::uint32_t index = 0xffffffffu;
  [[nodiscard]] constexpr bool valid() const { return index != 0xffffffffu; }
  friend constexpr bool operator==(FileId, FileId) = default;
  friend constexpr auto operator<=>(FileId, FileId) = default;
};

/// Bytes [begin, end) of a file. A span without a file means "nowhere".
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] constexpr bool valid() const { return file.valid(); }
  friend constexpr bool operator==(const Span&, const Span&) = default;
  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

/// 1-based; columns count Unicode code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

enum class SourceOwner : std::uint8_t { User, Library };

class SourceMap {
 public:
  FileId add(std::string path, std::string text, SourceOwner owner);
  /// Adds a text that somebody else keeps alive (the embedded library).
  FileId add_view(std::string path, std::string_view text, SourceOwner owner);

  [[nodiscard]] std::string_view path(FileId f) const { return files_[f.index].path; }
  [[nodiscard]] std::string_view text(FileId f) const { return files_[f.index].text; }
  [[nodiscard]] std::string_view text(const Span& s) const { return text(s.file).substr(s.begin, s.end - s.begin); }
  [[nodiscard]] SourceOwner owner(FileId f) const { return files_[f.index].owner; }
  [[nodiscard]] bool is_user(const Span& s) const { return s.valid() && owner(s.file) == SourceOwner::User; }
  [[nodiscard]] std::size_t size() const { return files_.size(); }

  [[nodiscard]] LineColumn line_column(FileId f, std::uint32_t offset) const;
  /// The text of a line, without its line break. `line` is 1-based.
  [[nodiscard]] std::string_view line_text(FileId f, std::uint32_t line) const;
  /// "system.envc:14:16", or "<nowhere>".
  [[nodiscard]] std::string place(const Span& s) const;

 private:
  struct File {
    std::string path;
    std::string owned;
    std::string_view text;
    SourceOwner owner;
    mutable std::vector<std::uint32_t> line_starts;  // filled at the first question; printing is single-threaded
  };
  const std::vector<std::uint32_t>& line_starts(FileId f) const;
  std::deque<File> files_;
};

}  // namespace envc
