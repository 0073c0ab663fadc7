// Typing of blocks: records, maps, shapes, component layers. One form for all;
// what differs is which entries are legal.
#include <algorithm>
#include <utility>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

std::string Checker::struct_title(StructId id) const {
  const auto& s = p.structs[id];
  auto name = text(s.name);
  switch (s.kind) {
    case StructKind::Kind: return name == "system" || name == "environment" ? "the " + name : fmt::format("kind `{}`", name);
    case StructKind::Interface: return fmt::format("interface `{}`", name);
    case StructKind::Facet: return fmt::format("the facet of `{}`", name);
    case StructKind::Platform: return fmt::format("platform `{}`", name);
    case StructKind::Format: return fmt::format("format `{}`", name);
    case StructKind::Case: return fmt::format("case `{}`", name);
    case StructKind::Shape: return fmt::format("`{}`", name);
    case StructKind::Environment: return "the environment";
    case StructKind::Record: break;
  }
  return name.empty() ? "this record" : fmt::format("`{}`", name);
}

Type Checker::field_sink(const Field& field, StructId owner) const {
  (void)owner;
  return field.type;
}

/// An unknown field may be the missing one, and what it reads was not read: the
/// errors that would follow stay silent.
bool Checker::misspelt(const Scope& scope) {
  if (scope.realization != 0xffffffffu) p.realizations[scope.realization].misspelt = true;
  return true;
}

std::string Checker::field_elsewhere(Symbol name, StructId id, Symbol platform) {
  const auto shown = text(name);
  if (p.structs[id].kind == StructKind::Environment) {
    auto at = p.platforms.find(platform);
    if (at == p.platforms.end()) return {};
    auto of = view(at->second, platform);
    return p.structs[of].find(name) ? fmt::format("`{0}` is a field of the platform: `on {1} {{ {0} = … }}`", shown, text(platform)) : std::string();
  }
  StructId kind;
  for (auto& [key, made] : views_)
    if (made == id && key.second.empty()) kind = StructId(key.first);
  if (!kind.valid()) return {};
  std::string on;
  for (auto one : platforms_in_use())
    if (p.structs[view(kind, one)].find(name)) on = text(one);
  return on.empty() ? on : fmt::format("`{0}` is an option on {1}: `on {1} {{ {0} = … }}`", shown, on);
}

void Checker::unknown_field(const ast::Ident& label, StructId id, Symbol platform) {
  const auto elsewhere = field_elsewhere(label.name, id, platform);
  const auto& s = p.structs[id];
  std::vector<std::string> known;
  for (auto& field : s.fields)
    if (!field.modifiers.output && !field.constant && !field.modifiers.out) known.push_back(text(field.name));
  auto& d = sink_.report(diag::UnknownField{}, label.span, struct_title(id), text(label.name));
  if (!elsewhere.empty()) {
    d.help(elsewhere);
  } else if (auto near = diag::nearest(text(label.name), known); !near.empty()) {
    d.fix(fmt::format("did you mean `{}`?", near), label.span, near);
  } else if (known.size() <= 14) {
    std::string list;
    for (auto& one : known) list += (list.empty() ? "" : ", ") + one;
    d.help(list.empty() ? "it has no fields" : fmt::format("its fields are {}", list));
  }
  if (s.span.valid()) d.label(s.span, "declared here");
}

void Checker::missing_fields(StructId id, const std::set<Symbol>& given, const Span& span) {
  if (partial_) return;
  complete(id);
  std::string missing;
  for (auto& field : p.structs[id].fields) {
    if (field.constant || field.value.valid() || field.type.is(maybe) || field.modifiers.output || field.modifiers.out || given.contains(field.name)) continue;
    missing += (missing.empty() ? "`" : ", `") + text(field.name) + "`";
  }
  if (missing.empty()) return;
  auto& d = sink_.report(diag::MissingField{}, span, struct_title(id), missing);
  if (p.structs[id].span.valid()) d.label(p.structs[id].span, "declared here");
}

