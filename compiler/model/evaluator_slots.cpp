// Slots, fields, outputs: what a component's parts are worth in this environment.
#include <algorithm>

#include "model/evaluator.h"

namespace envc::model {

using namespace eval;
using namespace sema;

std::string Evaluator::slot_path(std::uint32_t index) const {
  std::string path;
  for (auto at = index; env.slots[at].parent != 0xffffffffu; at = env.slots[at].parent)
    path = std::string(p.text(env.slots[at].name)) + (path.empty() ? "" : "." + path);
  return path;
}

/// As rules of realizations name it: "expose.host" for every entry of the map `expose`.
std::string Evaluator::field_path(std::uint32_t index) const {
  std::string path;
  for (auto at = index; env.slots[at].parent != 0xffffffffu; at = env.slots[at].parent)
    if (p.types.kind(env.slots[env.slots[at].parent].type) != TypeKind::Map)
      path = std::string(p.text(env.slots[at].name)) + (path.empty() ? "" : "." + path);
  return path;
}

void Evaluator::missing(std::uint32_t component, const std::string& path) {
  auto& list = missing_[component];
  if (std::find(list.begin(), list.end(), path) == list.end()) list.push_back(path);
}

Value Evaluator::leaves_of(std::uint32_t slot, Value v, const LeafPath& path, bool user) {
  auto& s = env.slots[slot];
  bool vital = s.field && s.field->modifiers.vital;
  switch (v.tag) {
    case Tag::Record: {
      std::vector<Value> fields(v.record->fields.begin(), v.record->fields.end());
      auto& structure = p.structs[v.record->structure];
      for (std::size_t i = 0; i < fields.size(); ++i) fields[i] = leaves_of(slot, fields[i], path.member(p.text(structure.fields[i].name)), user);
      auto origin = v.origin;
      v = make.record(v.record->structure, fields);
      v.origin = origin;
      return v;
    }
    case Tag::Union: {
      auto origin = v.origin;
      v = make.united(v.united->united, v.united->index, leaves_of(slot, v.united->payload, path, user));
      v.origin = origin;
      return v;
    }
    case Tag::List: {
      std::vector<Value> items(v.list->items.begin(), v.list->items.end());
      for (std::size_t i = 0; i < items.size(); ++i) items[i] = leaves_of(slot, items[i], path.item(i), user);
      auto origin = v.origin;
      v = make.list(items);
      v.origin = origin;
      return v;
    }
    case Tag::Map: {
      std::vector<Entry> entries(v.map->entries.begin(), v.map->entries.end());
      for (auto& entry : entries) entry.value = leaves_of(slot, entry.value, path.entry(show(p, entry.key)), user);
      auto origin = v.origin;
      v = make.map(entries);
      v.origin = origin;
      return v;
    }
    case Tag::Range: {
      auto origin = v.origin;
      v = make.range(leaves_of(slot, v.range->min, path.member("min"), user), leaves_of(slot, v.range->max, path.member("max"), user));
      v.origin = origin;
      return v;
    }
    default: break;
  }
  if (!v.scalar() || v.leaf()) return v;
  auto span = origin(v);
  bool written = user && span.valid() && p.sources->is_user(span);
  if (!written && !vital) return v;
  env.leaves.push_back({s.component, slot, span.valid() ? span : s.span, path.shown, path.fields, vital, 0});
  v.origin = 0x80000000u | static_cast<std::uint32_t>(env.leaves.size() - 1);
  return v;
}

Value Evaluator::slot(std::uint32_t index) {
  auto& s = env.slots[index];
  if (s.mark == Mark::Done) return read(s.result);
  if (s.mark == Mark::Running) {
    auto at = std::find(running_.begin(), running_.end(), index);
    std::string cycle;
    for (auto one = at; one != running_.end(); ++one) cycle += title(env.slots[*one].component) + "." + slot_path(*one) + " -> ";
    cycle += title(s.component) + "." + slot_path(index);
    auto span = s.span.valid() ? s.span : s.field ? s.field->span : Span{};
    auto& d = sink.report(diag::ValueCycle{}, span, cycle).in(environment_name);
    for (auto one = at; one != running_.end(); ++one)
      if (*one != index && env.slots[*one].span.valid()) d.label(env.slots[*one].span, "needs the next");
    return {};
  }
  s.mark = Mark::Running;
  running_.push_back(index);
  std::vector<std::uint32_t> reads;
  auto* old_recording = recording_;
  auto old_frame = frame_, old_edge = edge_from_;
  auto old_quiet = quiet_, old_depth = output_depth_;
  recording_ = &reads;
  frame_ = 0xffffffffu;
  edge_from_ = env.components[s.component].owner == 0xffffffffu ? s.component : env.components[s.component].owner;
  quiet_ = 0;
  output_depth_ = 0;

  Context c;
  c.self = s.component;
  Value v = Maker::none();
  bool user = s.layer.kind != Layer::Default;
  auto kind = p.types.kind(s.type);
  if (!s.removed) {
    bool have = false;
    if (s.value.valid()) {
      v = conform(eval(s.value, c), s.type, node(s.value).span, c);
      have = true;
    } else if (s.field && s.field->value.valid() && s.case_index == 0xffffffffu) {
      auto old = edge_from_;
      v = conform(eval(s.field->value, c), s.type, node(s.field->value).span, c);
      edge_from_ = old;
      have = true;
    }
    if (s.opened || !s.children.empty() || (!have && kind == TypeKind::Record && !s.type.is(maybe))) v = with_children(index, v, c);
    else if (!have && !s.type.is(maybe) && s.edits.empty()) {
      missing(s.component, slot_path(index));
      v = {};
    }
    if (!s.edits.empty()) v = edited(index, v, c);
  }
  // What the library makes of what a user wrote (`URL = db.url`) is the user's, with all that it was made of.
  if (user && s.value.valid() && v.scalar() && !v.leaf() && !p.sources->is_user(origin(v))) v.origin = s.value.index;
  if (user || (s.field && s.field->modifiers.vital)) v = leaves_of(index, v, {slot_path(index), field_path(index)}, true);

  recording_ = old_recording;
  frame_ = old_frame;
  edge_from_ = old_edge;
  quiet_ = old_quiet;
  output_depth_ = old_depth;
  running_.pop_back();
  std::sort(reads.begin(), reads.end());
  reads.erase(std::unique(reads.begin(), reads.end()), reads.end());
  s.reads = std::move(reads);
  s.result = v;
  s.mark = Mark::Done;
  return read(v);
}

Value Evaluator::with_children(std::uint32_t index, Value base, Context& c) {
  auto& s = env.slots[index];
  auto data = p.types.of(s.type);
  if (data.kind == TypeKind::Map) {
    std::vector<Entry> entries;
    if (base.tag == Tag::Map) entries.assign(base.map->entries.begin(), base.map->entries.end());
    for (std::size_t i = 0; i < s.children.size(); ++i) {
      auto [name, child] = s.children[i];
      auto key = make.view(p.text(name));
      auto value = slot(child);
      key = conform(key, data.first, env.slots[child].span, c);
      auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return equal(p, e.key, key); });
      if (found != entries.end()) found->value = value;
      else entries.push_back({key, value});
    }
    return make.map(entries);
  }
  StructId id;
  std::uint32_t case_index = s.case_index;
  if (data.kind == TypeKind::Record) id = data.structure;
  if (data.kind == TypeKind::Union) {
    if (base.tag == Tag::Union) case_index = base.united->index, base = base.united->payload;
    if (case_index == 0xffffffffu) return base;
    id = p.unions[data.united].cases[case_index].payload;
    const auto& one = p.unions[data.united].cases[case_index];
    for (auto& [name, child] : s.children) {
      if (id.valid() && p.structs[id].find(name)) continue;
      auto& d = sink.report(diag::UnknownField{}, s.span, fmt::format("`{}`, the case that is chosen here,", p.text(one.name)), p.text(name)).in(environment_name);
      for (auto& other : p.unions[data.united].cases)
        if (other.payload.valid() && p.structs[other.payload].find(name)) d.help(fmt::format("to choose another case, name it: `{} = {} {{ … }}`", p.text(s.name), p.text(other.name)));
      return {};
    }
  }
  if (!id.valid()) return base;
  auto& structure = p.structs[id];
  std::vector<Value> fields(structure.fields.size(), Maker::none());
  std::vector<bool> given(fields.size(), false);
  if (base.tag == Tag::Record && base.record->fields.size() == fields.size()) {
    for (std::size_t i = 0; i < fields.size(); ++i) fields[i] = base.record->fields[i], given[i] = true;
  }
  for (std::size_t i = 0; i < s.children.size(); ++i) {
    auto [name, child] = s.children[i];
    auto at = structure.index.find(name);
    if (at == structure.index.end()) continue;
    fields[at->second] = slot(child);
    given[at->second] = true;
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    auto& field = structure.fields[i];
    if (given[i] || field.value.valid() || field.type.is(maybe) || field.constant || field.modifiers.output) continue;
    if (p.types.kind(field.type) == TypeKind::Record || s.broken) continue;
    missing(s.component, slot_path(index) + "." + std::string(p.text(field.name)));
  }
  auto made = complete_record(id, std::move(fields), std::move(given), c);
  return data.kind == TypeKind::Union ? make.united(data.united, case_index, made) : made;
}

