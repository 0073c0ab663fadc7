// What a backend is: a function from a plan to the files of one format. It
// knows a syntax (how to quote, indent, refer, group into files), never a kind
// of component, a provider's resource or a policy.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "plan/plan.h"

namespace envc::backends {

struct File {
  std::string path;  ///< inside the format's folder: "compose.yaml"
  std::string text;
  bool executable = false;
  Span span;         ///< the statement that asked for this path, or nowhere
};

struct Backend {
  std::string_view format;  ///< the format of the objects it takes: "hcl"
  std::string_view folder;  ///< the folder its files go to: "terraform"; empty: the environment's own
  /// The files of all objects of this format, sorted by path. What the format
  /// cannot say is reported (E06) at the object's span, never dropped.
  std::vector<File> (*lower)(const plan::Plan& plan, diag::Sink& sink);
};

/// Every format there is, in a fixed order.
[[nodiscard]] std::span<const Backend> registry();

}  // namespace envc::backends