Type Checker::check_block(ast::BlockId block, Type want, const Span& span, Scope& scope) {
  auto element = t.kind(want) == TypeKind::List ? t.of(want).first : want;
  const auto w = t.of(element);
  switch (w.kind) {
    case TypeKind::Record:
    case TypeKind::Handle: check_record_block(block, complete(w.structure), span, scope, false); return element.without(late | secret | maybe);
    case TypeKind::Map: check_map_block(block, element, scope, false); return element.without(late | secret | maybe);
    case TypeKind::Poison:
    case TypeKind::Text:
    case TypeKind::Json: return infer_block(block, scope);
    default: break;
  }
  auto& d = sink_.report(diag::NotARecord{}, span, name(want));
  if (w.kind == TypeKind::Union) {
    std::string list;
    for (auto& one : p.unions[w.united].cases) list += (list.empty() ? "" : ", ") + text(one.name);
    d.help(fmt::format("name the case first: `{} {{ … }}`; the cases are {}", p.unions[w.united].cases.empty() ? "case" : text(p.unions[w.united].cases[0].name), list));
  }
  if (w.kind == TypeKind::Quantity && w.dimension == Dimension::Bytes) d.help("a number of bytes is written as in `512MiB`");
  return {};
}

/// Opens the scope of `for … if …` behind an entry; closes with it.
struct Checker::TailScope {
  Checker& c;
  Scope& scope;
  std::size_t locals, facts;
  TailScope(Checker& checker, const ast::Tail& tail, Scope& s, const Span& span, bool layer) : c(checker), scope(s), locals(s.locals.size()), facts(s.facts.size()) {
    if (layer && (!tail.fors.empty() || tail.guard.valid()))
      c.sink_.report(diag::EntryNotAllowed{}, span, tail.guard.valid() ? "a guard" : "`for`", "a component or environment")
          .help("what an environment has must be visible at a glance: set the field in the environments that need it");
    for (auto& f : tail.fors) c.check_for(f, scope);
    if (tail.guard.valid()) {
      c.condition(tail.guard, scope, "a guard");
      c.assume(tail.guard, true, scope);
    }
  }
  ~TailScope() {
    scope.facts.resize(facts);
    scope.locals.resize(locals);
  }
};

