// Objects of the format "text" -> one file each, beside those of other formats.
#pragma once

#include "backend.h"

namespace envc::backends::text {

[[nodiscard]] std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink);

}  // namespace envc::backends::text
