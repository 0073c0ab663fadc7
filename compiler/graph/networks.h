// Networks -> nested frames: which stands in which, and in which one each
// component is drawn.
#pragma once

#include "graph/graph.h"

namespace envc::graph {

/// `memberships`: for each node the names of its networks. Fills Graph::networks
/// and, of each node, `network` and `also`; reads the edges.
///
/// A network whose members are all in another one stands in it, unless they are
/// also all in a third one that has nothing to do with that. A component is drawn
/// in the innermost of its networks; of several, in the one that it joined least
/// to reach somebody else there (callers join the network of a store, and still
/// live elsewhere), then in the smallest.
void nest(Graph& graph, const std::vector<std::vector<std::string>>& memberships);

}  // namespace envc::graph