void Checker::check_value_entry(const ast::FieldEntry& f, const Span& span, Type want, Scope& scope, bool layer, std::string_view what) {
  const auto w = t.of(want);
  if (f.key) {  // `port http = 8000` is `port { http = 8000 }`
    const auto keyed = t.kind(want) == TypeKind::Map ? w : t.of(want);
    if (keyed.kind != TypeKind::Map) {
      if (keyed.kind == TypeKind::Record || keyed.kind == TypeKind::Handle || keyed.kind == TypeKind::Component) {
        if (auto* field = keyed.structure.valid() ? p.structs[complete(keyed.structure)].find(f.key->name) : nullptr) {
          ast::FieldEntry inner = f;
          inner.label = *f.key;
          inner.key = std::nullopt;
          check_value_entry(inner, span, field->type, scope, layer, what);
          return;
        }
      }
      sink_.report(diag::WrongType{}, f.key->span, fmt::format("an entry named `{}`", text(f.key->name)), name(want)).help("only maps have named entries");
      return;
    }
    check_key(*f.key, keyed.first);
    ast::FieldEntry inner = f;
    inner.label = *f.key;
    inner.key = std::nullopt;
    check_value_entry(inner, span, keyed.second, scope, layer, what);
    return;
  }
  switch (f.op) {
    case ast::AssignOp::Set: {
      if (layer) {
        if (auto* b = std::get_if<ast::BlockExpr>(&expr(f.value).node)) {
          auto kind = t.kind(want);
          if (kind == TypeKind::Record || kind == TypeKind::Component) {
            check_record_block(b->block, complete(w.structure), span, scope, layer);
            return;
          }
          if (kind == TypeKind::Map) {
            check_map_block(b->block, want, scope, layer);
            return;
          }
        }
      }
      auto outer = std::exchange(entry_, f.label.name);
      expect(f.value, want, scope, what);
      entry_ = outer;
      return;
    }
    case ast::AssignOp::Append:
    case ast::AssignOp::Subtract: {
      if (t.kind(want) != TypeKind::List) {
        sink_.report(diag::NotAList{}, f.label.span, text(f.label.name), f.op == ast::AssignOp::Append ? "+=" : "-=");
        return;
      }
      expect(f.value, want, scope, what);
      return;
    }
    case ast::AssignOp::Open: {
      auto kind = t.kind(want);
      if (kind == TypeKind::Record || kind == TypeKind::Handle || kind == TypeKind::Component) {
        check_record_block(f.block, complete(w.structure), span, scope, layer);
        return;
      }
      if (kind == TypeKind::Map) {
        check_map_block(f.block, want, scope, layer);
        return;
      }
      if (kind == TypeKind::Union && layer) {  // refines the case that is there: any case with all these fields
        auto& united = p.unions[w.united];
        for (auto& one : united.cases) {
          if (!one.payload.valid()) continue;
          complete(one.payload);
          auto& entries = p.ast->blocks[f.block].entries;
          bool all = std::all_of(entries.begin(), entries.end(), [&](const ast::Entry& entry) {
            auto* field = std::get_if<ast::FieldEntry>(&entry.node);
            return field && p.structs[one.payload].find(field->label.name);
          });
          if (!all) continue;
          check_record_block(f.block, one.payload, span, scope, layer);
          return;
        }
      }
      if (kind == TypeKind::List && !layer) {
        auto element = t.of(want).first;
        if (t.kind(element) == TypeKind::Handle || t.kind(element) == TypeKind::Record) {
          check_record_block(f.block, complete(t.of(element).structure), span, scope, layer);
          return;
        }
      }
      check_block(f.block, want, p.ast->blocks[f.block].span, scope);
      return;
    }
    case ast::AssignOp::Bare: {
      expect(bare_name(f), want, scope, what);
      return;
    }
  }
}

void Checker::check_field(const ast::FieldEntry& f, const ast::Entry& entry, const Field& field, StructId owner, Scope& scope, bool layer) {
  if (field.constant) {
    sink_.report(diag::SetConstant{}, f.label.span, text(field.name), p.sources->text(expr(field.value).span)).label(field.span, "fixed here");
    return;
  }
  if (field.modifiers.output || field.modifiers.out) {
    if (!(field.modifiers.out && p.structs[owner].kind == StructKind::Facet)) {
      auto& d = sink_.report(diag::OutputSet{}, f.label.span, text(field.name), struct_title(owner)).label(field.span, "declared here");
      if (field.type.is(secret)) {
        std::string list;
        for (auto& one : p.structs[owner].fields)
          if (!one.modifiers.output && !one.modifiers.out && !one.constant) list += (list.empty() ? "`" : ", `") + text(one.name) + "`";
        d.help("a secret never has a value in the sources: it is made or asked for where it is deployed");
        if (!list.empty()) d.help(fmt::format("what can be said of it: {}", list));
      }
      return;
    }
  }
  std::string what = p.structs[owner].kind == StructKind::Shape ? fmt::format("`{}` of {}", text(field.name), struct_title(owner)) : fmt::format("the field `{}` of {}", text(field.name), struct_title(owner));
  check_value_entry(f, entry.span, field.type, scope, layer, what);
}

