// Expressions and values -> nodes of the plan: quantities in their units, late
// texts with references resolved, keys in the order in which they are written.
#include <algorithm>

#include "plan/objects.h"

namespace envc::plan {

using namespace eval;
using namespace sema;
using model::Context;

Node Realizer::text(std::string_view s) {
  Node n;
  n.value = plan.arena.copy(s);
  return n;
}

void Realizer::constants(StructId shape, std::vector<Field>& fields) {
  for (auto& f : p.structs[shape].fields) {
    if (!f.constant) continue;
    Context plain;
    auto v = e.eval(f.value, plain);
    fields.push_back({p.text(f.name), node_of(v, f.type, f.span, plain), false});
  }
}

namespace {

bool is_block(const Program& p, const sema::Field& f) {
  auto type = f.type;
  auto data = p.types.of(type);
  if (data.kind == TypeKind::List) data = p.types.of(data.first);
  return data.kind == TypeKind::Handle;
}

void put(std::vector<Field>& fields, std::string_view key, Node value, bool block) {
  if (value.as<Null>()) return;
  for (auto& field : fields)
    if (field.key == key) {
      field.value = value;
      return;
    }
  fields.push_back({key, value, block});
}

}  // namespace

void Realizer::block(ast::BlockId id, StructId shape, Context& c, std::vector<Field>& fields) {
  auto& s = p.structs[shape];
  if (s.kind == StructKind::Shape) constants(shape, fields);
  for (auto& entry : p.ast->blocks[id].entries) {
    if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
      auto found = s.index.find(f->label.name);
      if (found == s.index.end()) continue;
      auto& field = s.fields[found->second];
      e.each_all(f->tail.fors, 0, c, [&] {
        if (f->tail.guard.valid() && !e.truth(f->tail.guard, c)) return;
        Node value;
        switch (f->op) {
          case ast::AssignOp::Set: value = node(f->value, field.type, c); break;
          case ast::AssignOp::Bare: {
            auto at = p.bare_names.find({f->label.span.file.index, f->label.span.begin});
            if (at != p.bare_names.end()) value = node(at->second, field.type, c);
            break;
          }
          default: {
            auto data = p.types.of(field.type);
            bool list = data.kind == TypeKind::List;
            if (list) data = p.types.of(data.first);
            std::vector<Field> inner;
            auto body = f->block;
            if (data.kind == TypeKind::Map) map(body, field.type, c, inner);
            else if (data.structure.valid()) block(body, data.structure, c, inner);
            value.value = Map(plan.arena.copy(inner));
            if (list) {
              std::vector<Node> one{value};
              value.value = List(plan.arena.copy(one));
            }
          }
        }
        put(fields, p.text(field.name), value, is_block(p, field));
      });
    } else if (auto* spread = std::get_if<ast::SpreadEntry>(&entry.node)) {
      e.each_all(spread->tail.fors, 0, c, [&] {
        if (spread->tail.guard.valid() && !e.truth(spread->tail.guard, c)) return;
        auto v = e.eval(spread->value, c);
        auto n = node_of(v, v.tag == Tag::Record ? p.expr_types[spread->value.index].without(maybe) : Type{}, p.ast->exprs[spread->value].span, c);
        if (auto* m = n.as<Map>())
          for (auto& one : *m) put(fields, one.key, one.value, one.block);
      });
    }
  }
  // facts: defaults that people added to a generated shape
  for (auto& field : s.fields) {
    if (field.constant || !field.value.valid()) continue;
    if (std::any_of(fields.begin(), fields.end(), [&](const Field& one) { return one.key == p.text(field.name); })) continue;
    put(fields, p.text(field.name), node(field.value, field.type, c), is_block(p, field));
  }
}

void Realizer::map(ast::BlockId id, Type type, Context& c, std::vector<Field>& fields) {
  auto v = e.map_of(id, type, c);
  auto n = node_of(v, type, p.ast->blocks[id].span, c);
  if (auto* m = n.as<Map>()) fields.assign(m->begin(), m->end());
}

