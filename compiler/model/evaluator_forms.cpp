// Strings with holes, `is`, `match`, lists and maps.
#include <algorithm>

#include "model/evaluator.h"

namespace envc::model {

using namespace eval;
using namespace sema;

Value Evaluator::eval_string(ast::ExprId e, const ast::StringLit& s, Context& c) {
  if (s.parts.empty()) {
    auto v = make.view("");
    v.origin = e.index;
    return v;
  }
  if (p.meaning(e).meaning == Meaning::Template) {
    std::string written;
    for (auto& part : s.parts) written += part.hole.valid() ? "{" + std::string(p.sources->text(node(part.hole).span)) + "}" : std::string(p.text(part.literal));
    auto v = make.text(written);
    v.origin = e.index;
    return v;
  }
  if (s.parts.size() == 1 && !s.parts[0].hole.valid()) {
    auto v = make.view(p.text(s.parts[0].literal));
    v.origin = e.index;
    return v;
  }
  std::vector<Piece> parts;
  bool is_late = false;
  std::string text;
  auto literal = [&](std::string_view piece) {
    text += piece;
    parts.push_back(Piece{PartKind::Literal, false, 0, {}, env.arena->copy(piece), {}});
  };
  for (auto& part : s.parts) {
    if (!part.hole.valid()) {
      text += p.text(part.literal);
      parts.push_back(Piece{PartKind::Literal, false, 0, {}, p.text(part.literal), {}});
      continue;
    }
    auto v = eval(part.hole, c);
    if (v.poison()) return {};
    if (v.tag == Tag::Component) v = main_output(static_cast<std::uint32_t>(v.number), node(part.hole).span);
    if (v.poison()) return {};
    if (v.tag == Tag::Object) {  // the object itself: its address where the format refers by attribute, else its name
      auto format = p.formats.find(p.structs[v.object->shape].format);
      bool by_attribute = format != p.formats.end() && constant(format->second, "references") == "by-attribute";
      v = make.late({Piece{by_attribute ? PartKind::Attribute : PartKind::ObjectName, false, v.object->owner, v.object->handle, {}, v.object->key}});
    }
    if (v.tag == Tag::Late) {
      is_late = true;
      parts.insert(parts.end(), v.late->parts.begin(), v.late->parts.end());
      continue;
    }
    if (!part.unit.empty() && v.tag == Tag::Quantity) {
      auto unit = p.text(part.unit);
      auto count = in_unit_text(v.dimension, v.number, unit);
      if (count.empty() || (part.whole && count.find('.') != std::string::npos)) {
        auto at = origin(v);
        sink.report(diag::NotWhole{}, at.valid() && p.sources->is_user(at) ? at : part.span, show(p, v), unit)
            .in(environment_name)
            .label(part.span, "written here")
            .help(fmt::format("write {}: nothing is rounded", nearest_whole(v.dimension, v.number, unit)));
        return {};
      }
      literal(count);
      continue;
    }
    literal(show(p, v));
  }
  auto v = is_late ? make.late(parts) : make.text(text);
  v.origin = e.index;
  return v;
}

/// A comparison that is kept: the library's record, so that realizations can read it.
Value Evaluator::eval_limit(ast::ExprId e, const ast::BinaryExpr& b, Context& c) {
  auto id = p.types.of(p.expr_types[e.index]).structure;
  auto& s = p.structs[id];
  auto& comparison = b.op == ast::BinaryOp::Over ? std::get<ast::BinaryExpr>(node(b.left).node) : b;
  std::vector<Value> fields(s.fields.size(), Maker::none());
  auto put = [&](std::string_view name, Value v, const Span& at) {
    if (auto found = s.index.find(sym(name)); found != s.index.end()) fields[found->second] = conform(v, s.fields[found->second].type, at, c);
  };
  auto word = make.text(p.sources->text(comparison.op_span));
  word.origin = e.index;
  put("operator", word, comparison.op_span);
  put("threshold", eval(comparison.right, c), node(comparison.right).span);
  if (b.op == ast::BinaryOp::Over) put("window", eval(b.right, c), node(b.right).span);
  if (std::any_of(fields.begin(), fields.end(), [](const Value& v) { return v.poison(); })) return {};
  auto made = make.record(id, fields);
  made.origin = e.index;
  return made;
}

Value Evaluator::eval_is(const ast::IsExpr& x, Context& c) {
  Value v;
  {
    Quiet quiet(*this);  // asking whether something is there reads none of it
    v = eval(x.operand, c);
  }
  if (v.poison()) return {};
  bool holds = false;
  if (!x.path) {
    holds = v.none();
  } else {
    auto last = x.path->parts.back().name;
    if (v.tag == Tag::Enum) read(v);  // its case is all there is of it
    if (v.tag == Tag::Union) holds = p.unions[v.united->united].cases[v.united->index].name == last;
    else if (v.tag == Tag::Enum) holds = Symbol{static_cast<std::uint32_t>(v.number)} == last;
    else if (v.tag == Tag::Component) {
      auto& component = env.components[static_cast<std::size_t>(v.number)];
      if (p.text(last) == "placed") {
        holds = component.realization != nullptr && !component.realization->handles.empty();
      } else if (component.kind.valid()) {
        holds = p.structs[component.kind].name == last;
        for (auto base : p.structs[component.kind].bases) holds |= p.structs[base].name == last;
      }
    }
  }
  return Maker::boolean(holds != x.negated);
}

const ast::MatchArm* Evaluator::select(const ast::MatchExpr& x, Context& c) {
  auto v = eval(x.subject, c);
  if (v.poison()) return nullptr;
  Symbol label;
  Value payload;
  if (v.tag == Tag::Union) {
    label = p.unions[v.united->united].cases[v.united->index].name;
    payload = v.united->payload;
  } else if (v.tag == Tag::Enum) {
    label = Symbol{static_cast<std::uint32_t>(v.number)};
  } else if (v.tag == Tag::Text) {
    label = sym(*v.text);
  }
  for (auto& arm : x.arms) {
    if (arm.label.name != label && p.text(arm.label.name) != "_") continue;
    if (arm.as) c.locals.push_back({payload, {}, {}, 0});
    return &arm;
  }
  return nullptr;
}

Value Evaluator::eval_match(const ast::MatchExpr& x, Context& c) {
  auto base = c.locals.size();
  auto* arm = select(x, c);
  auto result = arm ? eval(arm->value, c) : Value{};
  c.locals.resize(base);
  return result;
}

Value Evaluator::eval_list(ast::ExprId e, const ast::ListExpr& x, Context& c) {
  std::vector<Value> items;
  auto want = p.types.of(p.expr_types[e.index]);
  for (auto& item : x.items) {
    each_all(item.fors, 0, c, [&] {
      if (item.guard.valid() && !truth(item.guard, c)) return;
      auto v = eval(item.value, c);
      if (item.spread) {
        if (v.tag == Tag::List) items.insert(items.end(), v.list->items.begin(), v.list->items.end());
        return;
      }
      if (v.none()) return;
      if (want.kind == TypeKind::List) v = conform(v, want.first, node(item.value).span, c);
      items.push_back(v);
    });
    if (items.size() > 1'000'000) {
      sink.report(diag::ListTooLong{}, node(e).span, 1'000'000).in(environment_name);
      stopped_ = true;
      return {};
    }
  }
  auto v = make.list(items);
  v.origin = e.index;
  return v;
}

Value Evaluator::map_of(ast::BlockId block, Type type, Context& c) {
  const auto data = p.types.of(type);
  std::vector<Entry> entries;
  auto put = [&](Value key, Value value, const Span& at) {
    if (value.none()) return;
    key = conform(key, data.first, at, c);
    value = conform(value, data.second, at, c);
    auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return equal(p, e.key, key); });
    if (found != entries.end()) found->value = value;
    else entries.push_back({key, value});
  };
  for (auto& entry : p.ast->blocks[block].entries) {
    if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
      each_all(f->tail.fors, 0, c, [&] {
        if (f->tail.guard.valid() && !truth(f->tail.guard, c)) return;
        auto key = make.view(p.text(f->label.name));
        if (f->op == ast::AssignOp::Set) {
          put(key, eval(f->value, c), node(f->value).span);
        } else if (f->op == ast::AssignOp::Bare) {
          auto at = p.bare_names.find({f->label.span.file.index, f->label.span.begin});
          if (at != p.bare_names.end()) put(key, eval(at->second, c), f->label.span);
        } else if (f->block.valid()) {
          const auto& inner = p.types.of(data.second);
          if (inner.kind == TypeKind::Map) put(key, map_of(f->block, data.second, c), entry.span);
          else if (inner.structure.valid()) put(key, record_of(f->block, inner.structure, c), entry.span);
        }
      });
    } else if (auto* computed = std::get_if<ast::ComputedEntry>(&entry.node)) {
      each_all(computed->tail.fors, 0, c, [&] {
        if (computed->tail.guard.valid() && !truth(computed->tail.guard, c)) return;
        auto key = eval(computed->key, c);
        if (key.tag == Tag::Component) key = make.text(title(static_cast<std::uint32_t>(key.number)));
        put(key, eval(computed->value, c), node(computed->value).span);
      });
    } else if (auto* s = std::get_if<ast::SpreadEntry>(&entry.node)) {
      each_all(s->tail.fors, 0, c, [&] {
        if (s->tail.guard.valid() && !truth(s->tail.guard, c)) return;
        auto v = eval(s->value, c);
        if (v.tag == Tag::Map)
          for (auto& one : v.map->entries) put(one.key, read(one.value), node(s->value).span);
        else if (v.tag == Tag::Record)
          for (std::size_t i = 0; i < v.record->fields.size(); ++i)
            put(make.view(p.text(p.structs[v.record->structure].fields[i].name)), read(v.record->fields[i]), node(s->value).span);
      });
    }
  }
  return make.map(entries);
}

}  // namespace envc::model
