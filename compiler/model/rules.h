// One rule, held: the same way for those of policies, kinds and realizations.
#pragma once

#include <string>
#include <vector>

#include "model/evaluator.h"

namespace envc::model {

struct Rule {
  enum class Of : std::uint8_t { Policy, Advice, Requirement } of = Of::Requirement;
  Symbol id;  ///< empty: it cannot be allowed
  ast::ExprId condition, message;
  Span span;      ///< the `require`
  Span declared;  ///< the policy around it
};

/// An emitted object as policies see it: the fields that were set.
struct SeenObject {
  std::uint32_t owner = 0;  ///< the component that emits it
  sema::StructId shape;
  std::string title;  ///< "Deployment `web` in web.yaml"
  eval::Value fields;
};

/// What a rule is asked about. An `allow` in one of the components lets it pass.
struct About {
  std::vector<std::uint32_t> components;
  std::vector<const SeenObject*> objects;
};

enum class Verdict : std::uint8_t { Holds, Allowed, Broken };

/// Reports a rule that is broken: at what the user wrote and the rule read last,
/// else at the component, else at the environment. A condition that cannot be
/// decided holds: what it reads was reported before, or is known after deployment only.
[[nodiscard]] Verdict hold(Evaluator& e, const Rule& rule, Context& c, const About& about, diag::Sink& sink);

/// The first `allow` that silences `id` for these components here: an index into
/// Program::allows, or none. A shorter id silences all that begins with it.
[[nodiscard]] std::optional<std::uint32_t> find_allow(const Environment& env, const std::vector<std::string>& id,
                                                      const std::vector<std::uint32_t>& components);

/// Notes that an `allow` did its work, or reports that it ended. False: it ended.
bool use_allow(Evaluator& e, std::uint32_t allow, std::string_view rule, diag::Sink& sink);

/// `allow`s of this environment alone that silenced nothing. Asked last, where nothing was wrong.
void report_unused_allows(Evaluator& e, diag::Sink& sink);

/// `allow`s that several environments could have used. `used`: the joined
/// `Environment::used_allows` of all environments, none of which had an error.
void report_unused_allows(const sema::Program& program, const std::set<std::uint32_t>& used, diag::Sink& sink);

}  // namespace envc::model
