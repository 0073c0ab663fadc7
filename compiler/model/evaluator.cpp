// The evaluator's core: expressions by form, names, members.
#include "model/evaluator.h"

#include <algorithm>

namespace envc::model {

using namespace eval;
using namespace sema;

namespace {
// What a system may take grows with it: a service takes some ten thousand steps.
constexpr std::uint64_t base_steps = 20'000'000, steps_per_component = 100'000;
constexpr int max_depth = 400;
}  // namespace

Evaluator::Evaluator(Environment& environment, diag::Sink& s)
    : env(environment), p(*environment.program), sink(s), make{environment.arena.get()}, environment_name(p.text(environment.name)) {}

bool Evaluator::step(const Span& at) {
  if (stopped_) return false;
  const auto max_steps = base_steps + steps_per_component * env.components.size();
  if (++steps_ > max_steps || depth_ > max_depth) {
    stopped_ = true;
    sink.report(diag::StepsExceeded{}, at, max_steps).in(environment_name);
    return false;
  }
  return true;
}

Span Evaluator::origin(const Value& v) const {
  if (v.leaf()) return env.leaves[v.origin & 0x7fffffffu].span;
  if (v.origin == 0x7fffffff) return {};
  return p.ast->exprs[ast::ExprId(v.origin)].span;
}

std::string Evaluator::title(std::uint32_t component) const {
  auto& c = env.components[component];
  if (c.owner != 0xffffffffu) return title(c.owner) + "." + std::string(c.text);
  return std::string(c.text);
}

std::string Evaluator::constant(StructId id, std::string_view name) const {
  auto* f = p.structs[id].find(sym(name));
  if (!f || !f->value.valid()) return {};
  auto& n = node(f->value).node;
  if (auto* s = std::get_if<ast::StringLit>(&n)) return s->parts.empty() ? std::string() : std::string(p.text(s->parts[0].literal));
  if (auto* i = std::get_if<ast::NumberLit>(&n)) return std::string(p.text(i->text));
  if (auto* b = std::get_if<ast::BoolLit>(&n)) return b->value ? "true" : "false";
  return {};
}

void Evaluator::demand(std::uint32_t leaf) {
  if (quiet_ > 0) {
    if (recording_ && frame_ == 0xffffffffu) recording_->push_back(leaf);
    return;
  }
  auto mark = [&](std::uint32_t index) {
    auto& l = env.leaves[index];
    auto owner = [&](std::uint32_t c) { return env.components[c].owner == 0xffffffffu ? c : env.components[c].owner; };
    // what the platform or the environment says is there for all: read by anybody, it is held
    l.seen |= owner(l.component) == owner(frame_) || env.components[l.component].pseudo ? 1 : 2;
  };
  if (frame_ != 0xffffffffu) {
    mark(leaf);
    for (auto one : env.slots[env.leaves[leaf].slot].reads) mark(one);
  } else if (recording_) {
    recording_->push_back(leaf);
    auto& more = env.slots[env.leaves[leaf].slot].reads;
    recording_->insert(recording_->end(), more.begin(), more.end());
  }
}

/// A value that was obtained: a scalar that a user wrote counts as read.
Value Evaluator::read(Value v) {
  if (v.leaf() && v.scalar()) demand(v.origin & 0x7fffffffu);
  return v;
}

Value Evaluator::force(std::size_t local, Context& c) {
  if (local >= c.locals.size()) return {};
  if (!c.locals[local].thunk.valid() || c.locals[local].reader == reader()) return c.locals[local].value;
  auto thunk = c.locals[local].thunk;
  auto type = c.locals[local].type;
  c.locals[local].reader = reader();
  c.locals[local].value = {};
  std::vector<Context::Local> later(c.locals.begin() + static_cast<std::ptrdiff_t>(local), c.locals.end());
  c.locals.resize(local);
  auto v = eval(thunk, c);
  if (!type.poison()) v = conform(v, type, node(thunk).span, c);
  c.locals.resize(local);
  c.locals.insert(c.locals.end(), later.begin(), later.end());
  c.locals[local].value = v;
  return v;
}

bool Evaluator::truth(ast::ExprId e, Context& c) {
  auto v = eval(e, c);
  return v.tag == Tag::Bool && v.boolean;
}

Value Evaluator::eval(ast::ExprId e, Context& c) {
  const auto& n = node(e);
  if (!p.broken.empty() && p.broken.contains(e.index)) return {};
  if (!step(n.span)) return {};
  ++depth_;
  struct Visitor {
    Evaluator& x;
    ast::ExprId e;
    const ast::Expr& n;
    Context& c;
    Value from(Value v) const {
      v.origin = e.index;
      return v;
    }
    Value operator()(const ast::NoneLit&) { return Maker::none(); }
    Value operator()(const ast::BoolLit& b) { return from(Maker::boolean(b.value)); }
    Value operator()(const ast::NumberLit& l) {
      auto text = x.p.text(l.text);
      if (text.find('.') != std::string_view::npos) return from(x.make.view(text, Tag::Decimal));
      return from(Maker::integer(std::strtoll(std::string(text).c_str(), nullptr, 10)));
    }
    Value operator()(const ast::QuantityLit& q) {
      Dimension d{};
      std::int64_t count = 0;
      switch (read_quantity(x.p.text(q.number), x.p.text(q.unit), d, count)) {
        case ReadQuantity::Good: return from(Maker::quantity(d, count));
        case ReadQuantity::TooLarge: x.sink.report(diag::QuantityOverflow{}, n.span, x.p.sources->text(n.span), dimension_name(d)); return {};
        case ReadQuantity::NotExact: x.sink.report(diag::NotWhole{}, n.span, x.p.sources->text(n.span), units(d).front().name); return {};
        case ReadQuantity::UnknownUnit: return {};
      }
      return {};
    }
    Value operator()(const ast::DateLit& l) { return from(x.make.view(x.p.text(l.text))); }
    Value operator()(const ast::TimeLit& l) { return from(x.make.view(x.p.text(l.text))); }
    Value operator()(const ast::AddressLit& l) { return from(x.make.view(x.p.text(l.text))); }
    Value operator()(const ast::StringLit& s) { return x.eval_string(e, s, c); }
    Value operator()(const ast::NameExpr& name) { return x.eval_name(e, name, c); }
    Value operator()(const ast::MemberExpr& m) { return x.eval_member(e, m, c); }
    Value operator()(const ast::IndexExpr& i) {
      auto base = x.eval(i.base, c), index = x.eval(i.index, c);
      if (base.tag == Tag::Map) {
        for (auto& entry : base.map->entries)
          if (equal(x.p, entry.key, index)) return x.read(entry.value);
        return Maker::none();
      }
      if (base.tag == Tag::List && index.tag == Tag::Int) {
        auto count = static_cast<std::int64_t>(base.list->items.size());
        return index.number >= 0 && index.number < count ? x.read(base.list->items[static_cast<std::size_t>(index.number)]) : Maker::none();
      }
      if (base.tag == Tag::Object && !index.poison() && !index.none()) {  // of a loop, by its key
        auto one = *base.object;
        one.key = x.env.arena->copy(std::string_view(index.tag == Tag::Component ? x.title(static_cast<std::uint32_t>(index.number)) : show(x.p, index)));
        return x.make.object(one);
      }
      return {};
    }
    Value operator()(const ast::CallExpr& call) { return x.eval_call(e, call, c); }
    Value operator()(const ast::NotExpr& not_) {
      auto v = x.eval(not_.operand, c);
      return v.tag == Tag::Bool ? from(Maker::boolean(!v.boolean)) : Value{};
    }
    Value operator()(const ast::BinaryExpr& b) { return x.eval_binary(e, b, c); }
    Value operator()(const ast::IsExpr& is) { return x.eval_is(is, c); }
    Value operator()(const ast::IfExpr& i) {
      auto cond = x.eval(i.condition, c);
      if (cond.tag != Tag::Bool) return {};
      return x.eval(cond.boolean ? i.then : i.otherwise, c);
    }
    Value operator()(const ast::MatchExpr& m) { return x.eval_match(m, c); }
    Value operator()(const ast::ListExpr& l) { return x.eval_list(e, l, c); }
    Value operator()(const ast::BlockExpr& b) {
      const auto& data = x.p.types.of(x.p.expr_types[e.index]);
      if (data.kind == TypeKind::Map) return x.map_of(b.block, x.p.expr_types[e.index], c);
      if (data.structure.valid()) return x.record_of(b.block, data.structure, c);
      return {};
    }
    Value operator()(const ast::ConstructExpr& made) {
      auto& meaning = x.p.meaning(e);
      const auto& data = x.p.types.of(x.p.expr_types[e.index]);
      if (meaning.meaning == Meaning::UnionCase && data.kind == TypeKind::Union) {
        auto payload = x.p.unions[data.united].cases[meaning.a].payload;
        return from(x.make.united(data.united, meaning.a, x.record_of(made.block, payload, c)));
      }
      if (data.structure.valid()) return x.record_of(made.block, data.structure, c);
      return {};
    }
    Value operator()(const ast::ErrorExpr&) { return {}; }
  };
  auto v = std::visit(Visitor{*this, e, n, c}, n.node);
  --depth_;
  return v;
}

Value Evaluator::eval_name(ast::ExprId e, const ast::NameExpr& n, Context& c) {
  auto& m = p.meaning(e);
  auto span = node(e).span;
  switch (m.meaning) {
    case Meaning::Local: return read(force(m.a, c));
    case Meaning::Self: return c.self == 0xffffffffu ? Value{} : Maker::component(c.self);
    case Meaning::It: return c.it;
    case Meaning::Environment: {
      Value v;
      v.tag = Tag::Environment;
      v.number = m.b == 1 ? static_cast<std::int64_t>(m.a) : static_cast<std::int64_t>(env.info);
      return v;
    }
    case Meaning::System: return Maker::component(Environment::system);
    case Meaning::Component: {
      auto at = env.by_name.find(n.name);
      if (at == env.by_name.end()) {
        absent(n.name, span);
        return {};
      }
      auto v = Maker::component(at->second);
      v.origin = e.index;
      return v;
    }
    case Meaning::Binding: {
      auto& b = p.bindings[m.a];
      if (b.kind == ast::BindingKind::Input) {
        auto v = make.late({Piece{PartKind::Input, false, m.a, b.name, {}, {}}});
        v.origin = e.index;
        return v;
      }
      if (b.kind == ast::BindingKind::Setting) return field(Environment::self, b.name, span);
      if (auto at = env.params.find(b.name); at != env.params.end()) return at->second;
      if (b.value.valid()) {
        Context plain;
        return conform(eval(b.value, plain), b.type, span, plain);
      }
      sink.report(diag::ParamMissing{}, b.span, p.text(b.name), p.text(b.name), "VALUE");
      return {};
    }
    case Meaning::Let: {
      Context plain;
      plain.self = c.self;
      auto v = eval(p.lets[m.a].value, plain);
      return v;
    }
    case Meaning::Own: {
      if (m.b == 1) return field(Environment::self, n.name, span);
      if (c.own_fields) {
        auto& s = p.structs[c.own_record];
        auto at = s.index.find(n.name);
        return at == s.index.end() || at->second >= c.own_fields->size() ? Value{} : read((*c.own_fields)[at->second]);
      }
      if (c.self == 0xffffffffu) return {};
      for (auto& [name, part] : env.components[c.self].parts)
        if (name == n.name) return Maker::component(part);
      return field(c.self, n.name, span);
    }
    case Meaning::EnumCase: {
      auto v = Maker::enumeration(n.name);
      v.origin = e.index;
      return v;
    }
    case Meaning::UnionCase: return eval_union_case(e, {}, c);
    case Meaning::Handle: {
      auto owner = c.self;
      std::string_view key;
      if (auto at = c.keys.find(n.name); at != c.keys.end()) key = at->second;
      auto shape = c.realization ? c.realization->handles.find(n.name) : std::map<Symbol, StructId>::const_iterator{};
      if (!c.realization || shape == c.realization->handles.end()) return {};
      return make.object({owner, n.name, shape->second, key});
    }
    default: return {};
  }
}

Value Evaluator::facet(std::uint32_t component, Symbol name, const Span& at) {
  auto* r = env.components[component].realization;
  if (!r) return Maker::none();
  if (auto assigned = r->outputs.find(name); assigned != r->outputs.end()) {
    auto c = prelude(component, name);
    return eval(assigned->second, c);
  }
  (void)at;
  if (auto handle = r->handles.find(name); handle != r->handles.end()) {
    auto* emit = find_emit(*r, name);
    if (emit && emit->guard.valid()) {  // an optional member: is it there?
      auto c = prelude(component, name);
      if (!truth(emit->guard, c)) return Maker::none();
    }
    return make.object({component, name, handle->second, {}});
  }
  return Maker::none();
}

/// A component that this environment lacks: removed here, or never there.
void Evaluator::absent(Symbol name, const Span& at) {
  for (auto& c : env.components) {
    if (c.name != name || c.kind.valid() || c.pseudo || c.owner != 0xffffffffu) continue;
    auto by = edge_from_ == 0xffffffffu ? std::string("something") : fmt::format("`{}`", title(edge_from_));
    sink.report(diag::RemovesNamed{}, c.span, p.text(name), by)
        .in(environment_name)
        .label(at, "named here")
        .help(fmt::format("remove this use in `{}` too, or keep `{}`", environment_name, p.text(name)));
    return;
  }
  sink.report(diag::MissingComponent{}, at, p.text(name)).in(environment_name).help("declare it for the whole system, or move this use into the environments that have it");
}

/// The slot that `a.b.c` names where every step was written on its own; nothing
/// else of what is around it needs to be known.
std::optional<std::uint32_t> Evaluator::written_slot(ast::ExprId e, Context& c) {
  auto* m = std::get_if<ast::MemberExpr>(&node(e).node);
  if (!m || m->optional) return std::nullopt;
  auto meaning = p.meaning(e).meaning;
  if (meaning != Meaning::Field && meaning != Meaning::Key) return std::nullopt;
  std::optional<std::uint32_t> parent;
  if (auto* n = std::get_if<ast::NameExpr>(&node(m->base).node)) {
    auto from = p.meaning(m->base).meaning;
    if (from == Meaning::Self && c.self != 0xffffffffu) parent = env.components[c.self].root;
    if (from == Meaning::Component)
      if (auto at = env.by_name.find(n->name); at != env.by_name.end()) parent = env.components[at->second].root;
  } else {
    parent = written_slot(m->base, c);
  }
  if (!parent) return std::nullopt;
  for (auto& [name, child] : env.slots[*parent].children)
    if (name == m->member.name) return child;
  return std::nullopt;
}

/// A field of a record, or of the record in a union's case.
Value Evaluator::record_field(const Value& base, Symbol name) {
  const auto& v = base.tag == Tag::Union ? base.united->payload : base;
  if (v.tag != Tag::Record) return {};
  auto& s = p.structs[v.record->structure];
  auto at = s.index.find(name);
  if (at == s.index.end() || at->second >= v.record->fields.size()) return {};
  return read(v.record->fields[at->second]);
}

Value Evaluator::eval_member(ast::ExprId e, const ast::MemberExpr& m, Context& c) {
  if (auto written = written_slot(e, c); written && env.slots[env.slots[*written].parent].parent != 0xffffffffu) return slot(*written);
  auto base = eval(m.base, c);
  if (base.poison()) return {};
  if (base.none()) return m.optional ? Maker::none() : Value{};
  auto& meaning = p.meaning(e);
  auto name = m.member.name;
  auto span = node(e).span;
  switch (meaning.meaning) {
    case Meaning::Field: {
      if (base.tag == Tag::Environment) {
        if (static_cast<std::uint32_t>(base.number) != env.info) return {};
        return field(Environment::self, name, span);
      }
      if (base.tag == Tag::Platform) return field(Environment::on, name, span);
      if (base.tag == Tag::Component) return field(static_cast<std::uint32_t>(base.number), name, span);
      return record_field(base, name);
    }
    case Meaning::Part: {
      if (base.tag != Tag::Component) return {};
      for (auto& [part, index] : env.components[static_cast<std::size_t>(base.number)].parts)
        if (part == name) return Maker::component(index);
      return {};
    }
    case Meaning::Facet: return facet(meaning.b == 1 ? Environment::on : static_cast<std::uint32_t>(base.number), name, span);
    // a block of an emitted object has the type of a shape too, and its value is a record
    case Meaning::Attribute: return base.tag == Tag::Object ? attribute(*base.object, name, span) : record_field(base, name);
    case Meaning::ObjectName: {
      if (base.tag != Tag::Object) return record_field(base, name);
      return make.late({Piece{PartKind::ObjectName, false, base.object->owner, base.object->handle, {}, base.object->key}});
    }
    case Meaning::Builtin:
      switch (static_cast<Builtin>(meaning.a)) {
        case Builtin::Name:
          if (base.tag == Tag::Environment) return make.view(p.text(p.environments[static_cast<std::size_t>(base.number)].name));
          if (base.tag == Tag::Platform) return make.view(p.text(env.platform));
          return make.text(env.components[static_cast<std::size_t>(base.number)].text);
        case Builtin::FullName: return make.view(env.components[static_cast<std::size_t>(base.number)].full_name);
        case Builtin::Label: return make.view(env.label);
        case Builtin::Platform: {
          Value v;
          v.tag = Tag::Platform;
          return v;
        }
        case Builtin::Uses:
        case Builtin::UsedBy: {
          auto& component = env.components[static_cast<std::size_t>(base.number)];
          std::vector<Value> items;
          for (auto one : static_cast<Builtin>(meaning.a) == Builtin::Uses ? component.uses : component.used_by) items.push_back(Maker::component(one));
          return make.list(items);
        }
        case Builtin::Kind: return make.view(p.text(p.structs[env.components[static_cast<std::size_t>(base.number)].kind].name));
        case Builtin::IsPart: return Maker::boolean(env.components[static_cast<std::size_t>(base.number)].owner != 0xffffffffu);
        case Builtin::Doc: return make.view(p.text(env.components[static_cast<std::size_t>(base.number)].doc));
        case Builtin::Components: {
          std::vector<Value> items;
          for (std::uint32_t i = Environment::first; i < env.components.size(); ++i)
            if (env.components[i].kind.valid()) items.push_back(Maker::component(i));
          return make.list(items);
        }
      }
      return {};
    case Meaning::Key: {
      if (base.tag != Tag::Map) return {};
      for (auto& entry : base.map->entries)
        if (entry.key.tag == Tag::Text ? *entry.key.text == p.text(name) : show(p, entry.key) == p.text(name)) return read(entry.value);
      std::string known;
      for (auto& entry : base.map->entries) known += (known.empty() ? "" : ", ") + show(p, entry.key);
      sink.report(diag::KeyAbsent{}, m.member.span, p.sources->text(node(m.base).span), p.text(name)).in(environment_name).help(known.empty() ? "it is empty" : "it has " + known);
      return {};
    }
    case Meaning::RangeEnd: return base.tag == Tag::Range ? read(meaning.a ? base.range->max : base.range->min) : Value{};
    default: return {};
  }
}

}  // namespace envc::model
