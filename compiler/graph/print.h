// A graph -> the text of one form. Names go in as they are; each form escapes
// what it must. Deterministic.
#pragma once

#include "graph/graph.h"

namespace envc::graph {

/// A Mermaid flowchart, from left to right.
[[nodiscard]] std::string mermaid(const Graph& graph);
/// A Graphviz digraph.
[[nodiscard]] std::string dot(const Graph& graph);
/// A self-contained SVG 1.1 document: no script, no font, nothing from elsewhere;
/// light and dark by `prefers-color-scheme`; a title, a description, and a title on each element.
[[nodiscard]] std::string svg(const Graph& graph);

}  // namespace envc::graph
