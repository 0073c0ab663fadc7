// Files of NAME= lines that people copy and fill in: what each value is for and
// a command that makes a good one. Never a value.
#pragma once

#include <string>

#include "plan/plan.h"

namespace envc::backends::doc {

void append_secret_lines(std::string& out, const plan::Plan& plan);
/// What an input is for, in words.
[[nodiscard]] std::string_view input_doc(const plan::Input& input);
void append_input_lines(std::string& out, const plan::Plan& plan);

}  // namespace envc::backends::doc
