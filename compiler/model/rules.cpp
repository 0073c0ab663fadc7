#include "model/rules.h"

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

/// The whole component of a part: what a user can write an `allow` in.
std::uint32_t whole(const Environment& env, std::uint32_t component) {
  auto owner = env.components[component].owner;
  return owner == 0xffffffffu ? component : owner;
}

/// The component that a finding is about, or none: it is about the environment.
std::optional<std::uint32_t> subject(const Environment& env, const About& about) {
  if (!about.components.empty()) return about.components.front();
  for (auto* object : about.objects)
    if (!env.components[object->owner].pseudo) return object->owner;
  return std::nullopt;
}

bool inside(const Span& one, const Span& of) { return one.file == of.file && one.begin >= of.begin && one.end <= of.end; }

Span place(const Evaluator& e, const Rule& rule, const About& about, const std::vector<std::uint32_t>& reads,
           const std::vector<Evaluator::Operand>& operands, std::optional<std::uint32_t> subject) {
  for (auto at = reads.rbegin(); at != reads.rend(); ++at)
    if (e.p.sources->is_user(e.env.leaves[*at].span)) return e.env.leaves[*at].span;
  if (!about.objects.empty())
    for (auto& one : operands)  // a patch
      if (e.p.sources->is_user(one.origin) && !inside(one.origin, rule.declared)) return one.origin;
  return subject ? e.env.components[*subject].span : e.p.environments[e.env.info].span;
}

std::string text_of(const Evaluator& e, const Value& message) {
  if (message.tag == Tag::Text) return std::string(*message.text);
  return message.tag == Tag::Late ? show(e.p, message) : "a rule is broken";
}

diag::Diagnostic& report(const Rule& rule, Span at, const std::string& message, diag::Sink& sink) {
  switch (rule.of) {
    case Rule::Of::Policy: return sink.report(diag::PolicyBroken{}, at, message);
    case Rule::Of::Advice: return sink.report(diag::PolicyAdvice{}, at, message);
    case Rule::Of::Requirement: break;
  }
  return sink.report(diag::RequireBroken{}, at, message);
}

}  // namespace

Verdict hold(Evaluator& e, const Rule& rule, Context& c, const About& about, diag::Sink& sink) {
  std::vector<std::uint32_t> reads;
  Value good;
  {
    Evaluator::Recording recording(e, reads);
    e.deciding = &reads;
    good = e.eval(rule.condition, c);
    e.deciding = nullptr;
  }
  if (good.tag != Tag::Bool || good.boolean) return Verdict::Holds;
  Evaluator::Quiet quiet(e);
  const auto message = text_of(e, e.eval(rule.message, c));
  const std::string id(e.p.text(rule.id));
  if (!id.empty()) {
    std::vector<std::uint32_t> places;
    for (auto one : about.components) places.push_back(whole(e.env, one));
    for (auto* object : about.objects) places.push_back(whole(e.env, object->owner));
    if (auto allow = find_allow(e.env, {id}, places)) {
      use_allow(e, *allow, message, sink);
      return Verdict::Allowed;
    }
  }
  std::vector<Evaluator::Operand> operands;
  e.operands(rule.condition, c, operands);
  const auto component = subject(e.env, about);
  auto at = place(e, rule, about, reads, operands, component);
  if (reads.empty() && rule.of == Rule::Of::Requirement)
    if (auto written = e.written_place(rule.condition, c); written.valid()) at = written;
  auto& d = report(rule, at, message, sink).in(e.environment_name);
  d.rule = id;
  if (component && rule.of == Rule::Of::Requirement && at != e.env.components[*component].span && !e.env.components[*component].pseudo)
    d.here(fmt::format("in `{}`", e.title(*component)));
  // what was read last is nearest to what decided; a place that is read by the way only hides it
  constexpr std::size_t most = 3;
  std::set<Span> said{at};
  for (auto leaf = reads.rbegin(); leaf != reads.rend() && said.size() <= most; ++leaf) {
    auto& l = e.env.leaves[*leaf];
    if (said.insert(l.span).second) d.label(l.span, fmt::format("`{}` is set here", l.path));
  }
  d.label(rule.span, "the rule");
  for (auto* object : about.objects) d.note("object", object->title);
  if (!id.empty()) d.note("rule", rule.of == Rule::Of::Requirement ? fmt::format("`{}`", id) : fmt::format("policy `{}`", id));
  for (auto& one : operands) d.note("value", one.text);
  if (id.empty()) return Verdict::Broken;
  const auto where = component && !e.env.components[*component].pseudo
                         ? fmt::format("`{}`", e.title(whole(e.env, *component)))
                         : fmt::format("environment `{}`", e.environment_name);
  d.help(fmt::format("where it must be so, write `allow {} because \"…\"` in {}", id, where));
  return Verdict::Broken;
}

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

void report_unused_allows(Evaluator& e, diag::Sink& sink) {
  for (std::uint32_t i = 0; i < e.p.allows.size(); ++i)
    if (!e.p.allows[i].id.empty() && !e.env.used_allows.contains(i) && concerns(e.p, e.p.allows[i]) == std::vector{e.env.info})
      unused(e.p, i, sink);
}

void report_unused_allows(const Program& p, const std::set<std::uint32_t>& used, diag::Sink& sink) {
  for (std::uint32_t i = 0; i < p.allows.size(); ++i)
    if (!p.allows[i].id.empty() && !used.contains(i) && concerns(p, p.allows[i]).size() > 1) unused(p, i, sink);
}

}  // namespace envc::model
