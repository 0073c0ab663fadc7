#include "graph/outline.h"

#include <set>

namespace envc::graph {
namespace {

void members(const Graph& graph, const Form& form, std::uint32_t network, Outline& out) {
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    if (!graph.nodes[i].outside && graph.nodes[i].network == network) out.line(form.node(i));
  for (std::uint32_t i = 0; i < graph.networks.size(); ++i) {
    if (graph.networks[i].parent != network) continue;
    out.line(form.open(i));
    ++out.depth;
    members(graph, form, i, out);
    --out.depth;
    out.line(form.close);
  }
}

}  // namespace

std::vector<std::string> identifiers(const Graph& graph) {
  std::vector<std::string> all;
  std::set<std::string> taken;
  for (const auto& node : graph.nodes) {
    std::string id = "c_";
    for (unsigned char c : node.name) id += (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? static_cast<char>(c) : '_';
    auto unique = id;
    for (int n = 2; !taken.insert(unique).second; ++n) unique = id + "_" + std::to_string(n);
    all.push_back(std::move(unique));
  }
  return all;
}

void Outline::line(std::string_view words) {
  text.append(static_cast<std::size_t>(depth) * 2, ' ');
  text += words;
  text += '\n';
}

void inside(const Graph& graph, const Form& form, Outline& out) { members(graph, form, nothing, out); }

}  // namespace envc::graph
