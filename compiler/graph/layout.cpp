#include "graph/layout.h"

#include "graph/sketch.h"

namespace envc::graph {

Layout layout(const Graph& graph) {
  auto sketch = begin(graph);
  settle_order(sketch);
  settle_rows(sketch);
  settle_wires(sketch);
  settle_clashes(sketch);
  return measure(sketch);
}

}  // namespace envc::graph
