// Policies: rules over the components of one environment, and what silences them.
#pragma once

#include <vector>

#include "diag/diagnostic.h"
#include "model/evaluator.h"

namespace envc::model {

/// Holds every policy against the frozen environment. A broken one is an error
/// unless an `allow` of that id stands at the top level, in the environment's
/// chain or in the component; the allows that did so are noted in the environment.
void run_policies(Evaluator& e, diag::Sink& sink);

/// The first `allow` that silences `id` for these components here: an index into
/// Program::allows, or none. A shorter id silences all that begins with it.
[[nodiscard]] std::optional<std::uint32_t> find_allow(const Environment& env, const std::vector<std::string>& id,
                                                      const std::vector<std::uint32_t>& components);

/// Notes that an `allow` did its work, or reports that it ended. False: it ended.
bool use_allow(Evaluator& e, std::uint32_t allow, std::string_view rule, diag::Sink& sink);

/// `allow`s that silenced nothing. Those that concern one environment only are
/// reported with its policies; this reports those that several could have used.
/// `used`: the joined `Environment::used_allows` of all environments, none of
/// which had an error.
void report_unused_allows(const sema::Program& program, const std::set<std::uint32_t>& used, diag::Sink& sink);

}  // namespace envc::model
