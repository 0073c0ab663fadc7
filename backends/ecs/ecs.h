// Objects of the format "ecs" -> JSON files for the ECS API, one an object.
#pragma once

#include "backend.h"

namespace envc::backends::ecs {

[[nodiscard]] std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink);

}  // namespace envc::backends::ecs