Node Realizer::node(ast::ExprId x, Type want, Context& c) {
  const auto& expr = p.ast->exprs[x];
  auto data = p.types.of(want);
  Node out;
  out.origin = x.index;
  if (auto* b = std::get_if<ast::BlockExpr>(&expr.node)) {
    bool list = data.kind == TypeKind::List;
    if (list) data = p.types.of(data.first);
    if (data.kind == TypeKind::Record || data.kind == TypeKind::Handle || data.kind == TypeKind::Map) {
      std::vector<Field> fields;
      if (data.kind == TypeKind::Map) map(b->block, want, c, fields);
      else block(b->block, data.structure, c, fields);
      out.value = Map(plan.arena.copy(fields));
      if (list) {
        std::vector<Node> one{out};
        out.value = List(plan.arena.copy(one));
      }
      return out;
    }
  } else if (auto* l = std::get_if<ast::ListExpr>(&expr.node); l && data.kind == TypeKind::List) {
    std::vector<Node> items;
    for (auto& item : l->items) {
      e.each_all(item.fors, 0, c, [&] {
        if (item.guard.valid() && !e.truth(item.guard, c)) return;
        auto n = node(item.value, item.spread ? want : data.first, c);
        if (n.as<Null>()) return;
        if (item.spread) {
          if (auto* inner = n.as<List>()) items.insert(items.end(), inner->begin(), inner->end());
        } else {
          items.push_back(n);
        }
      });
    }
    out.value = List(plan.arena.copy(items));
    return out;
  } else if (auto* i = std::get_if<ast::IfExpr>(&expr.node)) {
    auto cond = e.eval(i->condition, c);
    if (cond.tag != Tag::Bool) return out;
    return node(cond.boolean ? i->then : i->otherwise, want, c);
  } else if (auto* m = std::get_if<ast::MatchExpr>(&expr.node)) {
    auto base = c.locals.size();
    auto* arm = e.select(*m, c);
    auto n = arm ? node(arm->value, want, c) : out;
    c.locals.resize(base);
    return n;
  } else if (std::holds_alternative<ast::CallExpr>(expr.node) && (data.kind == TypeKind::Handle || data.kind == TypeKind::List || data.kind == TypeKind::Record)) {
    Context inner;
    auto& meaning = p.meaning(x);
    if (meaning.meaning == Meaning::Function && p.types.kind(p.functions[meaning.a].result) == data.kind && e.bind(x, c, inner))
      return node(p.functions[meaning.a].body, want, inner);
  }
  return node_of(e.conform(e.eval(x, c), want, expr.span, c), want, expr.span, c);
}

Node Realizer::number(const Value& v, const TypeData& refined, const Span& at) {
  Node out;
  std::int64_t whole = 0;
  auto unit = p.text(refined.unit);
  if (in_unit(v.dimension, v.number, unit, whole)) {
    out.value = whole;
    return out;
  }
  if (!refined.whole) {
    if (auto count = in_unit_text(v.dimension, v.number, unit); !count.empty()) {
      out.value = Decimal{plan.arena.copy(std::string_view(count))};
      return out;
    }
  }
  auto origin = e.origin(v);
  auto& d = sink.report(diag::NotWhole{}, origin.valid() && p.sources->is_user(origin) ? origin : at, show(p, v), unit).in(e.environment_name);
  d.label(at, "written here");
  d.help(fmt::format("write {}: nothing is rounded", nearest_whole(v.dimension, v.number, unit)));
  return out;
}

