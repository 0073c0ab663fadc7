// Finished lines of formatted text, and the alignment over their neighbours.
// Knows columns only; what may be aligned is marked by the printer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace envc::syntax {

/// What the mark of a line belongs to: only marks of one kind are aligned.
enum class MarkKind : std::uint8_t { None, Field, Emit, Arm };

struct FormatLine {
  std::uint32_t indent = 0;  ///< columns
  std::string text;          ///< without indentation and comment; may hold line breaks (a block string, an error)
  std::string comment;       ///< "// …" at the end of the line, or empty
  MarkKind kind = MarkKind::None;
  std::size_t mark = 0;      ///< byte of `text` that is moved to the common column
  bool transparent = false;  ///< neither aligned nor the end of a run: a bare name, a keyed entry
  bool blank_before = false;
};

/// Columns that a text takes.
[[nodiscard]] std::size_t columns(std::string_view text);

/// Aligns and joins the lines.
[[nodiscard]] std::string join_lines(std::vector<FormatLine> lines);

}  // namespace envc::syntax
