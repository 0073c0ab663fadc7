// Mermaid's flowchart syntax (mermaid.js.org, "Flowcharts", version 10 and 11).
#include <array>

#include "graph/outline.h"
#include "graph/print.h"

namespace envc::graph {
namespace {

struct Brackets { std::string_view open, close; };
constexpr std::array<Brackets, 8> brackets{{
#define FIGURE(word, name, open, close, shape) {open, close},
#include "graph/figures.def"
#undef FIGURE
}};

/// In quotes; what would end them, or be read as HTML, as Markdown or as an entity, stands as an entity code.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    switch (c) {
      case '"': out += "#quot;"; break;
      case '#': out += "#35;"; break;
      case '&': out += "#amp;"; break;
      case '<': out += "#lt;"; break;
      case '>': out += "#gt;"; break;
      case '`': out += "#96;"; break;
      case '\\': out += "#92;"; break;
      case '\n':
      case '\r': out += ' '; break;
      default: out += c;
    }
  }
  return out + "\"";
}

std::string lines(const std::vector<std::string>& all) {
  std::string out;
  for (const auto& one : all) {
    if (one.empty()) continue;
    auto text = quoted(one);
    out += (out.empty() ? "" : "<br/>") + text.substr(1, text.size() - 2);
  }
  return "\"" + out + "\"";
}

std::string arrow(std::string_view from, std::string_view label, std::string_view to) {
  return std::string(from) + " -->" + (label.empty() ? "" : "|" + std::string(label) + "|") + " " + std::string(to);
}

}  // namespace

std::string mermaid(const Graph& graph) {
  const auto ids = identifiers(graph);
  auto node = [&](std::uint32_t i) {
    const auto& n = graph.nodes[i];
    const auto& b = brackets[static_cast<std::size_t>(n.figure)];
    return ids[i] + std::string(b.open) + lines({n.name, n.caption, also_label(n)}) + std::string(b.close);
  };
  Outline out;
  if (has_entry(graph)) out.line("internet((" + quoted(entry_name(graph)) + "))");
  out.line("subgraph environment[" + quoted(graph.environment + " on " + graph.platform) + "]");
  ++out.depth;
  inside(graph, {[&](std::uint32_t i) { return "subgraph network_" + std::to_string(i + 1) + "[" + quoted(graph.networks[i].name) + "]"; }, node, "end"}, out);
  --out.depth;
  out.line("end");
  std::string outside;
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    if (!graph.nodes[i].outside) continue;
    out.line(node(i));
    outside += (outside.empty() ? "" : ",") + ids[i];
  }
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    if (!graph.nodes[i].urls.empty()) out.line(arrow("internet", lines(graph.nodes[i].urls), ids[i]));
  for (const auto& edge : graph.edges) {
    const auto label = port_label(graph.nodes[edge.to]);
    out.line(arrow(ids[edge.from], label.empty() ? "" : quoted(label), ids[edge.to]));
  }
  if (!outside.empty()) {
    out.line("classDef outside stroke-dasharray:5 5");
    out.line("class " + outside + " outside");
  }
  return "flowchart LR\n" + out.text;
}

}  // namespace envc::graph
