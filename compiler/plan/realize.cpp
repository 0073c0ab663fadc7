// Runs realizations: statements in order, one frame a component.
#include "plan/realize.h"

#include <algorithm>

#include "model/policies.h"
#include "plan/objects.h"

namespace envc::plan {

using namespace eval;
using namespace sema;
using model::Context;
using model::Environment;

void Realizer::run() {
  auto& env = e.env;
  plan.system = p.system ? p.text(p.system->name) : std::string_view();
  plan.environment = p.text(env.name);
  plan.platform = p.text(env.platform);
  auto count = static_cast<std::uint32_t>(env.components.size());
  frame(Environment::on);
  for (std::uint32_t i = Environment::first; i < count; ++i)
    if (env.components[i].owner == 0xffffffffu) frame(i);
  parts();
  patches();
  named_secrets();
  finish();
  if (model::only_policies(sink)) policies();
}

/// A secret that something refers to by its name alone is used as much as one
/// whose value stands in a text.
void Realizer::named_secrets() {
  for (auto component : e.named) {
    auto v = e.main_output(component, e.env.components[component].span);
    std::vector<Part> parts;
    if (v.tag != Tag::Late) continue;
    for (auto& piece : v.late->parts) resolve(piece, parts, e.env.components[component].span, 0);
  }
}

/// Parts come last, and only those that somebody refers to: a password that
/// nobody reads is not made.
void Realizer::parts() {
  std::set<std::uint32_t> done;
  for (bool more = true; more;) {
    more = false;
    std::set<std::uint32_t> wanted(e.named.begin(), e.named.end());
    for (auto& made : objects_) wanted.insert(made.owner);
    for (auto& [component, index] : secrets_) wanted.insert(component);
    for (auto i = Environment::first; i < e.env.components.size(); ++i) {
      if (e.env.components[i].owner == 0xffffffffu || !wanted.contains(i) || !done.insert(i).second) continue;
      frame(i);
      more = true;
    }
  }
}

void Realizer::frame(std::uint32_t component) {
  auto& c = e.env.components[component];
  if (!c.kind.valid() || !c.realization) return;
  if (c.owner != 0xffffffffu) {  // the parts of what is run elsewhere are not made
    auto* r = e.env.components[c.owner].realization;
    if (!r || r->handles.empty()) return;
  }
  e.enter_frame(component);
  Context context;
  context.self = component;
  context.realization = c.realization;
  statements(c.realization->block, context);
  e.leave_frame();
}

void Realizer::statements(ast::BlockId block, Context& c) {
  auto base = c.locals.size();
  for (auto& entry : p.ast->blocks[block].entries) {
    if (auto* let = std::get_if<ast::LetEntry>(&entry.node)) {
      c.locals.push_back({{}, let->value, {}, 0});
    } else if (auto* emit_entry = std::get_if<ast::EmitEntry>(&entry.node)) {
      emit(*emit_entry, entry, c);
    } else if (auto* loop = std::get_if<ast::LoopEntry>(&entry.node)) {
      auto keys = c.keys;
      e.each(loop->clause, c, [&] { statements(loop->body, c); });
      c.keys = keys;
    } else if (auto* branch = std::get_if<ast::BranchEntry>(&entry.node)) {
      if (e.truth(branch->condition, c)) statements(branch->then, c);
      else if (branch->otherwise.valid()) statements(branch->otherwise, c);
    } else if (auto* r = std::get_if<ast::RequireEntry>(&entry.node)) {
      require(*r, entry.span, c);
    }
  }
  c.locals.resize(base);
}

void Realizer::require(const ast::RequireEntry& r, const Span& span, Context& c) {
  const model::Rule rule{model::Rule::Of::Requirement, r.id ? r.id->name : Symbol{}, r.condition, r.message, span, {}};
  if (model::hold(e, rule, c, {{c.self}, {}}, sink) == model::Verdict::Broken) broken_.insert(c.self);
}

std::string Realizer::key_text(const Value& v) {
  if (v.tag == Tag::Component) return e.title(static_cast<std::uint32_t>(v.number));
  return show(p, v);
}

void Realizer::emit(const ast::EmitEntry& x, const ast::Entry& entry, Context& c) {
  if (broken_.contains(c.self)) return;  // what follows from a broken rule is no news
  if (x.guard.valid() && !e.truth(x.guard, c)) return;
  auto handle = handle_of(x);
  auto shape_at = c.realization->handles.find(handle);
  if (shape_at == c.realization->handles.end()) return;
  auto shape = shape_at->second;
  std::string key;
  for (auto& arg : x.args)
    if (arg.name && p.text(arg.name->name) == "key") {
      auto v = e.eval(arg.value, c);
      if (!v.poison()) key = key_text(v);
    }
  if (!key.empty()) c.keys[handle] = e.env.arena->copy(std::string_view(key));
  auto id = object(c.self, handle, key, shape, &x, &c);
  auto& made = objects_[id];
  if (made.emitted) {
    sink.report(diag::NameCollision{}, entry.span, "an object", "one emitted before", made.object.name, made.object.format)
        .in(e.environment_name)
        .label(made.object.span, "emitted here first")
        .help("tell them apart with `key = …`");
    return;
  }
  made.emitted = true;
  order_.push_back(id);
  made.object.span = entry.span;
  std::vector<Field> fields;
  if (x.block.valid()) block(x.block, shape, c, fields);
  else constants(shape, fields);
  place_name(shape, objects_[id].object.name, fields);
  objects_[id].object.body.value = Map(plan.arena.copy(fields));
}

/// What nothing emits cannot be referred to; names are unique in their scope.
void Realizer::finish() {
  std::vector<std::uint32_t> index(objects_.size(), 0xffffffffu);
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::uint32_t> names;
  for (auto id : order_) {
    auto& object = objects_[id].object;
    index[id] = static_cast<std::uint32_t>(plan.objects.size());
    auto [at, added] = names.try_emplace({object.format, object.shape, object.name}, id);
    if (!added) {
      auto& first = objects_[at->second].object;
      sink.report(diag::NameCollision{}, component_span(objects_[id].owner), describe(id), describe(at->second), object.name, object.format)
          .in(e.environment_name)
          .label(component_span(objects_[at->second].owner), "the other")
          .label(first.span, "emitted here")
          .help("give one of them another name");
    }
    plan.objects.push_back(object);
  }
  auto absent = [&](std::uint32_t object) {
    if (!broken_.contains(objects_[object].owner) && reported_missing_.insert(object).second)
      sink.report(diag::AttributeUnknown{}, component_span(objects_[object].owner), e.title(objects_[object].owner), p.text(objects_[object].handle))
          .in(e.environment_name)
          .here(fmt::format("nothing emits `{}` here", p.text(objects_[object].handle)))
          .help("a realization that refers to an object emits it under the same condition");
  };
  for (auto id : named_)
    if (index[id] == 0xffffffffu) absent(id);
  for (auto& parts : late_) {
    for (auto& part : parts) {
      auto fix = [&](std::uint32_t& object) {
        if (index[object] == 0xffffffffu) absent(object);
        object = index[object] == 0xffffffffu ? 0 : index[object];
      };
      if (auto* ref = std::get_if<RefPart>(&part)) fix(ref->object);
      if (auto* name = std::get_if<NamePart>(&part)) fix(name->object);
    }
  }
}

Realized realize(model::Evaluator& evaluator, diag::Sink& sink) {
  Realizer realizer(evaluator, sink);
  realizer.run();
  Realized result;
  result.outcomes = outcomes(evaluator);
  if (realizer.broken()) std::erase_if(result.outcomes, [](const Outcome& one) { return one.fate == Fate::Lost; });
  result.plan = std::move(realizer.plan);
  return result;
}

}  // namespace envc::plan
