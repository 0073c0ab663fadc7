// Graphs to lay out and print: one like a project, and many by chance (the same
// ones on every machine).
#pragma once

#include <algorithm>

#include "graph/networks.h"

namespace envc::graph {

/// A linear congruential generator (Knuth's MMIX constants): no library's random numbers differ here.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 2654435761u + 1) {}
  std::uint32_t below(std::uint32_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(state_ >> 33) % limit;
  }

 private:
  std::uint64_t state_;
};

inline Node node(std::string name, Figure figure = Figure::Service) {
  Node made;
  made.name = std::move(name);
  made.caption = "thing";
  made.figure = figure;
  made.outside = figure == Figure::Outside;
  return made;
}

/// Up to fifty nodes, with circles, networks in each other and beside each other, several ways in, some run elsewhere.
inline Graph by_chance(std::uint64_t seed) {
  Dice dice(seed);
  Graph graph{"system", "local", "compose", {}, {}, {}};
  const auto count = 1 + dice.below(50), networks = dice.below(7), degree = 1 + dice.below(4);
  std::vector<std::vector<std::string>> memberships;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto made = node("n" + std::to_string(i) + std::string(dice.below(20), 'x'), static_cast<Figure>(dice.below(7)));
    made.outside = dice.below(8) == 0;
    if (dice.below(3) != 0) made.ports.push_back(std::to_string(80 + dice.below(30000)));
    for (auto urls = dice.below(6) == 0 ? dice.below(6) : 0; urls > 0; --urls) made.urls.push_back("https://" + std::string(1 + dice.below(60), 'u') + std::to_string(urls));
    std::vector<std::string> in;
    for (std::uint32_t k = 0; k < networks; ++k)
      if (dice.below(networks) <= 1 || (k == 0 && dice.below(5) != 0)) in.push_back("net" + std::to_string(k));
    memberships.push_back(std::move(in));
    graph.nodes.push_back(std::move(made));
  }
  for (std::uint32_t i = 0; i < count * degree; ++i) {
    const Edge edge{dice.below(count), dice.below(count)};
    if (edge.from != edge.to && (edge.from < edge.to || dice.below(8) == 0)) graph.edges.push_back(edge);
  }
  std::sort(graph.edges.begin(), graph.edges.end());
  graph.edges.erase(std::unique(graph.edges.begin(), graph.edges.end()), graph.edges.end());
  nest(graph, memberships);
  return graph;
}

}  // namespace envc::graph
