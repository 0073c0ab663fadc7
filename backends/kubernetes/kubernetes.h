// Objects of the format "kubernetes" -> manifests and a kustomization.
#pragma once

#include "backend.h"

namespace envc::backends::kubernetes {

[[nodiscard]] std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink);

}  // namespace envc::backends::kubernetes
