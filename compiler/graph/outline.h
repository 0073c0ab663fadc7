// The nesting that the two textual forms share: a frame for the environment, one
// for each network, each node once.
#pragma once

#include <functional>

#include "graph/graph.h"

namespace envc::graph {

/// Identifiers for nodes that every form takes: "web", "web_2"; never a word of the form's own.
[[nodiscard]] std::vector<std::string> identifiers(const Graph& graph);

struct Outline {
  std::string text;
  int depth = 1;
  void line(std::string_view words);
};

/// What a form writes for a network's head, a node, and the end of a frame.
struct Form {
  std::function<std::string(std::uint32_t network)> open;
  std::function<std::string(std::uint32_t node)> node;
  std::string_view close;
};

/// The nodes that stand in the environment, those without a network first, then each network with what it holds.
void inside(const Graph& graph, const Form& form, Outline& out);

}  // namespace envc::graph
