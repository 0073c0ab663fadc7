#include "model/policies.h"

#include <algorithm>

namespace envc::model {

using namespace eval;
using namespace sema;

namespace {

/// The environment `of` is this one, or one that it extends.
bool in_chain(const Environment& env, Symbol of) {
  const auto& chain = env.program->environments[env.info].chain;
  return std::any_of(chain.begin(), chain.end(), [&](std::uint32_t one) { return env.program->environments[one].name == of; });
}

std::string id_of(const Program& p, const Allow& allow) {
  std::string id;
  for (auto part : allow.id) id += (id.empty() ? "" : ".") + std::string(p.text(part));
  return id;
}

/// The concrete environments in which an `allow` holds.
std::vector<std::uint32_t> concerns(const Program& p, const Allow& allow) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < p.environments.size(); ++i) {
    auto& env = p.environments[i];
    if (env.is_abstract) continue;
    bool holds = allow.environment.empty() || std::any_of(env.chain.begin(), env.chain.end(), [&](std::uint32_t one) {
                   return p.environments[one].name == allow.environment;
                 });
    if (holds) found.push_back(i);
  }
  return found;
}

void unused(const Program& p, std::uint32_t allow, diag::Sink& sink) {
  sink.report(diag::AllowUnused{}, p.allows[allow].span, id_of(p, p.allows[allow])).fix("delete it", p.allows[allow].span, "");
}

class Runner {
 public:
  Runner(Evaluator& evaluator, diag::Sink& sink) : e_(evaluator), p_(e_.p), sink_(sink) {}

  /// Once for each choice of components that the parameters take.
  void run(const PolicyInfo& policy, std::size_t param, Context& c, std::vector<std::uint32_t>& chosen) {
    if (param < policy.params.size()) {
      const auto type = policy.params[param].second;
      const auto kind = p_.types.kind(type);
      if (kind == TypeKind::Environment) {
        Value v;
        v.tag = Tag::Environment;
        v.number = e_.env.info;
        bind(policy, param, v, c, chosen);
      } else if (kind == TypeKind::Component) {
        const auto wanted = p_.types.of(type).structure;
        for (std::uint32_t i = Environment::first; i < e_.env.components.size(); ++i) {
          auto& one = e_.env.components[i];
          if (!one.kind.valid() || one.pseudo || !is_a(p_, one.kind, wanted)) continue;
          if (std::find(chosen.begin(), chosen.end(), i) != chosen.end()) continue;
          chosen.push_back(i);
          bind(policy, param, Maker::component(i), c, chosen);
          chosen.pop_back();
        }
      }
      return;
    }
    const auto& decl = std::get<ast::PolicyDecl>(p_.ast->decls[policy.decl].node);
    if (decl.guard.valid() && !e_.truth(decl.guard, c)) return;
    if (decl.block.valid()) statements(policy, decl.block, c, chosen);
  }

 private:
  void bind(const PolicyInfo& policy, std::size_t param, Value v, Context& c, std::vector<std::uint32_t>& chosen) {
    c.locals.push_back({v, {}, {}, 0});
    run(policy, param + 1, c, chosen);
    c.locals.pop_back();
  }

  void statements(const PolicyInfo& policy, ast::BlockId block, Context& c, const std::vector<std::uint32_t>& chosen) {
    const auto base = c.locals.size();
    for (auto& entry : p_.ast->blocks[block].entries) {
      if (auto* let = std::get_if<ast::LetEntry>(&entry.node)) {
        c.locals.push_back({{}, let->value, {}, 0});
      } else if (auto* loop = std::get_if<ast::LoopEntry>(&entry.node)) {
        e_.each(loop->clause, c, [&] { statements(policy, loop->body, c, chosen); });
      } else if (auto* branch = std::get_if<ast::BranchEntry>(&entry.node)) {
        if (e_.truth(branch->condition, c)) statements(policy, branch->then, c, chosen);
        else if (branch->otherwise.valid()) statements(policy, branch->otherwise, c, chosen);
      } else if (auto* r = std::get_if<ast::RequireEntry>(&entry.node)) {
        if (!require(policy, *r, entry.span, c, chosen)) break;
      }
    }
    c.locals.resize(base);
  }

