// Files of NAME= lines that people copy and fill in: what each value is for and
// a command that makes a good one. Never a value.
#pragma once

#include <string>

#include "plan/plan.h"

namespace envc::backends::doc {

void append_secret_lines(std::string& out, const plan::Plan& plan);
void append_input_lines(std::string& out, const plan::Plan& plan);

}  // namespace envc::backends::doc