Type Checker::check_record_block(ast::BlockId block, StructId id, const Span& span, Scope& scope, bool layer) {
  complete(id);
  std::set<Symbol> given;
  std::map<Symbol, Span> set_here;
  bool spread = false;
  const auto& entries = p.ast->blocks[block].entries;
  for (auto& entry : entries) {
    if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
      auto* field = p.structs[id].find(f->label.name);
      TailScope tail(*this, f->tail, scope, entry.span, layer);
      if (f->op == ast::AssignOp::Bare && !f->key) {
        // `name` is `name = name`, in records and emitted objects; a field of a component opens
        if (!field) {
          unknown_field(f->label, id);
          spread = misspelt(scope);
          continue;
        }
        given.insert(f->label.name);
        if (layer) {
          sink_.report(diag::EntryNotAllowed{}, f->label.span, fmt::format("`{}` alone", text(f->label.name)), "a component").help(fmt::format("write `{0} = …` or `{0} {{ … }}`", text(f->label.name)));
          continue;
        }
        auto type = field->type;
        expect(bare_name(*f), type, scope, fmt::format("`{}`", text(f->label.name)));
        continue;
      }
      if (!field) {
        unknown_field(f->label, id);
        spread = misspelt(scope);
        continue;
      }
      given.insert(f->label.name);
      bool whole = f->op == ast::AssignOp::Set && !f->key;
      if (whole && f->tail.guard.valid() == false) {
        auto [at, added] = set_here.try_emplace(f->label.name, f->label.span);
        if (!added) {
          p.broken.insert(f->value.index);
          if (layer) sink_.report(diag::WrittenTwice{}, f->label.span, text(f->label.name)).label(at->second, "first written here").help("keep one of them");
          else sink_.report(diag::FieldTwice{}, f->label.span, text(f->label.name)).label(at->second, "first set here").help("keep one of them");
          continue;
        }
      }
      auto copy = *field;
      check_field(*f, entry, copy, id, scope, layer);
    } else if (auto* d = std::get_if<ast::DeclFieldEntry>(&entry.node)) {
      sink_.report(diag::EntryNotAllowed{}, entry.span, "a declaration with `:`", layer ? "a component" : "a record")
          .label(d->name.span, "set a value with `=`");
    } else if (auto* s = std::get_if<ast::SpreadEntry>(&entry.node)) {
      spread = true;
      TailScope tail(*this, s->tail, scope, entry.span, layer);
      auto type = check(s->value, {}, scope);
      if (type.poison()) continue;
      auto kind = t.kind(type);
      if (type.is(maybe)) {
        sink_.report(diag::MaybeAbsent{}, expr(s->value).span, p.sources->text(expr(s->value).span)).help("spread it under a guard: `...x if x is not none`");
        continue;
      }
      if (kind != TypeKind::Record && kind != TypeKind::Handle && kind != TypeKind::Map) {
        sink_.report(diag::NotARecord{}, expr(s->value).span, name(type));
        continue;
      }
      take_all(scope, type);
      if (kind == TypeKind::Map) continue;
      auto from = complete(t.of(type).structure);
      for (auto& field : p.structs[from].fields) {
        auto* into = p.structs[id].find(field.name);
        if (!into) {
          ast::Ident label{field.name, expr(s->value).span};
          unknown_field(label, id);
          continue;
        }
        given.insert(field.name);
        if (!layer && !fits(field.type, into->type) && !p.structs[from].literal)
          sink_.report(diag::WrongType{}, expr(s->value).span, fmt::format("`{}` as {}", text(field.name), name(field.type)), name(into->type));
        else if (p.structs[from].literal && !fits(field.type, into->type) && t.kind(into->type) != TypeKind::Record && t.kind(into->type) != TypeKind::Union)
          sink_.report(diag::WrongType{}, field.span, name(field.type), name(into->type)).label(expr(s->value).span, fmt::format("spread into {} here", struct_title(id)));
      }
    } else if (auto* comp = std::get_if<ast::ComputedEntry>(&entry.node)) {
      sink_.report(diag::EntryNotAllowed{}, expr(comp->key).span, "a computed key", "a record").help("only maps have computed keys");
    } else if (auto* placed = std::get_if<ast::PlacedEntry>(&entry.node); placed && layer) {
      // options of a platform: checked with the component's layer
      (void)placed;
    } else if (std::holds_alternative<ast::RemoveEntry>(entry.node) || std::holds_alternative<ast::AllowEntry>(entry.node) ||
               std::holds_alternative<ast::PatchEntry>(entry.node)) {
      if (!layer) sink_.report(diag::EntryNotAllowed{}, entry.span, "this statement", "a record");
    } else if (auto* let = std::get_if<ast::LetEntry>(&entry.node); let && layer) {
      sink_.report(diag::EntryNotAllowed{}, entry.span, "`let`", "a component").help("declare it above the component, or in the environment");
    } else if (!std::holds_alternative<ast::ErrorEntry>(entry.node)) {
      sink_.report(diag::EntryNotAllowed{}, entry.span, "this statement", layer ? "a component" : "a record")
          .help(layer ? "conditions belong into kinds and realizations; here every value is written" : "use a guard behind the value: `name = value if condition`");
    } else {
      spread = misspelt(scope);  // a broken entry may have been the missing one
    }
  }
  if (!layer && !spread) missing_fields(id, given, span);
  return {};
}

