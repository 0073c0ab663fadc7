// Program -> one environment: the layers of each component applied in order.
#pragma once

#include "diag/diagnostic.h"
#include "model/environment.h"

namespace envc::model {

/// Steps 1 to 4 of the merge for one concrete environment. Nothing is evaluated.
[[nodiscard]] Environment merge(const sema::Program& program, std::uint32_t environment, diag::Sink& sink);

}  // namespace envc::model
