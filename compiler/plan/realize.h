// Frozen environment -> plan: runs the platform's and the components'
// realizations, names their objects, resolves references, and says of every
// value that a user wrote what came of it.
#pragma once

#include "model/evaluator.h"
#include "plan/plan.h"

namespace envc::plan {

enum class Fate : std::uint8_t { Held, Carried, Lost, Ignored, Approximated, Patched };

/// What became of one value that a user wrote.
struct Outcome {
  Fate fate = Fate::Lost;
  std::string component;
  std::string path;
  std::string reason;  ///< of `ignores` or `approximates`
  Span span;
  Span rule;
};

struct Realized {
  Plan plan;
  std::vector<Outcome> outcomes;  ///< in the order of the sources; held ones left out
};

/// The environment must be frozen. Reports E06 and what evaluation finds.
[[nodiscard]] Realized realize(model::Evaluator& evaluator, diag::Sink& sink);

}  // namespace envc::plan
