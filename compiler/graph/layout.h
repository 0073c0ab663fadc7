// A graph -> coordinates. Whole pixels, integers all the way: the same on every
// machine.
//
// Why our own: the picture has to be made where no Graphviz is installed, to be
// the same to the byte whoever makes it, and to keep networks as frames that do
// not overlap. Layers from left to right in the way of Sugiyama, Tagawa and Toda
// (1981); all edges into one component are one tree, so that a database that
// twenty services use has one line into it and not twenty.
#pragma once

#include "graph/graph.h"

namespace envc::graph {

/// Colours that tell the lines into one target from their neighbours; they mean nothing else.
inline constexpr int hues = 5;

struct Point {
  int x = 0, y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Rect {
  int x = 0, y = 0, width = 0, height = 0;
  [[nodiscard]] int right() const { return x + width; }
  [[nodiscard]] int bottom() const { return y + height; }
};

struct Box {
  std::uint32_t node = nothing;  ///< Graph::nodes; nodes.size() is the internet
  Rect rect;
};

struct Frame {
  std::uint32_t network = nothing;  ///< nothing: the environment itself
  Rect rect;
};

/// One edge: points of a line of horizontal and vertical pieces. Edges to one
/// target share pieces; others cross at most.
struct Wire {
  std::uint32_t from = 0, to = 0;  ///< as in Box
  int hue = 0;                     ///< 1 to hues where there are many targets, 0 where there are few
  std::vector<Point> points;       ///< from the right side of `from`; the last one is the arrow's tip
};

/// A line of text beside an arrow; the baseline is `rect.bottom() - 3`, the end is on the right.
struct Label {
  std::string text;
  std::uint32_t to = 0;
  bool entry = false;  ///< a public URL
  Rect rect;
};

struct Layout {
  int width = 0, height = 0;
  std::vector<Frame> frames;  ///< outer ones first
  std::vector<Box> boxes;
  std::vector<Wire> wires;
  std::vector<Label> labels;
};

[[nodiscard]] Layout layout(const Graph& graph);

}  // namespace envc::graph
