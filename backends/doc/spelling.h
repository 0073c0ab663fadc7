// What a printer asks a backend for each text: how the format spells it. The
// printers know quotes, indentation and escapes of their syntax; what `$` means
// to the program that reads the file, and what a late value looks like there,
// is the backend's.
#pragma once

#include <string>
#include <string_view>

#include "doc/function_ref.h"
#include "plan/plan.h"

namespace envc::backends::doc {

/// Where a scalar stands. A list does not count: its items stand where it does.
struct Place {
  std::string_view key;    ///< of the nearest field: "value"
  std::string_view outer;  ///< of the field around that: "env"
  int depth = 0;           ///< fields around it; a field of an object's body has 1

  [[nodiscard]] Place inside(std::string_view field) const { return {field, key, depth + 1}; }
};

struct Spelled {
  std::string_view text;
  bool quote = false;  ///< quoted even where the syntax could do without (a version, a port)
};

/// Gets a text or a late value (never another node) and returns what the file
/// shall say. `scratch` is empty and may hold the result.
using Spelling = FunctionRef<Spelled(const Place& at, const plan::Node& node, std::string& scratch)>;

}  // namespace envc::backends::doc