/// The key of a map whose keys are the cases of an enum.
void Checker::check_key(const ast::Ident& label, Type key) {
  if (t.kind(key) != TypeKind::Enum) return;
  auto& cases = p.enums[t.of(key).enumeration].cases;
  if (std::find(cases.begin(), cases.end(), label.name) != cases.end()) return;
  std::vector<std::string> known;
  for (auto one : cases) known.push_back(text(one));
  auto& d = sink_.report(diag::UnknownCase{}, label.span, text(label.name), name(key));
  if (auto near = diag::nearest(text(label.name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), label.span, near);
}

Type Checker::check_map_block(ast::BlockId block, Type map, Scope& scope, bool layer) {
  const auto m = t.of(map);
  std::map<Symbol, Span> seen;
  const auto& entries = p.ast->blocks[block].entries;
  for (auto& entry : entries) {
    if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
      TailScope tail(*this, f->tail, scope, entry.span, layer);
      check_key(f->label, m.first);
      if (f->tail.fors.empty() && !f->tail.guard.valid() && f->op != ast::AssignOp::Open && !f->key) {
        auto [at, added] = seen.try_emplace(f->label.name, f->label.span);
        if (!added) {
          sink_.report(diag::FieldTwice{}, f->label.span, text(f->label.name)).label(at->second, "first set here").help("keep one of them");
          if (f->value.valid()) p.broken.insert(f->value.index);
        }
      }
      if (f->op == ast::AssignOp::Bare && !f->key) {
        // `NAME` is `NAME = NAME`: a made expression carries the meaning
        auto made = bare_name(*f);
        expect(made, m.second, scope, fmt::format("the entry `{}`", text(f->label.name)));
        continue;
      }
      check_value_entry(*f, entry.span, m.second, scope, layer, fmt::format("the entry `{}`", text(f->label.name)));
    } else if (auto* c = std::get_if<ast::ComputedEntry>(&entry.node)) {
      TailScope tail(*this, c->tail, scope, entry.span, layer);
      auto key = expect(c->key, m.first, scope);
      if (!key.poison()) decidable(key, c->key, "a key");
      expect(c->value, m.second, scope);
    } else if (auto* s = std::get_if<ast::SpreadEntry>(&entry.node)) {
      TailScope tail(*this, s->tail, scope, entry.span, layer);
      auto type = check(s->value, map, scope);
      if (type.poison()) continue;
      take_all(scope, type);
      if (t.kind(type) == TypeKind::Record && p.structs[t.of(type).structure].literal) {
        for (auto& field : p.structs[t.of(type).structure].fields)
          if (!fits(field.type, m.second))
            sink_.report(diag::WrongType{}, field.span, name(field.type), name(m.second)).label(expr(s->value).span, "spread here");
      } else if (!fits(type, map)) {
        sink_.report(diag::WrongType{}, expr(s->value).span, name(type), name(map));
      }
    } else if (std::holds_alternative<ast::RemoveEntry>(entry.node) && layer) {
    } else if (auto* d = std::get_if<ast::DeclFieldEntry>(&entry.node)) {
      (void)d;
      sink_.report(diag::EntryNotAllowed{}, entry.span, "a declaration with `:`", "a map").help("values are set with `=`");
    } else if (!std::holds_alternative<ast::ErrorEntry>(entry.node)) {
      sink_.report(diag::EntryNotAllowed{}, entry.span, "this statement", "a map");
    }
  }
  return map;
}

