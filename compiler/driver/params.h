// `--set name=value`: a text read as the type of the param it is for.
#pragma once

#include "driver/options.h"
#include "model/evaluator.h"

namespace envc::driver {

using Params = std::vector<std::pair<std::string, std::string>>;

/// Names that no param has (E0416).
void check_param_names(const sema::Program& program, const Params& params, diag::Sink& sink);

/// Fills `environment.params`; a text that is no value of its param's type is E0417.
void set_params(model::Environment& environment, const Params& params, diag::Sink& sink);

}  // namespace envc::driver