Value Evaluator::edited(std::uint32_t index, Value base, Context& c) {
  auto& s = env.slots[index];
  std::vector<Value> items;
  if (base.tag == Tag::List) items.assign(base.list->items.begin(), base.list->items.end());
  auto list_type = s.type.without(maybe);
  for (auto& edit : s.edits) {
    auto v = conform(eval(edit.value, c), list_type, node(edit.value).span, c);
    if (v.tag != Tag::List) continue;
    if (edit.op == ast::AssignOp::Append) {
      items.insert(items.end(), v.list->items.begin(), v.list->items.end());
      continue;
    }
    for (auto& gone : v.list->items) {
      auto at = std::find_if(items.begin(), items.end(), [&](const Value& one) { return equal(p, one, gone); });
      if (at == items.end()) {
        sink.report(diag::NothingToSubtract{}, origin(gone).valid() ? origin(gone) : edit.span, display(p, gone), slot_path(index))
            .in(environment_name)
            .note("value", display(p, base))
            .help("take it out of this list: it would remove nothing");
        continue;
      }
      items.erase(at);
    }
  }
  return make.list(items);
}

Value Evaluator::field(std::uint32_t component, Symbol name, const Span& at) {
  auto& c = env.components[component];
  if (!c.kind.valid()) {
    absent(c.name, at);
    return {};
  }
  for (auto& [child, index] : env.slots[c.root].children)
    if (child == name) return slot(index);
  auto* f = p.structs[c.kind].find(name);
  if (!f && c.realization) f = p.structs[c.realization->self].find(name);
  if (!f) return Maker::none();
  if (f->modifiers.output) return output(component, *f, at);
  if (f->constant) {
    Context inner;
    return eval(f->value, inner);
  }
  return unset(component, *f);
}

