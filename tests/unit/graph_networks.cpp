// Networks as nested frames.
#include "graph/networks.h"

#include <gtest/gtest.h>

#include "graph_samples.h"

namespace envc::graph {
namespace {

using Names = std::vector<std::string>;

Graph nested(const std::vector<Names>& memberships) {
  Graph graph;
  for (std::size_t i = 0; i < memberships.size(); ++i) graph.nodes.push_back(node("n" + std::to_string(i)));
  nest(graph, memberships);
  return graph;
}

std::string home(const Graph& graph, std::size_t node) {
  return graph.nodes[node].network == nothing ? "" : graph.networks[graph.nodes[node].network].name;
}

TEST(GraphNetworks, ASmallerOneStandsInTheOneThatHoldsItsMembers) {
  const auto graph = nested({{"all"}, {"all", "data"}, {"all", "data"}});
  ASSERT_EQ(graph.networks.size(), 2u);
  EXPECT_EQ(graph.networks[0].name, "all");
  EXPECT_EQ(graph.networks[1].name, "data");
  EXPECT_EQ(graph.networks[1].parent, 0u);
  EXPECT_EQ(home(graph, 0), "all");
  EXPECT_EQ(home(graph, 2), "data");
  EXPECT_EQ(graph.nodes[2].also, Names());
}

TEST(GraphNetworks, AMemberOfSeveralIsDrawnInTheSmallestAndNamesTheOthers) {
  const auto graph = nested({{"front"}, {"front"}, {"front", "back"}, {"back"}});
  EXPECT_EQ(home(graph, 2), "back");
  EXPECT_EQ(graph.nodes[2].also, Names{"front"});
  EXPECT_EQ(graph.networks[1].parent, nothing);
}

TEST(GraphNetworks, ACallerLivesWhereItIsCalledNotInTheNetworksThatItJoinsToCall) {
  // web, worker, db, cache: each store has a network of its own
  auto graph = nested({{"default"}, {"default", "db", "cache"}, {"db"}, {"cache"}});
  EXPECT_EQ(home(graph, 1), "cache") << "nobody calls: the last one met";
  for (auto& one : graph.nodes) one.network = nothing, one.also.clear();
  graph.networks.clear();
  graph.edges = {{0, 1}, {1, 2}, {1, 3}};
  nest(graph, {{"default"}, {"default", "db", "cache"}, {"db"}, {"cache"}});
  EXPECT_EQ(home(graph, 1), "default");
  EXPECT_EQ(graph.nodes[1].also, (Names{"db", "cache"}));
}

TEST(GraphNetworks, AmongSeveralThatHoldItNoneIsAroundIt) {
  const auto graph = nested({{"default", "db", "cache"}, {"db"}, {"cache"}});
  EXPECT_EQ(home(graph, 0), "default");
  EXPECT_EQ(graph.networks[graph.nodes[0].network].parent, nothing);
  EXPECT_EQ(graph.nodes[0].also, (Names{"db", "cache"}));
}

TEST(GraphNetworks, TheSameMembersAreOneFrame) {
  const auto graph = nested({{"a", "b"}, {"b", "a"}});
  ASSERT_EQ(graph.networks.size(), 1u);
  EXPECT_EQ(graph.networks[0].name, "a, b");
}

TEST(GraphNetworks, WhereNobodyIsDrawnThereIsNoFrame) {
  const auto graph = nested({{"all", "a"}, {"a"}, {"all", "b"}, {"b"}, {"all", "c"}, {"c"}});
  EXPECT_EQ(graph.networks.size(), 3u);
  EXPECT_EQ(home(graph, 0), "a");
  EXPECT_EQ(graph.nodes[0].also, Names{"all"});
  EXPECT_EQ(graph.nodes[1].also, Names());
}

TEST(GraphNetworks, WhatIsRunElsewhereIsInNone) {
  Graph graph;
  graph.nodes = {node("a", Figure::Outside), node("b")};
  nest(graph, {{"front"}, {}});
  EXPECT_TRUE(graph.networks.empty());
  EXPECT_EQ(graph.nodes[1].network, nothing);
}

}  // namespace
}  // namespace envc::graph
