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

std::string_view entry_name(const Graph& graph) {
  const auto here = [](std::string_view url) {
    const auto at = url.find("://localhost");
    if (at == url.npos) return false;
    const auto rest = url.substr(at + std::string_view("://localhost").size());
    return rest.empty() || rest.front() == ':' || rest.front() == '/';
  };
  const auto only_here = [&](const Node& node) { return std::all_of(node.urls.begin(), node.urls.end(), here); };
  return std::all_of(graph.nodes.begin(), graph.nodes.end(), only_here) ? "this machine" : "internet";
}

}  // namespace envc::graph