/// A field nobody wrote: a slot of the layer "default", so that it is computed once.
Value Evaluator::unset(std::uint32_t component, const Field& f) {
  Slot made;
  made.parent = env.components[component].root;
  made.component = component;
  made.name = f.name;
  made.type = f.type;
  made.field = &f;
  env.slots.push_back(std::move(made));
  auto index = static_cast<std::uint32_t>(env.slots.size() - 1);
  env.slots[env.components[component].root].children.emplace_back(f.name, index);
  return slot(index);
}

Value Evaluator::output(std::uint32_t component, const Field& f, const Span& at) {
  auto& c = env.components[component];
  auto owner = c.owner == 0xffffffffu ? component : c.owner;
  if (edge_from_ != 0xffffffffu && output_depth_ == 0 && owner != edge_from_ && !f.modifiers.silent && !c.pseudo) {
    auto& from = env.components[edge_from_];
    if (std::find(from.uses.begin(), from.uses.end(), component) == from.uses.end()) {
      from.uses.push_back(component);
      from.use_spans.push_back(at);
    }
  }
  ++output_depth_;
  Value v;
  const ast::ExprId* assigned = nullptr;
  if (c.realization)
    if (auto found = c.realization->outputs.find(f.name); found != c.realization->outputs.end()) assigned = &found->second;
  if (f.type.is(secret) && !f.value.valid()) {
    // what nobody computes is a secret of its own: it keeps its identity until it is written
    v = make.late({Piece{PartKind::Output, true, component, f.name, {}, {}}});
  } else if (assigned || f.value.valid()) {
    Context inner;
    inner.self = component;
    if (assigned) inner = prelude(component, f.name);
    auto compute = [&] { return conform(eval(assigned ? *assigned : f.value, inner), f.type.with(late), at, inner); };
    if (c.pseudo) {  // what is no component says the same to all who ask: it is computed once
      auto [said, first] = said_.try_emplace({component, f.name});
      if (first) {
        Recording recording(*this, said->second.reads);
        said->second.value = compute();
      }
      v = said->second.value;
      for (auto leaf : said->second.reads) demand(leaf);
    } else {
      v = compute();
    }
  } else if (!f.type.is(maybe)) {
    sink.report(diag::OutputUnknown{}, at, p.text(env.platform), title(component) + "." + std::string(p.text(f.name)))
        .in(environment_name)
        .label(f.span, "declared here, without a value")
        .help(fmt::format("the realization of {} on {} has to set `{} = …`", p.text(p.structs[c.kind].name), p.text(env.platform), p.text(f.name)));
  } else {
    v = Maker::none();
  }
  --output_depth_;
  return v;
}

