// Stages as text for people who look into the compiler. Deterministic, stable
// in form as long as nobody needs more.
#pragma once

#include <string>

#include "model/environment.h"
#include "plan/plan.h"
#include "syntax/tree.h"

namespace envc::driver {

/// A node a line, indented; leaves with their text.
[[nodiscard]] std::string tree_text(const syntax::Tree& tree, const SourceMap& sources);
/// Params, components, environments and what realizes the kinds.
[[nodiscard]] std::string names_text(const sema::Program& program);
/// A slot a line: path, value, the layer that won, its place.
[[nodiscard]] std::string model_text(const model::Environment& environment, const SourceMap& sources);
/// Objects with their trees, secrets and inputs.
[[nodiscard]] std::string plan_text(const plan::Plan& plan, const SourceMap& sources);

}  // namespace envc::driver
