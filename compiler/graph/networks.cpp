#include "graph/networks.h"

#include <algorithm>
#include <numeric>

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

/// The smallest one before `index` that holds all of it.
std::uint32_t parent_of(const std::vector<Members>& all, std::uint32_t index) {
  for (auto i = index; i-- > 0;)
    if (within(all[index], all[i])) return i;
  return nothing;
}

}  // namespace

void nest(Graph& graph, const std::vector<std::vector<std::string>>& memberships) {
  const auto all = gather(graph, memberships);
  std::vector<std::uint32_t> parents(all.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) parents[i] = parent_of(all, i);

  std::vector<bool> shown(all.size(), false);
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
    auto& node = graph.nodes[n];
    std::vector<bool> around(all.size(), false);
    for (auto i = static_cast<std::uint32_t>(all.size()); i-- > 0;) {
      if (!std::binary_search(all[i].nodes.begin(), all[i].nodes.end(), n)) continue;
      if (node.network == nothing) {
        node.network = i;
        for (auto at = i; at != nothing; at = parents[at]) shown[at] = around[at] = true;
      } else if (!around[i]) {
        node.also.insert(node.also.begin(), all[i].name);
      }
    }
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