Value Evaluator::main_output(std::uint32_t component, const Span& at) {
  auto& c = env.components[component];
  if (!c.kind.valid()) return field(component, {}, at);
  auto& s = p.structs[c.kind];
  if (s.main_output == 0xffffffffu) {
    sink.report(diag::KindWithoutOutput{}, at, fmt::format("kind `{}`", p.text(s.name))).in(environment_name);
    return {};
  }
  return output(component, s.fields[s.main_output], at);
}

Context Evaluator::prelude(std::uint32_t component, Symbol of) {
  std::uint32_t lets = 0;
  if (auto* r = env.components[component].realization)
    if (auto at = r->lets.find(of); at != r->lets.end()) lets = at->second;
  return prelude(component, lets);
}

Context Evaluator::prelude(std::uint32_t component, std::uint32_t lets) {
  Context c;
  c.self = component;
  c.realization = env.components[component].realization;
  if (!c.realization) return c;
  for (auto& entry : p.ast->blocks[c.realization->block].entries)
    if (auto* let = std::get_if<ast::LetEntry>(&entry.node); let && c.locals.size() < lets) c.locals.push_back({{}, let->value, {}, 0});
  return c;
}

const ast::EmitEntry* Evaluator::find_emit(const Realization& r, Symbol handle) const {
  std::vector<ast::BlockId> blocks{r.block};
  while (!blocks.empty()) {
    auto block = blocks.back();
    blocks.pop_back();
    for (auto& entry : p.ast->blocks[block].entries) {
      if (auto* e = std::get_if<ast::EmitEntry>(&entry.node)) {
        if (e->handle ? e->handle->name == handle : false) return e;
      } else if (auto* loop = std::get_if<ast::LoopEntry>(&entry.node)) {
        blocks.push_back(loop->body);
      } else if (auto* branch = std::get_if<ast::BranchEntry>(&entry.node)) {
        blocks.push_back(branch->then);
        if (branch->otherwise.valid()) blocks.push_back(branch->otherwise);
      }
    }
  }
  return nullptr;
}

/// Of an emitted object: what was set, where the format cannot refer or the
/// value is a tree; else a reference that lives until it is written.
Value Evaluator::attribute(const ObjectData& o, Symbol name, const Span& at) {
  auto& shape = p.structs[o.shape];
  auto* f = shape.find(name);
  auto format = p.formats.find(shape.format);
  bool by_attribute = format != p.formats.end() && constant(format->second, "references") == "by-attribute";
  auto kind = f ? p.types.kind(f->type) : TypeKind::String;
  bool tree = kind == TypeKind::List || kind == TypeKind::Map || kind == TypeKind::Record || kind == TypeKind::Handle;
  if (by_attribute && (!tree || (f && f->modifiers.out)))
    return make.late({Piece{PartKind::Attribute, f && f->type.is(secret), o.owner, o.handle, p.text(name), o.key}});
  auto* r = env.components[o.owner].realization;
  auto* emit = r ? find_emit(*r, o.handle) : nullptr;
  if (f && f->constant) {
    Context plain;
    return eval(f->value, plain);
  }
  if (emit && emit->block.valid()) {
    for (auto& entry : p.ast->blocks[emit->block].entries) {
      auto* field = std::get_if<ast::FieldEntry>(&entry.node);
      if (!field || field->label.name != name) continue;
      auto c = prelude(o.owner, o.handle);
      if (field->tail.guard.valid() && !truth(field->tail.guard, c)) return Maker::none();
      if (field->op == ast::AssignOp::Set) return conform(eval(field->value, c), f->type, at, c);
      if (field->op == ast::AssignOp::Open) {
        const auto& data = p.types.of(f->type);
        if (data.kind == TypeKind::Map) return map_of(field->block, f->type, c);
        if (data.structure.valid()) return record_of(field->block, data.structure, c);
      }
    }
    return Maker::none();
  }
  sink.report(diag::AttributeUnknown{}, at, p.text(shape.name), p.text(name)).in(environment_name);
  return {};
}

