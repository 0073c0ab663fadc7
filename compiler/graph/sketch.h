// The layout's working state, and its steps in their order. Private to the layout.
#pragma once

#include <array>

#include "graph/layout.h"

namespace envc::graph {

// Sizes, in pixels.
inline constexpr int name_size = 14, caption_size = 11, label_size = 11, title_size = 13;
inline constexpr int line_height = 14;      ///< of labels
inline constexpr int box_gap = 22;          ///< between boxes of a column
inline constexpr int wire_gap = 12;         ///< around a line that passes
inline constexpr int track_gap = 11;        ///< between vertical lines
inline constexpr int frame_pad = 14;        ///< inside a frame, and between frames
inline constexpr int frame_head = 28;       ///< inside a frame, below its upper border: the title
inline constexpr int margin = 16;           ///< around everything
inline constexpr int least_apart = 5;       ///< lines of different nets that run side by side

/// What stands in a column: a box, or a bend of a net that passes through it.
struct Leaf {
  std::uint32_t node = nothing;  ///< as in Box; nothing: a bend
  std::uint32_t group = 0;
  int column = 0;
  int width = 0, height = 0;     ///< of the box
  int strip = 0;                 ///< room to the left of the box, for arrows and labels
  int above = 0, below = 0;      ///< what it takes up and down from `y`, labels included
  int y = 0;                     ///< its middle
  [[nodiscard]] bool bend() const { return node == nothing; }
};

struct Item {
  bool group = false;
  std::uint32_t index = 0;
  friend bool operator==(const Item&, const Item&) = default;
};

/// The page, the environment's frame, or a network.
struct Group {
  std::uint32_t parent = nothing;
  std::uint32_t network = nothing;
  std::string title;
  int first = 0, last = -1;  ///< columns
  std::vector<Item> order;   ///< what stands in it, from top to bottom
  int top = 0, bottom = 0;
};

/// All edges into one target that mean the same: one tree.
struct Net {
  std::uint32_t target = 0;            ///< a leaf
  std::vector<std::uint32_t> sources;  ///< leaves
  std::vector<std::string> labels;
  bool entry = false;
  int hue = 0;                         ///< as in Wire
  int stub = 0;                        ///< where it meets its target: down from the target's middle
  int shift = 0;                       ///< how much further down, so that a line is straight
  std::vector<std::uint32_t> ahead, back;  ///< by column: the bend where it passes on the way to the right, to the left
};

/// A net in the channel between a column and the next: at most one vertical line.
struct Span {
  std::uint32_t net = 0;
  std::vector<std::uint32_t> left, right;  ///< leaves that it reaches from here
  std::vector<std::array<std::uint32_t, 2>> links;  ///< pairs of them that want one height
  int track = -1;                          ///< of the vertical line; -1: it goes straight through
};

inline constexpr std::uint32_t page = 0, frame = 1, first_network = 2;

struct Sketch {
  const Graph& graph;
  int last = 0;  ///< the last column in the environment; column 0 is the internet's, last + 1 that of what is outside
  std::vector<Leaf> leaves;       ///< boxes first, in the order of nodes, the internet behind them; then bends
  std::vector<Group> groups;      ///< the page, the frame, then networks
  std::vector<Net> nets;
  std::vector<std::vector<Span>> channels;  ///< channels[k] lies between the columns k and k + 1
  std::vector<std::vector<std::pair<std::uint32_t, int>>> ports;  ///< by net, as its sources: (source, y) where it leaves

  std::vector<std::array<std::uint32_t, 2>> clashes;  ///< leaves on the two sides of a channel whose nets share a piece of line

  [[nodiscard]] int columns() const { return last + 2; }
};

/// Columns of nodes: 1 and up from left to right, callers before callees where there is no circle.
[[nodiscard]] std::vector<int> columns_of(const Graph& graph);
/// Boxes, groups, nets with their bends, channels.
[[nodiscard]] Sketch begin(const Graph& graph);
/// From top to bottom in each group, with few crossings.
void settle_order(Sketch& sketch);
/// Heights: what is connected is near to each other, nothing overlaps.
void settle_rows(Sketch& sketch);
/// Where lines leave their boxes, and the tracks of vertical lines; notes clashes.
void settle_wires(Sketch& sketch);
/// Moves leaves a little, until no two nets share a piece of line.
void settle_clashes(Sketch& sketch);
/// Everything in pixels.
[[nodiscard]] Layout measure(const Sketch& sketch);

}  // namespace envc::graph
