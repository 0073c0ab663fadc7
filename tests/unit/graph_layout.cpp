// The layout: what holds of every picture.
#include "graph/layout.h"

#include <gtest/gtest.h>

#include "graph_samples.h"

namespace envc::graph {
namespace {

bool overlap(const Rect& a, const Rect& b) { return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom(); }
bool inside(const Rect& a, const Rect& b) { return a.x >= b.x && a.y >= b.y && a.right() <= b.right() && a.bottom() <= b.bottom(); }

/// A piece of a line, as a rectangle without breadth.
struct Piece {
  Point a, b;
  [[nodiscard]] bool level() const { return a.y == b.y; }
  [[nodiscard]] bool crosses(const Rect& r) const {
    return std::min(a.x, b.x) < r.right() && std::max(a.x, b.x) > r.x && std::min(a.y, b.y) < r.bottom() && std::max(a.y, b.y) > r.y;
  }
  /// Side by side, or one on the other, for some way.
  [[nodiscard]] bool shares(const Piece& o) const {
    constexpr int near = 3;
    if (level() != o.level()) return false;
    if (level()) return std::abs(a.y - o.a.y) < near && std::min(a.x, b.x) < std::max(o.a.x, o.b.x) && std::min(o.a.x, o.b.x) < std::max(a.x, b.x);
    return std::abs(a.x - o.a.x) < near && std::min(a.y, b.y) < std::max(o.a.y, o.b.y) && std::min(o.a.y, o.b.y) < std::max(a.y, b.y);
  }
};

std::vector<Piece> pieces(const Wire& wire) {
  std::vector<Piece> all;
  for (std::size_t i = 0; i + 1 < wire.points.size(); ++i) all.push_back({wire.points[i], wire.points[i + 1]});
  return all;
}

class Layouts : public testing::TestWithParam<int> {
 protected:
  Graph graph = by_chance(static_cast<std::uint64_t>(GetParam()));
  Layout picture = layout(graph);
  [[nodiscard]] bool entry(const Wire& wire) const { return wire.from == graph.nodes.size(); }
  [[nodiscard]] Rect box(std::uint32_t node) const {
    for (const auto& one : picture.boxes)
      if (one.node == node) return one.rect;
    return {};
  }
};

TEST_P(Layouts, BoxesAreApart) {
  for (const auto& a : picture.boxes)
    for (const auto& b : picture.boxes)
      if (a.node < b.node) {
        EXPECT_FALSE(overlap({a.rect.x - 5, a.rect.y - 5, a.rect.width + 10, a.rect.height + 10}, b.rect)) << a.node << " and " << b.node;
      }
}

TEST_P(Layouts, EverythingIsOnThePage) {
  const Rect page{0, 0, picture.width, picture.height};
  for (const auto& one : picture.boxes) EXPECT_TRUE(inside(one.rect, page));
  for (const auto& one : picture.frames) EXPECT_TRUE(inside(one.rect, page));
  for (const auto& one : picture.labels) EXPECT_TRUE(inside(one.rect, page)) << one.text;
  for (const auto& wire : picture.wires)
    for (const auto& point : wire.points) EXPECT_TRUE(inside({point.x, point.y, 0, 0}, page)) << wire.from << " -> " << wire.to;
}

TEST_P(Layouts, LabelsCoverNothing) {
  for (const auto& label : picture.labels) {
    for (const auto& one : picture.boxes) EXPECT_FALSE(overlap(label.rect, one.rect)) << label.text << " on " << one.node;
    for (const auto& other : picture.labels)
      if (&other != &label) {
        EXPECT_FALSE(overlap(label.rect, other.rect)) << label.text << " on " << other.text;
      }
    for (const auto& wire : picture.wires)
      for (const auto& piece : pieces(wire)) EXPECT_FALSE(piece.crosses(label.rect)) << label.text << " under " << wire.from << " -> " << wire.to;
  }
}

TEST_P(Layouts, FramesHoldTheirMembersAndNobodyElse) {
  auto frame_of = [&](std::uint32_t network) {
    for (const auto& one : picture.frames)
      if (one.network == network) return one.rect;
    return Rect{};
  };
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
    const auto& node = graph.nodes[n];
    std::vector<bool> around(graph.networks.size(), false);
    for (auto at = node.network; at != nothing; at = graph.networks[at].parent) around[at] = true;
    for (std::uint32_t i = 0; i < graph.networks.size(); ++i) {
      EXPECT_EQ(overlap(box(n), frame_of(i)), around[i]) << node.name << " in " << graph.networks[i].name;
      EXPECT_EQ(inside(box(n), frame_of(i)), around[i]) << node.name << " in " << graph.networks[i].name;
    }
    EXPECT_EQ(overlap(box(n), frame_of(nothing)), !node.outside) << node.name;
    EXPECT_EQ(inside(box(n), frame_of(nothing)), !node.outside) << node.name;
  }
  for (const auto& a : picture.frames)
    for (const auto& b : picture.frames)
      if (a.network != b.network) {
        EXPECT_TRUE(!overlap(a.rect, b.rect) || inside(a.rect, b.rect) || inside(b.rect, a.rect));
      }
}

TEST_P(Layouts, WiresRunFromBoxToBoxAndThroughNone) {
  std::size_t expected = graph.edges.size();
  for (const auto& node : graph.nodes) expected += node.urls.empty() ? 0 : 1;
  EXPECT_EQ(picture.wires.size(), expected);
  for (const auto& wire : picture.wires) {
    const auto from = box(wire.from), to = box(wire.to);
    const auto first = wire.points.front(), last = wire.points.back();
    EXPECT_EQ(first.x, from.right());
    EXPECT_TRUE(first.y > from.y && first.y < from.bottom());
    EXPECT_EQ(last.x, to.x);
    EXPECT_TRUE(last.y > to.y && last.y < to.bottom());
    for (const auto& piece : pieces(wire)) {
      EXPECT_TRUE(piece.a.x == piece.b.x || piece.a.y == piece.b.y);
      for (const auto& one : picture.boxes) EXPECT_FALSE(piece.crosses(one.rect)) << wire.from << " -> " << wire.to << " through " << one.node;
    }
    ASSERT_GE(wire.points.size(), 2u);
    EXPECT_LT(wire.points[wire.points.size() - 2].x, last.x) << "an arrow points to the right";
  }
}

TEST_P(Layouts, LinesToDifferentTargetsShareNoPiece) {
  for (std::size_t i = 0; i < picture.wires.size(); ++i)
    for (std::size_t j = i + 1; j < picture.wires.size(); ++j) {
      const auto &a = picture.wires[i], &b = picture.wires[j];
      if ((a.to == b.to && entry(a) == entry(b)) || (entry(a) && entry(b))) continue;
      for (const auto& one : pieces(a))
        for (const auto& other : pieces(b))
          EXPECT_FALSE(one.shares(other)) << a.from << " -> " << a.to << " and " << b.from << " -> " << b.to << " at " << one.a.x << "," << one.a.y << " and "
                                          << other.a.x << "," << other.a.y;
    }
}

TEST_P(Layouts, TheSameAgain) {
  const auto again = layout(graph);
  EXPECT_EQ(again.width, picture.width);
  EXPECT_EQ(again.height, picture.height);
  ASSERT_EQ(again.wires.size(), picture.wires.size());
  for (std::size_t i = 0; i < again.wires.size(); ++i) EXPECT_EQ(again.wires[i].points, picture.wires[i].points);
}

TEST(Layout, AChainIsOneStraightLine) {
  Graph graph{"system", "local", "compose", {node("a"), node("b"), node("c")}, {{0, 1}, {1, 2}}, {}};
  graph.nodes[0].urls = {"https://a.example"};
  const auto picture = layout(graph);
  ASSERT_EQ(picture.wires.size(), 3u);
  for (const auto& wire : picture.wires) EXPECT_EQ(wire.points.size(), 2u) << wire.from << " -> " << wire.to;
}

TEST(Layout, CallersStandToTheLeftAndWhatIsElsewhereOutside) {
  Graph graph{"system", "local", "compose", {node("db", Figure::Store), node("mail", Figure::Outside), node("web")}, {{2, 0}, {2, 1}}, {}};
  const auto picture = layout(graph);
  const auto &db = picture.boxes[0].rect, &mail = picture.boxes[1].rect, &web = picture.boxes[2].rect;
  EXPECT_LT(web.right(), db.x);
  EXPECT_GT(mail.x, picture.frames[0].rect.right());
}

TEST(Layout, ACircleIsDrawnAndTheWayBackGoesAround) {
  Graph graph{"system", "local", "compose", {node("a"), node("b")}, {{0, 1}, {1, 0}}, {}};
  const auto picture = layout(graph);
  ASSERT_EQ(picture.wires.size(), 2u);
  EXPECT_EQ(picture.wires[0].points.size() + picture.wires[1].points.size(), 2u + 6u);
}

TEST(Layout, NothingIsAPictureToo) {
  const auto picture = layout({"system", "local", "compose", {}, {}, {}});
  EXPECT_EQ(picture.frames.size(), 1u);
  EXPECT_GT(picture.width, 0);
}

INSTANTIATE_TEST_SUITE_P(ByChance, Layouts, testing::Range(0, 40));

}  // namespace
}  // namespace envc::graph
