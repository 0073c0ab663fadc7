#include "graph/graph.h"

#include <algorithm>

namespace envc::graph {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view before) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + std::string(before) + word;
  return text;
}

}  // namespace

std::string port_label(const Node& node) { return joined(node.ports, ":"); }

std::string title(const Graph& graph) { return graph.system + ": " + graph.environment + " on " + graph.platform; }

std::string also_label(const Node& node) { return node.also.empty() ? "" : "also in " + joined(node.also, ""); }

bool has_entry(const Graph& graph) {
  return std::any_of(graph.nodes.begin(), graph.nodes.end(), [](const Node& node) { return !node.urls.empty(); });
}

}  // namespace envc::graph
