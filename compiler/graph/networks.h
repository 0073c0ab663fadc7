// Networks -> nested frames: which stands in which, and in which one each
// component is drawn.
#pragma once

#include "graph/graph.h"

namespace envc::graph {

/// `memberships`: for each node the names of its networks. Fills Graph::networks
/// and, of each node, `network` and `also`. A network whose members are all in
/// another one stands in it; a component is drawn in the smallest of its networks.
void nest(Graph& graph, const std::vector<std::vector<std::string>>& memberships);

}  // namespace envc::graph