  /// False: broken, and what follows would say the same again.
  bool require(const PolicyInfo& policy, const ast::RequireEntry& r, const Span& span, Context& c,
               const std::vector<std::uint32_t>& chosen) {
    std::vector<std::uint32_t> reads;
    Value good;
    {
      Evaluator::Recording recording(e_, reads);
      good = e_.eval(r.condition, c);
    }
    if (good.tag != Tag::Bool || good.boolean) return true;
    Evaluator::Quiet quiet(e_);
    const auto id = std::string(p_.text(policy.name));
    auto message = e_.eval(r.message, c);
    if (auto allow = find_allow(e_.env, {id}, chosen)) {
      use_allow(e_, *allow, message.tag == Tag::Text ? *message.text : std::string_view(id), sink_);
      return false;
    }
    auto at = place(reads, chosen);
    auto& d = sink_.report(diag::PolicyBroken{}, at, message.tag == Tag::Text ? *message.text : "a policy is broken")
                  .in(e_.environment_name);
    std::set<Span> said{at};
    for (auto leaf : reads) {
      auto& l = e_.env.leaves[leaf];
      if (said.insert(l.span).second) d.label(l.span, fmt::format("`{}` is set here", l.path));
    }
    d.label(span, "the rule");
    d.note("rule", fmt::format("policy `{}`", id));
    e_.show_operands(r.condition, c, d);
    auto where =
        chosen.empty() ? fmt::format("environment `{}`", e_.environment_name) : fmt::format("`{}`", e_.title(chosen.front()));
    d.help(fmt::format("where it must be so, write `allow {} because \"…\"` in {}", id, where));
    return false;
  }

  /// What a user wrote and the rule read last; else the component; else the environment.
  Span place(const std::vector<std::uint32_t>& reads, const std::vector<std::uint32_t>& chosen) const {
    for (auto at = reads.rbegin(); at != reads.rend(); ++at)
      if (p_.sources->is_user(e_.env.leaves[*at].span)) return e_.env.leaves[*at].span;
    return chosen.empty() ? p_.environments[e_.env.info].span : e_.env.components[chosen.front()].span;
  }

  Evaluator& e_;
  const Program& p_;
  diag::Sink& sink_;
};

}  // namespace

std::optional<std::uint32_t> find_allow(const Environment& env, const std::vector<std::string>& id,
                                        const std::vector<std::uint32_t>& components) {
  const auto& p = *env.program;
  for (std::uint32_t i = 0; i < p.allows.size(); ++i) {
    auto& allow = p.allows[i];
    if (allow.id.empty() || allow.id.size() > id.size()) continue;
    bool same = true;
    for (std::size_t part = 0; part < allow.id.size(); ++part) same &= p.text(allow.id[part]) == id[part];
    if (!same || (!allow.environment.empty() && !in_chain(env, allow.environment))) continue;
    bool here = allow.component.empty() || std::any_of(components.begin(), components.end(), [&](std::uint32_t c) {
                  return env.components[c].name == allow.component;
                });
    if (here) return i;
  }
  return std::nullopt;
}

bool use_allow(Evaluator& e, std::uint32_t index, std::string_view rule, diag::Sink& sink) {
  auto& allow = e.p.allows[index];
  e.env.used_allows.insert(index);
  auto until = e.p.text(allow.until);
  if (e.env.as_of.empty() || until.empty() || until >= e.env.as_of) return true;  // ISO dates order as texts
  sink.report(diag::AllowExpired{}, allow.span, id_of(e.p, allow), until)
      .in(e.environment_name)
      .note("rule", std::string(rule))
      .help("put it right, or give a later day and say why");
  return false;
}

void run_policies(Evaluator& e, diag::Sink& sink) {
  Runner runner(e, sink);
  for (auto& policy : e.p.policies) {
    if (policy.params.empty() && !policy.checked) continue;
    Context c;
    std::vector<std::uint32_t> chosen;
    runner.run(policy, 0, c, chosen);
  }
  if (sink.has_errors()) return;  // what is broken may be what an `allow` is about
  for (std::uint32_t i = 0; i < e.p.allows.size(); ++i)
    if (!e.p.allows[i].id.empty() && !e.env.used_allows.contains(i) && concerns(e.p, e.p.allows[i]) == std::vector{e.env.info})
      unused(e.p, i, sink);
}

void report_unused_allows(const Program& p, const std::set<std::uint32_t>& used, diag::Sink& sink) {
  for (std::uint32_t i = 0; i < p.allows.size(); ++i)
    if (!p.allows[i].id.empty() && !used.contains(i) && concerns(p, p.allows[i]).size() > 1) unused(p, i, sink);
}

}  // namespace envc::model
