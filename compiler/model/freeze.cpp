// Freezing an environment: every slot computed, what is missing said in one
// list a component, rules of kinds held, edges settled.
#include <algorithm>

#include "model/evaluator.h"
#include "model/mirrors.h"
#include "model/policies.h"

namespace envc::model {

using namespace eval;
using namespace sema;

void Evaluator::full_names() {
  auto label = field(Environment::self, sym("label"), {});
  env.label = label.tag == Tag::Text ? *label.text : p.text(env.name);
  std::string pattern = "{system}-{component}-{environment}";
  auto naming = p.system_kind.valid() ? field(Environment::system, sym("naming"), {}) : Value{};
  if (naming.tag == Tag::Text) pattern = std::string(*naming.text);
  for (auto& c : env.components) {
    std::string name;
    auto replace = [&](std::string_view word, std::string_view by, std::size_t& i) {
      if (pattern.compare(i, word.size(), word) != 0) return false;
      name += by;
      i += word.size() - 1;
      return true;
    };
    auto own = c.owner == 0xffffffffu ? std::string(c.text) : std::string(env.components[c.owner].text) + "-" + std::string(c.text);
    for (std::size_t i = 0; i < pattern.size(); ++i)
      if (!replace("{system}", p.system ? p.text(p.system->name) : "", i) && !replace("{component}", own, i) && !replace("{environment}", env.label, i)) name += pattern[i];
    c.full_name = env.arena->copy(std::string_view(name));
  }
}

void Evaluator::settle_variant(std::uint32_t index) {
  auto& c = env.components[index];
  if (!c.kind.valid()) return;
  auto& kind = p.structs[c.kind];
  if (kind.hosting != 0xffffffffu) {
    auto v = field(index, kind.fields[kind.hosting].name, c.span);
    if (v.tag != Tag::Union) return;
    c.variant = p.unions[v.united->united].cases[v.united->index].name;
  }
  c.realization = find_realization(p, c.kind, c.variant, env.platform);
  if (c.realization || c.pseudo || !kind.realizable) return;
  auto what = std::string(p.text(kind.name)) + (c.variant.empty() ? "" : " hosted as `" + std::string(p.text(c.variant)) + "`");
  auto span = c.span;
  for (auto& [name, slot] : env.slots[c.root].children)
    if (kind.hosting != 0xffffffffu && name == kind.fields[kind.hosting].name && env.slots[slot].span.valid()) span = env.slots[slot].span;
  auto& d = sink.report(diag::NotRealized{}, span, p.text(kind.name), c.text, p.text(env.platform), what).in(environment_name);
  std::string known;
  for (auto& r : p.realizations)
    if (r.kind == c.kind && r.platform == env.platform && !r.variant.empty()) known += (known.empty() ? "`" : ", `") + std::string(p.text(r.variant)) + "`";
  if (!known.empty()) d.help(fmt::format("on {} it can be hosted as {}", p.text(env.platform), known));
  else d.help(fmt::format("`realize {} on {} {{ … }}` says what it becomes there", p.text(kind.name), p.text(env.platform)));
}

/// Those that wait for each other: edges to what must be up first, in a circle.
void Evaluator::start_order() {
  StructId first;
  for (std::uint32_t i = 0; i < p.structs.size(); ++i)
    if (p.structs[StructId(i)].kind == StructKind::Interface && p.text(p.structs[StructId(i)].name) == "starts_first") first = StructId(i);
  if (!first.valid()) return;
  auto whole = [&](std::uint32_t c) { return env.components[c].owner == 0xffffffffu ? c : env.components[c].owner; };
  std::vector<std::uint32_t> stack;
  std::set<std::uint32_t> done;
  auto visit = [&](auto& self, std::uint32_t at) -> void {
    if (auto seen = std::find(stack.begin(), stack.end(), at); seen != stack.end()) {
      std::string cycle;
      std::vector<std::pair<Span, std::string>> lines;
      for (auto one = seen; one != stack.end(); ++one) {
        auto next = one + 1 == stack.end() ? at : *(one + 1);
        auto& c = env.components[*one];
        cycle += title(*one) + " -> ";
        for (std::size_t i = 0; i < c.uses.size(); ++i)
          if (whole(c.uses[i]) == next) {
            lines.emplace_back(c.use_spans[i], fmt::format("`{}` waits for `{}`", title(*one), title(next)));
            break;
          }
      }
      auto& d = sink.report(diag::StartCycle{}, lines.front().first, cycle + title(at)).in(environment_name);
      d.here(lines.front().second);
      for (std::size_t i = 1; i < lines.size(); ++i) d.label(lines[i].first, lines[i].second);
      d.help("let one of them do without the other, or find it while it runs");
      return;
    }
    if (!done.insert(at).second) return;
    stack.push_back(at);
    for (auto next : env.components[at].uses)
      if (whole(next) != at && env.components[whole(next)].kind.valid() && is_a(p, env.components[whole(next)].kind, first)) self(self, whole(next));
    stack.pop_back();
  };
  for (std::uint32_t i = Environment::first; i < env.components.size(); ++i)
    if (env.components[i].kind.valid() && is_a(p, env.components[i].kind, first)) visit(visit, i);
}

/// The sides of the comparisons that a broken rule is made of.
void Evaluator::operands(ast::ExprId condition, Context& c, std::vector<Operand>& found) {
  auto& n = node(condition).node;
  if (auto* x = std::get_if<ast::NotExpr>(&n)) return operands(x->operand, c, found);
  auto show_one = [&](ast::ExprId e) {
    auto& side = node(e).node;
    if (!std::holds_alternative<ast::NameExpr>(side) && !std::holds_alternative<ast::MemberExpr>(side) && !std::holds_alternative<ast::IndexExpr>(side) && !std::holds_alternative<ast::CallExpr>(side)) return;
    auto v = eval(e, c);
    if (v.poison() || v.tag == Tag::Component || v.tag == Tag::Environment || v.tag == Tag::Platform || v.tag == Tag::Object) return;
    auto text = v.none() ? std::string("absent") : display(p, v);
    if (text.size() >= 120) return;
    text = fmt::format("{} is {}", p.sources->text(node(e).span), text);
    if (std::none_of(found.begin(), found.end(), [&](const Operand& one) { return one.text == text; })) found.push_back({text, origin(v)});
  };
  if (auto* is = std::get_if<ast::IsExpr>(&n)) return show_one(is->operand);
  auto* b = std::get_if<ast::BinaryExpr>(&n);
  if (!b) return;
  for (auto side : {b->left, b->right}) {
    if (b->op == ast::BinaryOp::And || b->op == ast::BinaryOp::Or) operands(side, c, found);
    else show_one(side);
  }
}

/// Where the last field stands that a rule names and a user wrote; a rule that is broken by
/// a whole record or union, not by one of its values, is reported there.
Span Evaluator::written_place(ast::ExprId e, Context& c) {
  auto& n = node(e).node;
  if (auto* x = std::get_if<ast::NotExpr>(&n)) return written_place(x->operand, c);
  if (auto* x = std::get_if<ast::IsExpr>(&n)) return written_place(x->operand, c);
  if (auto* x = std::get_if<ast::BinaryExpr>(&n)) {
    auto right = written_place(x->right, c);
    return right.valid() ? right : written_place(x->left, c);
  }
  if (auto* x = std::get_if<ast::CallExpr>(&n)) {
    for (auto arg = x->args.rbegin(); arg != x->args.rend(); ++arg)
      if (auto at = written_place(arg->value, c); at.valid()) return at;
    return {};
  }
  if (auto* x = std::get_if<ast::MemberExpr>(&n)) {
    if (auto slot = written_slot(e, c)) {
      auto& s = env.slots[*slot];
      auto at = s.value.valid() ? node(s.value).span : s.span;
      if (s.layer.kind != Layer::Default && at.valid() && p.sources->is_user(at)) return at;
    }
    return written_place(x->base, c);
  }
  return {};
}

/// Whether a mistake was reported in this component or in one that it uses: what a rule finds there may follow from it.
bool Evaluator::touches_mistake(std::uint32_t index) const {
  auto whole = [&](std::uint32_t c) { return env.components[c].owner == 0xffffffffu ? c : env.components[c].owner; };
  const auto& uses = env.components[index].uses;
  return env.components[whole(index)].broken ||
         std::any_of(uses.begin(), uses.end(), [&](std::uint32_t one) { return env.components[whole(one)].broken; });
}

void Evaluator::check_requires(std::uint32_t index) {
  auto& c = env.components[index];
  if (!c.kind.valid() || touches_mistake(index)) return;
  auto& kind = p.structs[c.kind];
  for (auto& one : kind.requires_) {
    Context context;
    context.self = index;
    (void)hold(*this, {Rule::Of::Requirement, one.id, one.condition, one.message, one.span, {}}, context, {{index}, {}}, sink);
  }
}

void Evaluator::freeze() {
  auto count = static_cast<std::uint32_t>(env.components.size());
  full_names();
  for (std::uint32_t i = 0; i < count; ++i) settle_variant(i);
  for (std::uint32_t i = 0; i < count; ++i) {
    auto& c = env.components[i];
    if (!c.kind.valid()) continue;
    for (auto& f : p.structs[c.kind].fields)
      if (!f.modifiers.output && !f.modifiers.out && !f.constant) field(i, f.name, c.span);
    if (c.realization)
      for (auto& f : p.structs[c.realization->self].fields)
        if (f.from_realization != 0xffffffffu) field(i, f.name, c.span);
  }
  for (auto& [component, paths] : missing_) {
    auto& c = env.components[component];
    if (env.components[c.owner == 0xffffffffu ? component : c.owner].broken) continue;  // the misspelt field may be the missing one
    std::string list;
    for (std::size_t i = 0; i < paths.size(); ++i) list += (i == 0 ? "`" : i + 1 == paths.size() ? " and `" : ", `") + paths[i] + "`";
    auto what = component == Environment::self ? fmt::format("environment `{}`", environment_name)
                : component == Environment::on ? fmt::format("`on {}` of environment `{}`", p.text(env.platform), environment_name)
                                               : fmt::format("`{}`", title(component));
    auto& d = sink.report(diag::Incomplete{}, c.span, what, list).in(environment_name);
    for (auto& path : paths) {
      auto first = p.names->find(path.substr(0, path.find('.')));
      const Field* f = c.kind.valid() ? p.structs[c.kind].find(first) : nullptr;
      if (!f && c.realization) f = p.structs[c.realization->self].find(first);
      for (auto dot = path.find('.'); f && dot != std::string::npos;) {  // down to what is missing
        auto end = std::min(path.find('.', dot + 1), path.size());
        const auto& data = p.types.of(f->type);
        auto name = p.names->find(path.substr(dot + 1, end - dot - 1));
        if (data.kind == TypeKind::Record) f = p.structs[data.structure].find(name);
        else f = nullptr;
        dot = end == path.size() ? std::string::npos : end;
      }
      if (!f) continue;
      auto doc = p.text(f->doc);
      d.note("needed", fmt::format("{}: {}{}{}", path, type_name(p, f->type), doc.empty() ? "" : ", ", doc.substr(0, doc.find('\n'))));
    }
  }
  // a write that changes nothing is a leftover
  for (auto& s : env.slots) {
    if (s.overwritten.empty() || s.layer.kind == Layer::Default || !s.value.valid()) continue;
    auto& earlier = s.overwritten.back();
    if (earlier.layer.kind == Layer::Default || !earlier.value.valid() || earlier.op != ast::AssignOp::Set) continue;
    auto plain = [&](ast::ExprId e) {
      auto& n = node(e).node;
      return std::holds_alternative<ast::BoolLit>(n) || std::holds_alternative<ast::NumberLit>(n) || std::holds_alternative<ast::QuantityLit>(n) ||
             std::holds_alternative<ast::StringLit>(n) || std::holds_alternative<ast::NameExpr>(n);
    };
    if (!plain(s.value) || !plain(earlier.value)) continue;
    if (p.sources->text(node(s.value).span) != p.sources->text(node(earlier.value).span)) continue;
    if (node(s.value).span == node(earlier.value).span) continue;
    std::string path;
    for (auto at = &s; at->parent != 0xffffffffu; at = &env.slots[at->parent]) path = std::string(p.text(at->name)) + (path.empty() ? "" : "." + path);
    sink.report(diag::SameAsInherited{}, s.span, path, p.sources->text(node(s.value).span)).label(earlier.span, "set to the same here").fix("delete it", s.span, "");
  }
  for (std::uint32_t i = 0; i < count; ++i) check_requires(i);
  for (std::uint32_t i = 0; i < count; ++i) {
    for (auto one : env.components[i].uses) env.components[one].used_by.push_back(i);
  }
  start_order();
  if (env.mirrored) return;
  const bool whole = p.mistakes.empty() && only_rules(sink);
  check_mirror(*this, sink);
  if (whole) run_policies(*this, sink);
}

}  // namespace envc::model