Node Realizer::node_of(const Value& v, Type want, const Span& at, Context& c) {
  Node out;
  out.origin = v.leaf() ? 0xffffffffu : v.origin;
  const auto& raw = p.types[want];
  auto data = p.types.of(want);
  switch (v.tag) {
    case Tag::Poison:
    case Tag::None: return out;
    case Tag::Bool: out.value = v.boolean; return out;
    case Tag::Int: out.value = v.number; return out;
    case Tag::Decimal: out.value = Decimal{*v.text}; return out;
    case Tag::Text: out.value = *v.text; return out;
    case Tag::Enum: out.value = p.text(Symbol{static_cast<std::uint32_t>(v.number)}); return out;
    case Tag::Quantity:
      if (raw.kind == TypeKind::Refined) {
        auto* refined = &raw;
        while (refined->unit.empty() && p.types[refined->first].kind == TypeKind::Refined) refined = &p.types[refined->first];
        if (!refined->unit.empty()) return number(v, *refined, at);
      }
      return text(show_quantity(v.dimension, v.number));
    case Tag::Late: return late(v, at);
    case Tag::List: {
      std::vector<Node> items;
      for (auto item : v.list->items) {
        if (item.leaf()) item = e.obtained(item);
        auto n = node_of(item, data.kind == TypeKind::List ? data.first : Type{}, at, c);
        if (!n.as<Null>()) items.push_back(n);
      }
      out.value = List(plan.arena.copy(items));
      return out;
    }
    case Tag::Map: {
      std::vector<Field> fields;
      for (auto& entry : v.map->entries) {
        auto n = node_of(e.obtained(entry.value), data.kind == TypeKind::Map ? data.second : Type{}, at, c);
        if (!n.as<Null>()) fields.push_back({plan.arena.copy(std::string_view(show(p, entry.key))), n, false});
      }
      out.value = Map(plan.arena.copy(fields));
      return out;
    }
    case Tag::Record: {
      auto& s = p.structs[v.record->structure];
      std::vector<Field> fields;
      for (std::size_t i = 0; i < v.record->fields.size(); ++i) {
        auto& field = s.fields[i];
        if (field.constant) {
          Context plain;
          fields.push_back({p.text(field.name), node_of(e.eval(field.value, plain), field.type, at, plain), false});
          continue;
        }
        auto n = node_of(e.obtained(v.record->fields[i]), field.type, at, c);
        if (!n.as<Null>()) fields.push_back({p.text(field.name), n, is_block(p, field)});
      }
      out.value = Map(plan.arena.copy(fields));
      return out;
    }
    case Tag::Component: return node_of(e.main_output(static_cast<std::uint32_t>(v.number), at), want, at, c);
    case Tag::Json: {
      if (in_json_) return node_of(*v.json, {}, at, c);  // part of a document: a value of it, no text
      in_json_ = true;
      auto inner = node_of(*v.json, {}, at, c);
      in_json_ = false;
      out.value = Json{plan.arena.make<Node>(inner)};
      return out;
    }
    case Tag::Object: {  // the object itself: `depends_on = [rule]`
      auto id = object(v.object->owner, v.object->handle, v.object->key, v.object->shape, nullptr, nullptr);
      std::vector<Part> parts{RefPart{id, {}}};
      auto made = plan.arena.copy(parts);
      late_.push_back(made);
      out.value = Late(made);
      return out;
    }
    case Tag::Range: out.value = plan.arena.copy(std::string_view(show(p, v))); return out;
    case Tag::Union: out.value = p.text(p.unions[v.united->united].cases[v.united->index].name); return out;
    case Tag::Environment:
    case Tag::Platform: return out;
  }
  return out;
}

std::uint32_t Realizer::secret(std::uint32_t component) {
  auto [at, added] = secrets_.try_emplace(component, static_cast<std::uint32_t>(plan.secrets.size()));
  if (added) {
    auto& c = e.env.components[component];
    Secret made;
    made.name = plan.arena.copy(std::string_view(e.alias(component)));
    made.component = plan.arena.copy(std::string_view(e.title(component)));
    made.doc = p.text(c.doc);
    if (c.owner != 0xffffffffu && made.doc.empty())
      made.doc = plan.arena.copy(std::string_view("the " + std::string(c.text) + " of " + std::string(e.env.components[c.owner].text)));
    made.span = c.span;
    // members of a kind of secrets that are read here: the command that makes a
    // good value, and what a value must be like, for people and for scripts
    auto member = [&](std::string_view name) { return p.structs[c.kind].find(e.sym(name)) ? e.field(component, e.sym(name), c.span) : Value{}; };
    auto told = [&](std::string_view name) {
      auto v = member(name);
      return v.tag == Tag::Text ? plan.arena.copy(*v.text) : std::string_view();
    };
    made.generate = told("recipe");
    made.prefix = told("prefix");
    if (auto v = member("shortest"); v.tag == Tag::Int && v.number > 0) made.min_length = static_cast<std::uint32_t>(v.number);
    if (auto v = member("forbid"); v.tag == Tag::List) {
      std::vector<std::string_view> words;
      for (auto& item : v.list->items)
        if (item.tag == Tag::Text) words.push_back(plan.arena.copy(*item.text));
      made.forbid = plan.arena.copy(words);
    }
    if (auto note = told("note"); !note.empty()) {
      while (made.doc.ends_with('.')) made.doc.remove_suffix(1);
      made.doc = made.doc.empty() ? note : plan.arena.copy(std::string_view(std::string(made.doc) + "; " + std::string(note)));
    }
    plan.secrets.push_back(made);
  }
  return at->second;
}

