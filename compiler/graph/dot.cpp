// Graphviz's DOT language (graphviz.org, "DOT Language").
#include <array>

#include "graph/outline.h"
#include "graph/print.h"

namespace envc::graph {
namespace {

constexpr std::array<std::string_view, 8> shapes{
#define FIGURE(word, name, open, close, shape) shape,
#include "graph/figures.def"
#undef FIGURE
};

/// In quotes, without them around. Backslashes begin escapes and `&` an entity there; nothing else is special.
std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '&': out += "&amp;"; break;
      case '\n':
      case '\r': out += ' '; break;
      default: out += c;
    }
  }
  return out;
}

std::string quoted(std::string_view text) { return "\"" + escaped(text) + "\""; }

std::string lines(const std::vector<std::string>& all) {
  std::string out;
  for (const auto& one : all)
    if (!one.empty()) out += (out.empty() ? "" : "\\n") + escaped(one);
  return "\"" + out + "\"";
}

std::string arrow(std::string_view from, std::string_view to, const std::string& label) {
  return std::string(from) + " -> " + std::string(to) + (label.empty() ? "" : " [label=" + label + "]");
}

}  // namespace

std::string dot(const Graph& graph) {
  const auto ids = identifiers(graph);
  auto node = [&](std::uint32_t i) {
    const auto& n = graph.nodes[i];
    return ids[i] + " [label=" + lines({n.name, n.caption, also_label(n)}) + ", shape=" + std::string(shapes[static_cast<std::size_t>(n.figure)]) +
           (n.outside ? ", style=dashed]" : "]");
  };
  Outline out;
  out.line("rankdir=LR");
  out.line("label=" + quoted(title(graph)));
  out.line("fontname=\"Helvetica\"");
  out.line("node [fontname=\"Helvetica\", fontsize=11]");
  out.line("edge [fontname=\"Helvetica\", fontsize=9]");
  if (has_entry(graph)) out.line("internet [label=" + quoted(entry_name(graph)) + ", shape=circle]");
  out.line("subgraph cluster_environment {");
  ++out.depth;
  out.line("label=" + quoted(graph.environment + " on " + graph.platform));
  inside(graph,
         {[&](std::uint32_t i) {
            return "subgraph cluster_network_" + std::to_string(i + 1) + " { label=" + quoted(graph.networks[i].name) + "; style=rounded";
          },
          node, "}"},
         out);
  --out.depth;
  out.line("}");
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    if (graph.nodes[i].outside) out.line(node(i));
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    if (!graph.nodes[i].urls.empty()) out.line(arrow("internet", ids[i], lines(graph.nodes[i].urls)));
  for (const auto& edge : graph.edges) {
    const auto label = port_label(graph.nodes[edge.to]);
    out.line(arrow(ids[edge.from], ids[edge.to], label.empty() ? "" : quoted(label)));
  }
  return "digraph " + quoted(graph.system + " " + graph.environment) + " {\n" + out.text + "}\n";
}

}  // namespace envc::graph
