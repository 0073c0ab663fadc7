// Policies: rules over the components of one environment and over the objects
// that they become.
#pragma once

#include <vector>

#include "model/rules.h"

namespace envc::model {

/// Holds every policy that asks about no object against the frozen environment.
void run_policies(Evaluator& e, diag::Sink& sink);

/// Holds those that do, once all objects are made.
void run_policies(Evaluator& e, const std::vector<SeenObject>& objects, diag::Sink& sink);

/// Whether nothing went wrong but what requirements found: policies are about systems that otherwise
/// compile; where a value is not known, or a component, what they say would follow from that.
[[nodiscard]] bool only_rules(const diag::Sink& sink);

/// Whether nothing went wrong but what policies found: values are whole, and the
/// objects that they become can be judged too.
[[nodiscard]] bool only_policies(const diag::Sink& sink);

/// The shapes that policies ask about: nothing else needs to be seen.
[[nodiscard]] std::set<sema::StructId> shapes_asked(const sema::Program& program);

}  // namespace envc::model