/// A record literal nobody expects a type of: its own closed record.
Type Checker::infer_block(ast::BlockId block, Scope& scope) {
  Struct made;
  made.kind = StructKind::Record;
  made.literal = true;
  made.span = p.ast->blocks[block].span;
  const auto& entries = p.ast->blocks[block].entries;
  auto put = [&](Symbol symbol, Type type, const Span& span) {
    Field field;
    field.name = symbol;
    field.type = type;
    field.span = span;
    auto [at, added] = made.index.try_emplace(symbol, static_cast<std::uint32_t>(made.fields.size()));
    if (added) made.fields.push_back(std::move(field));
    else made.fields[at->second] = std::move(field);
  };
  for (auto& entry : entries) {
    if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
      TailScope tail(*this, f->tail, scope, entry.span, false);
      if (f->key) {
        sink_.report(diag::CannotInfer{}, entry.span, "a named entry needs a declared type").help("write `name { key = value }`");
        continue;
      }
      switch (f->op) {
        case ast::AssignOp::Set: put(f->label.name, check(f->value, {}, scope), f->label.span); break;
        case ast::AssignOp::Open: put(f->label.name, infer_block(f->block, scope), f->label.span); break;
        case ast::AssignOp::Bare: put(f->label.name, check(bare_name(*f), {}, scope), f->label.span); break;
        default: sink_.report(diag::EntryNotAllowed{}, entry.span, "`+=`", "a record literal");
      }
      if (f->tail.guard.valid() && !made.fields.empty() && made.fields.back().name == f->label.name) made.fields.back().type = made.fields.back().type.with(maybe);
    } else if (auto* s = std::get_if<ast::SpreadEntry>(&entry.node)) {
      auto type = check(s->value, {}, scope);
      auto kind = t.kind(type);
      if (kind == TypeKind::Record || kind == TypeKind::Handle) {
        auto fields = p.structs[complete(t.of(type).structure)].fields;
        for (auto& field : fields) put(field.name, field.type, field.span);
      } else if (!type.poison()) {
        sink_.report(diag::NotARecord{}, expr(s->value).span, name(type));
      }
    } else if (!std::holds_alternative<ast::ErrorEntry>(entry.node)) {
      sink_.report(diag::EntryNotAllowed{}, entry.span, "this entry", "a record literal without a declared type");
    }
  }
  auto id = p.structs.add(std::move(made));
  struct_state_[id.index] = 2;
  return t.record(id);
}

/// The expression that a bare entry stands for; made once per entry.
ast::ExprId Checker::bare_name(const ast::FieldEntry& f) {
  auto key = std::pair(f.label.span.file.index, f.label.span.begin);
  if (auto at = p.bare_names.find(key); at != p.bare_names.end()) return at->second;
  ast::Expr made;
  made.span = f.label.span;
  made.node = ast::NameExpr{f.label.name};
  auto id = p.ast->exprs.add(std::move(made));
  p.bare_names[key] = id;
  return id;
}

}  // namespace envc::sema
