// A frozen environment -> its graph.
#pragma once

#include "graph/graph.h"
#include "model/evaluator.h"

namespace envc::graph {

/// Draws the components whose kind has an output `figure`; reads `public_urls`,
/// `networks` and `listens` where the kind declares them. Reports what the
/// evaluation of these finds.
[[nodiscard]] Graph collect(model::Evaluator& evaluator);

}  // namespace envc::graph
