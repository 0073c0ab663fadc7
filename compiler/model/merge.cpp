#include "model/merge.h"

#include <algorithm>

#include "diag/render.h"

namespace envc::model {

using namespace sema;

namespace {

class Merger {
 public:
  Merger(const Program& program, std::uint32_t index, diag::Sink& sink) : p(program), sink_(sink) {
    env.program = &program;
    env.info = index;
    env.name = p.environments[index].name;
    env.platform = p.environments[index].platform;
  }

  Environment run() {
    const auto& info = p.environments[env.info];
    auto system = add_component(p.system ? p.system->name : Symbol{}, p.system_kind, p.system ? p.system->span : Span{}, {});
    auto self = add_component(info.name, info.structure, info.span, {});
    auto at = p.platforms.find(info.platform);
    auto on = add_component(info.platform, at == p.platforms.end() ? StructId{} : at->second, info.span, {});
    for (auto one : {system, self, on}) env.components[one].pseudo = true;
    for (auto& c : p.components) {
      if (!c.kind.valid()) continue;
      auto made = add_component(c.name, c.kind, c.span, c.doc);
      env.by_name[c.name] = made;
    }
    // layers, oldest first: declarations, then the chain
    if (p.system && p.system->block.valid()) apply_component(system, p.system->block, {Layer::Declaration});
    for (auto& c : p.components)
      if (c.kind.valid() && c.block.valid()) apply_component(env.by_name[c.name], c.block, {Layer::Declaration});
    for (auto layer : info.chain) apply_environment(layer);
    drop_removed();
    return std::move(env);
  }

 private:
  std::uint32_t add_slot(std::uint32_t parent, std::uint32_t component, Symbol name, Type type, const Field* field) {
    Slot slot;
    slot.parent = parent;
    slot.component = component;
    slot.name = name;
    slot.type = type;
    slot.field = field;
    env.slots.push_back(std::move(slot));
    return static_cast<std::uint32_t>(env.slots.size() - 1);
  }

  std::uint32_t add_component(Symbol name, StructId kind, Span span, Symbol doc) {
    Component c;
    c.name = name;
    c.text = p.text(name);
    c.kind = kind;
    c.span = span;
    c.doc = doc;
    auto index = static_cast<std::uint32_t>(env.components.size());
    c.root = add_slot(0xffffffffu, index, name, {}, nullptr);
    env.components.push_back(std::move(c));
    if (!kind.valid()) return index;
    for (auto& part : p.structs[kind].parts) {
      auto made = add_component(part.name, part.kind, span, {});
      env.components[made].owner = index;
      env.components[index].parts.emplace_back(part.name, made);
      if (part.block.valid()) apply_block(env.components[made].root, part.block, {Layer::Default});
    }
    return index;
  }

  std::string path_of(std::uint32_t slot) const {
    std::string path;
    for (auto at = slot; env.slots[at].parent != 0xffffffffu; at = env.slots[at].parent)
      path = std::string(p.text(env.slots[at].name)) + (path.empty() ? "" : "." + path);
    auto& c = env.components[env.slots[slot].component];
    if (c.pseudo) return path;
    return std::string(c.text) + (path.empty() ? "" : "." + path);
  }

  std::optional<std::uint32_t> child(std::uint32_t slot, Symbol name) const {
    for (auto& [n, s] : env.slots[slot].children)
      if (n == name) return s;
    return std::nullopt;
  }

  const Field* field_of(std::uint32_t slot, Symbol name) {
    auto& s = env.slots[slot];
    auto& c = env.components[s.component];
    if (s.parent == 0xffffffffu) {
      if (!c.kind.valid()) return nullptr;
      if (auto* f = p.structs[c.kind].find(name)) return f;
      // an option of this platform's realizations; every variant is looked at
      for (auto& r : p.realizations) {
        if (r.platform != env.platform || !r.self.valid() || !is_a(p, c.kind, r.kind)) continue;
        if (auto* f = p.structs[r.self].find(name); f && f->from_realization != 0xffffffffu) return f;
      }
      return nullptr;
    }
    auto kind = p.types.kind(s.type);
    if (kind == TypeKind::Record) return p.structs[p.types.of(s.type).structure].find(name);
    if (kind == TypeKind::Union && s.case_index != 0xffffffffu) {
      auto payload = p.unions[p.types.of(s.type).united].cases[s.case_index].payload;
      return payload.valid() ? p.structs[payload].find(name) : nullptr;
    }
    if (kind == TypeKind::Union)  // which case it is tells its value; the evaluator compares
      for (auto& one : p.unions[p.types.of(s.type).united].cases)
        if (one.payload.valid())
          if (auto* f = p.structs[one.payload].find(name)) return f;
    return nullptr;
  }