namespace {

/// `it matches 'x'`, alone or as a part of `and`: x.
std::string_view pattern_in(const Program& p, ast::ExprId where) {
  if (!where.valid()) return {};
  const auto* b = std::get_if<ast::BinaryExpr>(&p.ast->exprs[where].node);
  if (b == nullptr) return {};
  if (b->op == ast::BinaryOp::And) {
    const auto left = pattern_in(p, b->left);
    return left.empty() ? pattern_in(p, b->right) : left;
  }
  if (b->op != ast::BinaryOp::Matches) return {};
  const auto* text = std::get_if<ast::StringLit>(&p.ast->exprs[b->right].node);
  return text != nullptr && text->parts.size() == 1 && !text->parts[0].hole.valid() ? p.text(text->parts[0].literal) : std::string_view();
}

}  // namespace

std::uint32_t Realizer::input(std::uint32_t binding) {
  auto [at, added] = inputs_.try_emplace(binding, static_cast<std::uint32_t>(plan.inputs.size()));
  if (added) {
    auto& b = p.bindings[binding];
    const auto& type = p.types[b.type];
    auto said = type.name.empty() ? p.alias_docs.end() : p.alias_docs.find(type.name);
    plan.inputs.push_back({p.text(b.name), plan.arena.copy(std::string_view(type_name(p, b.type.without(sema::late)))), p.text(b.doc), b.span,
                           pattern_in(p, type.where), said == p.alias_docs.end() ? std::string_view() : p.text(said->second)});
  }
  return at->second;
}

void Realizer::resolve(const Piece& piece, std::vector<Part>& parts, const Span& at, int depth) {
  if (depth > 50) return;
  switch (piece.kind) {
    case PartKind::Literal: parts.emplace_back(piece.text); return;
    case PartKind::Input: parts.emplace_back(InputPart{input(piece.component)}); return;
    case PartKind::Output: {
      auto& component = e.env.components[piece.component];
      if (component.realization)
        if (auto assigned = component.realization->outputs.find(piece.name); assigned != component.realization->outputs.end()) {
          auto c = e.prelude(piece.component, piece.name);
          auto v = e.eval(assigned->second, c);
          if (v.tag == Tag::Late)
            for (auto& one : v.late->parts) resolve(one, parts, at, depth + 1);
          else if (!v.poison()) parts.emplace_back(plan.arena.copy(std::string_view(show(p, v))));
          return;
        }
      parts.emplace_back(SecretPart{secret(piece.component)});
      return;
    }
    case PartKind::Attribute:
    case PartKind::ObjectName: {
      auto* r = e.env.components[piece.component].realization;
      if (!r) return;
      auto shape = r->handles.find(piece.name);
      if (shape == r->handles.end()) return;
      auto id = object(piece.component, piece.name, piece.key, shape->second, nullptr, nullptr);
      if (piece.kind == PartKind::Attribute) parts.emplace_back(RefPart{id, plan.arena.copy(piece.text)});
      else if (objects_[id].hashed) parts.emplace_back(NamePart{id});
      else named_.insert(id), parts.emplace_back(objects_[id].object.name);
      return;
    }
  }
}

Node Realizer::late(const Value& v, const Span& at) {
  Node out;
  std::vector<Part> parts;
  for (auto& piece : v.late->parts) resolve(piece, parts, at, 0);
  bool known = std::all_of(parts.begin(), parts.end(), [](const Part& part) { return std::holds_alternative<std::string_view>(part); });
  if (known) {
    std::string joined;
    for (auto& part : parts) joined += std::get<std::string_view>(part);
    return text(joined);
  }
  // neighbouring literals are one
  std::vector<Part> joined;
  for (auto& part : parts) {
    auto* literal = std::get_if<std::string_view>(&part);
    if (literal && literal->empty()) continue;
    if (literal && !joined.empty())
      if (auto* before = std::get_if<std::string_view>(&joined.back())) {
        *before = plan.arena.copy(std::string_view(std::string(*before) + std::string(*literal)));
        continue;
      }
    joined.push_back(part);
  }
  auto made = plan.arena.copy(joined);
  late_.push_back(made);
  out.value = Late(made);
  return out;
}

}  // namespace envc::plan