Value Evaluator::record_of(ast::BlockId block, StructId id, Context& c) {
  auto& structure = p.structs[id];
  std::vector<Value> fields(structure.fields.size(), Maker::none());
  std::vector<bool> given(fields.size(), false);
  auto put = [&](Symbol name, Value v, const Span& at) {
    auto found = structure.index.find(name);
    if (found == structure.index.end()) return;
    fields[found->second] = structure.literal ? v : conform(v, structure.fields[found->second].type, at, c);
    given[found->second] = true;
  };
  for (auto& entry : p.ast->blocks[block].entries) {
    if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
      each_all(f->tail.fors, 0, c, [&] {
        if (f->tail.guard.valid() && !truth(f->tail.guard, c)) return;
        auto found = structure.index.find(f->label.name);
        if (found == structure.index.end()) return;
        switch (f->op) {
          case ast::AssignOp::Set: put(f->label.name, eval(f->value, c), node(f->value).span); return;
          case ast::AssignOp::Bare: {
            auto at = p.bare_names.find({f->label.span.file.index, f->label.span.begin});
            if (at != p.bare_names.end()) put(f->label.name, eval(at->second, c), f->label.span);
            return;
          }
          default: {
            auto type = structure.fields[found->second].type;
            auto data = p.types.of(type);
            if (data.kind == TypeKind::List) data = p.types.of(data.first);
            if (f->key && data.kind == TypeKind::Map) return;  // keyed entries of a record literal: only maps of components
            if (data.kind == TypeKind::Map) put(f->label.name, map_of(f->block, type, c), entry.span);
            else if (data.structure.valid()) put(f->label.name, record_of(f->block, data.structure, c), entry.span);
          }
        }
      });
    } else if (auto* s = std::get_if<ast::SpreadEntry>(&entry.node)) {
      each_all(s->tail.fors, 0, c, [&] {
        if (s->tail.guard.valid() && !truth(s->tail.guard, c)) return;
        auto v = eval(s->value, c);
        if (v.tag == Tag::Record) {
          auto& from = p.structs[v.record->structure];
          for (std::size_t i = 0; i < v.record->fields.size(); ++i)
            if (!v.record->fields[i].none()) put(from.fields[i].name, read(v.record->fields[i]), node(s->value).span);
        } else if (v.tag == Tag::Map) {
          for (auto& one : v.map->entries)
            if (one.key.tag == Tag::Text) put(sym(*one.key.text), read(one.value), node(s->value).span);
        }
      });
    }
  }
  return complete_record(id, std::move(fields), std::move(given), c);
}

Value Evaluator::complete_record(StructId id, std::vector<Value> fields, std::vector<bool> given, Context& c) {
  auto& structure = p.structs[id];
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (given[i]) continue;
    auto& field = structure.fields[i];
    if (field.value.valid()) {
      Context inner;
      inner.self = c.self;
      inner.own_record = id;
      inner.own_fields = &fields;
      fields[i] = conform(eval(field.value, inner), field.type, node(field.value).span, inner);
    } else if (p.types.kind(field.type) == TypeKind::Record && !field.type.is(maybe)) {
      auto nested = p.types.of(field.type).structure;
      auto& s = p.structs[nested];
      fields[i] = complete_record(nested, std::vector<Value>(s.fields.size(), Maker::none()), std::vector<bool>(s.fields.size(), false), c);
    }
  }
  return make.record(id, fields);
}

}  // namespace envc::model
