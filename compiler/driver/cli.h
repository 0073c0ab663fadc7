// The command line -> plain options. cli.cpp is the only unit that sees CLI11,
// and catches what it throws.
#pragma once

#include <string>
#include <vector>

#include "driver/options.h"

namespace envc::driver {

/// Whether the error stream is a terminal that wants colours.
enum class Terminal : unsigned char { Plain, Colours };

/// Help, the version and mistakes come back as an Answer.
[[nodiscard]] Command read_command_line(const std::vector<std::string>& arguments, Terminal terminal);

}  // namespace envc::driver
