// Objects of the format "compose" -> Compose files and `.env.example`.
#pragma once

#include "backend.h"

namespace envc::backends::compose {

[[nodiscard]] std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink);

}  // namespace envc::backends::compose
