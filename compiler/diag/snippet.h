// A line of source as a terminal can show it: tabs become blanks, unprintable
// bytes a replacement mark, a very long line a window around the marked part.
#pragma once

#include <string>

#include "base/source.h"

namespace envc::diag {

struct Snippet {
  std::uint32_t line = 0;  ///< 1-based number of the line shown
  std::string text;        ///< what to print
  std::size_t indent = 0;  ///< columns before the mark
  std::size_t width = 1;   ///< columns of the mark, at least 1
};

/// The first line of a span. A span over several lines is marked to the end of its first.
[[nodiscard]] Snippet snippet(const Span& span, const SourceMap& sources);

/// A text without anything that a terminal would act on. Line breaks stay.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace envc::diag
