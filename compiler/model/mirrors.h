// `mirrors = X`: an environment that differs from another in nothing but what varies.
#pragma once

#include "diag/diagnostic.h"
#include "model/evaluator.h"

namespace envc::model {

/// Compares a frozen environment with the one that it says it mirrors: the same
/// components and the same values, except in fields that are marked `varies`,
/// and except where both take one expression, which only settings can tell apart.
void check_mirror(Evaluator& e, diag::Sink& sink);

}  // namespace envc::model