  std::uint32_t child_slot(std::uint32_t slot, Symbol name) {
    if (auto found = child(slot, name)) return *found;
    auto kind = p.types.kind(env.slots[slot].type);
    Type type;
    const Field* field = nullptr;
    if (kind == TypeKind::Map) {
      type = p.types.of(env.slots[slot].type).second;
    } else {
      field = field_of(slot, name);
      if (field) type = field->type;
    }
    auto made = add_slot(slot, env.slots[slot].component, name, type, field);
    env.slots[slot].children.emplace_back(name, made);
    return made;
  }

  /// False (and reported) where a lower layer said `final` at, above or below.
  bool writable(std::uint32_t slot, const Span& span, Layer layer) {
    for (auto at = slot; at != 0xffffffffu; at = env.slots[at].parent) {
      auto& s = env.slots[at];
      if (s.is_final && !(s.layer == layer)) {
        sink_.report(diag::FinalWritten{}, span, path_of(at)).label(s.final_span, "declared final here").help("take the change back, or the `final`");
        return false;
      }
    }
    return true;
  }

  void forget(std::uint32_t slot) {  // what is below a replaced slot is gone
    auto children = std::move(env.slots[slot].children);
    env.slots[slot].children.clear();
    (void)children;
  }

  void set(std::uint32_t slot, ast::ExprId value, Layer layer, const Span& span, bool is_final) {
    if (!writable(slot, span, layer)) return;
    auto& s = env.slots[slot];
    if (s.layer == layer && layer.kind != Layer::Default && s.span.valid() && s.value.valid() && !spread_.contains(slot) && !p.broken.contains(value.index)) {
      sink_.report(diag::WrittenTwice{}, span, path_of(slot)).in(std::string(p.text(env.name))).label(s.span, "first written here").help("keep one of them");
      return;
    }
    if (spreading_) spread_.insert(slot);
    else spread_.erase(slot);
    if (s.value.valid() || s.opened || s.removed) {
      s.overwritten.push_back({ast::AssignOp::Set, s.value, s.layer, s.span});
      for (auto& edit : s.edits) s.overwritten.push_back(edit);
    }
    forget(slot);
    s.edits.clear();
    s.value = value;
    s.layer = layer;
    s.span = span;
    s.opened = false;
    s.removed = false;
    s.case_index = 0xffffffffu;
    if (is_final) s.is_final = true, s.final_span = span;
    // `f = { … }` and `f = case { … }` expand to their leaves, so that later layers may refine them
    auto& node = p.ast->exprs[value].node;
    auto kind = p.types.kind(s.type);
    if (auto* block = std::get_if<ast::BlockExpr>(&node); block && (kind == TypeKind::Record || kind == TypeKind::Map)) {
      s.value = {};
      s.opened = true;
      apply_block(slot, block->block, layer);
    } else if (auto* made = std::get_if<ast::ConstructExpr>(&node); made && kind == TypeKind::Union) {
      auto& meaning = p.meaning(made->head);
      if (meaning.meaning == Meaning::UnionCase) {
        s.case_index = meaning.a;
        s.value = {};
        s.opened = true;
        apply_block(slot, made->block, layer);
      }
    }
  }

  void apply_component(std::uint32_t component, ast::BlockId block, Layer layer) {
    note_mistakes(component, p.ast->blocks[block].span);
    apply_block(env.components[component].root, block, layer);
  }

  void note_mistakes(std::uint32_t component, const Span& of) {
    for (const auto& at : p.mistakes)
      if (at.file == of.file && at.begin >= of.begin && at.end <= of.end) env.components[component].broken = true;
  }

  void apply_block(std::uint32_t slot, ast::BlockId block, Layer layer) {
    for (auto& entry : p.ast->blocks[block].entries) apply_entry(slot, entry, layer);
  }

