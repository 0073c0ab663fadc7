// Objects of the format "hcl" -> Terraform configuration.
#pragma once

#include "backend.h"

namespace envc::backends::terraform {

[[nodiscard]] std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink);

}  // namespace envc::backends::terraform
