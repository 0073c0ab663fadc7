// What became of the values that users wrote and no target took over: as
// diagnostics, as the report after a build, as JSON.
#pragma once

#include <string>
#include <vector>

#include "driver/options.h"
#include "plan/realize.h"

namespace envc::driver {

/// The loss of one environment.
struct Loss {
  std::string environment, platform;
  std::vector<plan::Outcome> outcomes;  ///< in the order of the sources
};

/// "lost", "ignored", "approximated", "carried".
[[nodiscard]] std::string_view word(plan::Fate fate);

/// One E0601, or E0602 where strict, for each lost value.
void report_loss(const Loss& loss, Strictness strictness, diag::Sink& sink);

enum class Detail : unsigned char { Short, Full };

/// A line of counts and a line a value; empty where nothing was lost.
/// Environments of one platform that lose the same share a block. Short: more
/// than three values with one reason are one line.
[[nodiscard]] std::string loss_text(const std::vector<const Loss*>& losses, const SourceMap& sources, Detail detail);

}  // namespace envc::driver