  void apply_entry(std::uint32_t slot, const ast::Entry& entry, Layer layer) {
    if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
      apply_field(slot, *f, f->label, entry.span, layer, f->key.has_value());
    } else if (auto* s = std::get_if<ast::SpreadEntry>(&entry.node)) {
      apply_spread(slot, *s, layer);
    } else if (auto* placed = std::get_if<ast::PlacedEntry>(&entry.node)) {
      if (placed->platform.name == env.platform && env.slots[slot].parent == 0xffffffffu) apply_block(slot, placed->block, layer);
    } else if (auto* r = std::get_if<ast::RemoveEntry>(&entry.node)) {
      remove(slot, r->path.parts, entry.span, layer);
    } else if (auto* patch = std::get_if<ast::PatchEntry>(&entry.node)) {
      PatchWrite made{env.slots[slot].component, {}, patch->block, entry.span};
      for (auto& part : patch->target.parts) made.path.push_back(part.name);
      env.patches.push_back(std::move(made));
    }
  }

  void apply_spread(std::uint32_t slot, const ast::SpreadEntry& s, Layer layer) {
    auto& meaning = p.meaning(s.value);
    if (meaning.meaning == Meaning::Let && std::holds_alternative<ast::NameExpr>(p.ast->exprs[s.value].node)) {
      if (auto* block = std::get_if<ast::BlockExpr>(&p.ast->exprs[p.lets[meaning.a].value].node)) {
        spreading_ = true;
        apply_block(slot, block->block, layer);
        spreading_ = false;
        return;
      }
    }
    env.slots[slot].broken = true;
    if (p.expr_types[s.value.index].poison()) return;
    sink_.report(diag::SpreadNotStatic{}, p.ast->exprs[s.value].span)
        .in(std::string(p.text(env.name)))
        .help("what a component is must be visible before anything is computed: `let name = { … }`, then `...name`");
  }

  void apply_field(std::uint32_t slot, const ast::FieldEntry& f, const ast::Ident& label, const Span& span, Layer layer, bool keyed) {
    auto kind = p.types.kind(env.slots[slot].type);
    bool is_map = kind == TypeKind::Map;
    if (!is_map && env.slots[slot].parent == 0xffffffffu && !field_of(slot, label.name)) return;  // reported by the checker
    if (!is_map && env.slots[slot].parent != 0xffffffffu && !field_of(slot, label.name)) return;
    auto made = child_slot(slot, label.name);
    if (keyed) {
      if (open(made, layer, span)) apply_field(made, f, *f.key, span, layer, false);
      return;
    }
    switch (f.op) {
      case ast::AssignOp::Set: set(made, f.value, layer, span, f.is_final); return;
      case ast::AssignOp::Bare:
        if (auto at = p.bare_names.find({label.span.file.index, label.span.begin}); at != p.bare_names.end()) set(made, at->second, layer, span, f.is_final);
        else open(made, layer, span);
        return;
      case ast::AssignOp::Open:
        if (!open(made, layer, span)) return;
        if (f.is_final) env.slots[made].is_final = true, env.slots[made].final_span = span;
        apply_block(made, f.block, layer);
        return;
      case ast::AssignOp::Append:
      case ast::AssignOp::Subtract:
        if (!writable(made, span, layer)) return;
        env.slots[made].edits.push_back({f.op, f.value, layer, span});
        return;
    }
  }

  bool open(std::uint32_t slot, Layer layer, const Span& span) {
    if (!writable(slot, span, layer)) return false;
    auto& s = env.slots[slot];
    if (s.removed) s.removed = false;
    if (p.types.kind(s.type) == TypeKind::Union && s.case_index == 0xffffffffu) settle_case(slot);
    if (!s.value.valid() && !s.opened) s.layer = layer, s.span = span;
    s.opened = true;
    return true;
  }

  /// `hosting { url = … }` refines the case that is there: it must be known which.
  void settle_case(std::uint32_t slot) {
    auto& s = env.slots[slot];
    auto value = s.value.valid() ? s.value : s.field ? s.field->value : ast::ExprId{};
    if (!value.valid()) return;
    auto& meaning = p.meaning(value);
    if (meaning.meaning == Meaning::UnionCase) s.case_index = meaning.a;
  }

