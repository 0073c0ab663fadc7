#include "graph/networks.h"

#include <algorithm>

namespace envc::graph {
namespace {

struct Members {
  std::string name;
  std::vector<std::uint32_t> nodes;  ///< sorted
};

/// In the order in which the names are met; networks with the same members are one.
std::vector<Members> gather(const Graph& graph, const std::vector<std::vector<std::string>>& memberships) {
  std::vector<Members> all;
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    if (graph.nodes[i].outside) continue;
    for (const auto& name : memberships[i]) {
      auto at = std::find_if(all.begin(), all.end(), [&](const Members& one) { return one.name == name; });
      if (at == all.end()) at = all.insert(all.end(), {name, {}});
      if (at->nodes.empty() || at->nodes.back() != i) at->nodes.push_back(i);
    }
  }
  std::vector<Members> different;
  for (auto& one : all) {
    auto same = std::find_if(different.begin(), different.end(), [&](const Members& other) { return other.nodes == one.nodes; });
    if (same == different.end()) different.push_back(std::move(one));
    else same->name += ", " + one.name;
  }
  std::stable_sort(different.begin(), different.end(),
                   [](const Members& a, const Members& b) { return a.nodes.size() > b.nodes.size(); });
  return different;
}

bool within(const Members& inner, const Members& outer) {
  return std::includes(outer.nodes.begin(), outer.nodes.end(), inner.nodes.begin(), inner.nodes.end());
}

/// The smallest one that holds all of it and that holds, or is held by, every other one that does.
std::uint32_t parent_of(const std::vector<Members>& all, std::uint32_t index) {
  std::vector<std::uint32_t> around;
  for (auto i = index; i-- > 0;)
    if (within(all[index], all[i])) around.push_back(i);
  for (auto one : around)
    if (std::all_of(around.begin(), around.end(), [&](std::uint32_t other) { return within(all[one], all[other]) || within(all[other], all[one]); }))
      return one;
  return nothing;
}

/// Where a node is drawn: an index, or nothing where it is in no network.
std::uint32_t home_of(const Graph& graph, const std::vector<Members>& all, std::uint32_t node) {
  std::vector<std::uint32_t> in;
  for (std::uint32_t i = 0; i < all.size(); ++i)
    if (std::binary_search(all[i].nodes.begin(), all[i].nodes.end(), node)) in.push_back(i);
  auto calls = [&](std::uint32_t other) { return std::binary_search(graph.edges.begin(), graph.edges.end(), Edge{node, other}); };
  auto best = nothing;
  std::size_t called = 0, others = 1;  // of the best
  for (auto i : in) {
    if (std::any_of(in.begin(), in.end(), [&](std::uint32_t other) { return other != i && within(all[other], all[i]); })) continue;
    const auto reached = static_cast<std::size_t>(std::count_if(all[i].nodes.begin(), all[i].nodes.end(), calls));
    const auto rest = std::max<std::size_t>(all[i].nodes.size() - 1, 1);
    if (best != nothing && reached * others > called * rest) continue;  // equal shares: the later one is no bigger
    best = i;
    called = reached;
    others = rest;
  }
  return best;
}

}  // namespace

void nest(Graph& graph, const std::vector<std::vector<std::string>>& memberships) {
  const auto all = gather(graph, memberships);
  std::vector<std::uint32_t> parents(all.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) parents[i] = parent_of(all, i);

  std::vector<bool> shown(all.size(), false);
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
    auto& node = graph.nodes[n];
    node.network = home_of(graph, all, n);
    std::vector<bool> around(all.size(), false);
    for (auto at = node.network; at != nothing; at = parents[at]) shown[at] = around[at] = true;
    for (std::uint32_t i = 0; i < all.size(); ++i)
      if (!around[i] && std::binary_search(all[i].nodes.begin(), all[i].nodes.end(), n)) node.also.push_back(all[i].name);
  }

  // those in which nothing is drawn are left out: their members name them
  std::vector<std::uint32_t> index(all.size(), nothing);
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (!shown[i]) continue;
    index[i] = static_cast<std::uint32_t>(graph.networks.size());
    graph.networks.push_back({all[i].name, parents[i] == nothing ? nothing : index[parents[i]]});
  }
  for (auto& node : graph.nodes)
    if (node.network != nothing) node.network = index[node.network];
}

}  // namespace envc::graph
