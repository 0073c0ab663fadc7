// How wide a text is, in pixels: a fixed table of Helvetica's widths, so that the
// layout needs no font and is the same on every machine.
#pragma once

#include <string>
#include <string_view>

namespace envc::graph {

enum class Weight : unsigned char { Plain, Bold };

/// An upper bound for Helvetica and the fonts with its measures (Arial, Liberation Sans).
[[nodiscard]] int text_width(std::string_view text, int size, Weight weight);

/// The text, or its beginning and an ellipsis, so that it is at most `width` wide.
[[nodiscard]] std::string fitting(std::string_view text, int size, Weight weight, int width);

}  // namespace envc::graph