  void remove(std::uint32_t slot, const std::vector<ast::Ident>& path, const Span& span, Layer layer) {
    auto at = slot;
    for (std::size_t i = 0; i < path.size(); ++i) {
      auto found = child(at, path[i].name);
      bool last = i + 1 == path.size();
      if (!found) {
        auto* field = p.types.kind(env.slots[at].type) == TypeKind::Map ? nullptr : field_of(at, path[i].name);
        if (field && last && field->type.is(maybe)) {
          at = child_slot(at, path[i].name);
          break;
        }
        std::vector<std::string> known;
        for (auto& [n, s] : env.slots[at].children) known.emplace_back(p.text(n));
        auto& d = sink_.report(diag::RemovesNothing{}, Span{path[0].span.file, path[0].span.begin, path[i].span.end}, p.sources->text(Span{path[0].span.file, path[0].span.begin, path[i].span.end})).in(std::string(p.text(env.name)));
        if (auto near = diag::nearest(p.text(path[i].name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), path[i].span, near);
        return;
      }
      at = *found;
    }
    if (!writable(at, span, layer)) return;
    auto& s = env.slots[at];
    if (p.types.kind(env.slots[s.parent].type) == TypeKind::Map) {
      std::erase_if(env.slots[s.parent].children, [&](auto& one) { return one.second == at; });
      return;
    }
    if (s.value.valid()) s.overwritten.push_back({ast::AssignOp::Set, s.value, s.layer, s.span});
    forget(at);
    s.value = {};
    s.opened = false;
    s.removed = true;
    s.layer = layer;
    s.span = span;
  }

  void apply_environment(std::uint32_t index) {
    const auto& info = p.environments[index];
    Layer layer{Layer::Environment, index};
    auto self = env.components[Environment::self].root;
    // `mirrors` and `data` are not inherited (core rule): what they say is of one environment
    bool own = index == env.info;
    for (auto& entry : p.ast->blocks[info.block].entries) {
      if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
        auto component = env.by_name.find(f->key ? f->key->name : f->label.name);
        auto* field = p.structs[env.components[Environment::self].kind].find(f->label.name);
        if (f->key && !field) {
          declare(*f, entry, layer);
        } else if (component != env.by_name.end() && !f->key) {
          if (f->op == ast::AssignOp::Open) apply_component(component->second, f->block, layer);
        } else if (field) {
          auto word = p.text(f->label.name);
          note_mistakes(Environment::self, entry.span);
          if (own || (word != "mirrors" && word != "data")) apply_field(self, *f, f->label, entry.span, layer, f->key.has_value());
        }
      } else if (auto* placed = std::get_if<ast::PlacedEntry>(&entry.node)) {
        if (placed->platform.name == env.platform) apply_component(Environment::on, placed->block, layer);
      } else if (auto* r = std::get_if<ast::RemoveEntry>(&entry.node)) {
        if (r->path.parts.empty()) continue;
        auto component = env.by_name.find(r->path.parts[0].name);
        if (component == env.by_name.end()) continue;  // reported by the checker
        if (r->path.parts.size() == 1) {
          removed_.emplace_back(component->second, entry.span);
          env.by_name.erase(component);
          continue;
        }
        std::vector<ast::Ident> rest(r->path.parts.begin() + 1, r->path.parts.end());
        remove(env.components[component->second].root, rest, entry.span, layer);
      } else if (auto* patch = std::get_if<ast::PatchEntry>(&entry.node)) {
        PatchWrite made{0xffffffffu, {}, patch->block, entry.span};
        for (auto& part : patch->target.parts) made.path.push_back(part.name);
        if (!made.path.empty())
          if (auto component = env.by_name.find(made.path[0]); component != env.by_name.end()) {
            made.component = component->second;
            made.path.erase(made.path.begin());
          }
        env.patches.push_back(std::move(made));
      }
    }
  }

  void declare(const ast::FieldEntry& f, const ast::Entry& entry, Layer layer) {
    auto known = p.environments[env.info].components.find(f.key->name);
    if (known == p.environments[env.info].components.end() || !known->second.valid()) return;
    if (!env.by_name.contains(f.key->name)) env.by_name[f.key->name] = add_component(f.key->name, known->second, f.key->span, entry.doc);
    if (f.block.valid()) apply_component(env.by_name[f.key->name], f.block, layer);
  }

  /// Removed components keep their index and lose everything else.
  void drop_removed() {
    for (auto& [component, span] : removed_) {
      auto& c = env.components[component];
      c.kind = {};
      c.span = span;
      for (auto& [name, part] : c.parts) env.components[part].kind = {};
      c.parts.clear();
    }
  }

  const Program& p;
  diag::Sink& sink_;
  Environment env;
  bool spreading_ = false;
  std::set<std::uint32_t> spread_;   ///< slots written by a spread: the layer may write them again
  std::vector<std::pair<std::uint32_t, Span>> removed_;
};

}  // namespace

Environment merge(const Program& program, std::uint32_t environment, diag::Sink& sink) {
  return Merger(program, environment, sink).run();
}

}  // namespace envc::model
