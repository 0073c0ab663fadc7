// Written types -> types; bodies of type declarations -> fields. Resolves a
// structure when somebody asks for its fields, so types may mention each other.
#include <algorithm>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

Type Checker::resolve(ast::TypeId id, Scope& scope) {
  if (!id.valid()) return {};
  const auto& node = p.ast->types[id];
  Type result;
  if (auto* named = std::get_if<ast::NamedType>(&node.node)) {
    result = resolve_named(*named, node.span, scope);
  } else if (auto* literal = std::get_if<ast::LiteralType>(&node.node)) {
    TypeData d;
    d.kind = TypeKind::Literals;
    d.texts = literal->texts;
    result = t.intern(std::move(d));
  } else if (auto* record = std::get_if<ast::RecordType>(&node.node)) {
    Struct s;
    s.kind = StructKind::Record;
    s.format = scope.format;
    s.span = node.span;
    auto made = p.structs.add(std::move(s));
    struct_state_[made.index] = 2;
    auto block = record->block;
    add_fields(made, block, scope, "a record");
    result = t.record(made);
  }
  const auto& again = p.ast->types[id];
  if (result.poison()) return result;
  if (!again.unit.empty()) {
    auto kind = t.kind(result);
    bool ok = kind == TypeKind::Quantity;
    if (ok) {
      auto& list = units(t.of(result).dimension);
      ok = std::any_of(list.begin(), list.end(), [&](const Unit& u) { return u.name == p.text(again.unit); });
    }
    if (!ok) sink_.report(diag::NotInTerms{}, again.span, name(result), p.text(again.unit));
  }
  if (!again.unit.empty() || again.where.valid()) {
    TypeData d;
    d.kind = TypeKind::Refined;
    d.first = result.without(late | secret | maybe);
    d.where = again.where;
    d.unit = again.unit;
    d.whole = again.whole;
    d.span = again.span;
    auto flags = result.flags;
    if (again.where.valid()) {
      Scope inner = scope;
      inner.it = d.first;
      inner.has_it = true;
      inner.locals.clear();
      condition(again.where, inner, "a rule");
    }
    result = t.intern(std::move(d)).with(flags);
  }
  return p.ast->types[id].optional ? result.with(maybe) : result;
}

Type Checker::resolve_named(const ast::NamedType& named, const Span& span, Scope& scope) {
  auto args = named.args;  // a copy: resolving may grow the AST's stores
  if (named.path.parts.empty()) return {};
  auto first = p.text(named.path.parts[0].name);
  auto count = [&](std::size_t n) {
    if (args.size() == n) return true;
    sink_.report(diag::WrongArguments{}, span, fmt::format("`{}` takes {} type{}, {} given", first, n, n == 1 ? "" : "s", args.size()));
    return false;
  };
  if (named.path.parts.size() == 1) {
    if (first == "Late") return count(1) ? resolve(args[0], scope).with(late) : Type{};
    if (first == "Secret") return count(1) ? resolve(args[0], scope).with(secret) : Type{};
    if (first == "List") return count(1) ? t.list(resolve(args[0], scope)) : Type{};
    if (first == "Range") return count(1) ? t.range(resolve(args[0], scope)) : Type{};
    if (first == "Map") {
      if (!count(2)) return {};
      auto key = resolve(args[0], scope);
      auto value = resolve(args[1], scope);
      return t.map(key, value);
    }
    static const std::pair<std::string_view, Type TypeTable::*> basic[] = {
        {"Bool", &TypeTable::boolean}, {"Int", &TypeTable::integer},  {"Decimal", &TypeTable::decimal}, {"String", &TypeTable::string},
        {"Text", &TypeTable::text},    {"Date", &TypeTable::date},    {"Time", &TypeTable::time},       {"Address", &TypeTable::address},
        {"Json", &TypeTable::json},    {"environment", &TypeTable::environment}, {"component", &TypeTable::any_component}};
    for (auto& [word, member] : basic)
      if (word == first) return t.*member;
    for (auto d : {Dimension::Duration, Dimension::Bytes, Dimension::Cpu, Dimension::Percent, Dimension::Rate})
      if (dimension_name(d) == first) return t.quantity(d);
  }
  return type_of_name(named.path, scope);
}

Type Checker::declared_type(const Declared& d) {
  switch (d.kind) {
    case DeclaredKind::Struct: {
      auto kind = p.structs[StructId(d.index)].kind;
      if (kind == StructKind::Kind || kind == StructKind::Interface) return t.component(StructId(d.index));
      if (kind == StructKind::Record) return t.record(StructId(d.index));
      return {};
    }
    case DeclaredKind::Enum: {
      TypeData data;
      data.kind = TypeKind::Enum;
      data.enumeration = EnumId(d.index);
      return t.intern(std::move(data));
    }
    case DeclaredKind::Union: {
      TypeData data;
      data.kind = TypeKind::Union;
      data.united = UnionId(d.index);
      return t.intern(std::move(data));
    }
    case DeclaredKind::Alias: {
      auto& [alias, rest] = aliases_[d.index];
      if (rest.second.poison()) {
        auto id = rest.first;
        auto symbol = alias;
        Scope scope;
        auto made = resolve(id, scope);
        if (!made.poison() && t[made].kind == TypeKind::Refined && t[made].name.empty()) {
          auto data = t[made];
          data.name = symbol;
          made = t.intern(std::move(data)).with(made.flags);
        } else if (!made.poison() && t[made].kind != TypeKind::Refined) {
          TypeData data;
          data.kind = TypeKind::Refined;
          data.first = made.without(late | secret | maybe);
          data.name = symbol;
          made = t.intern(std::move(data)).with(made.flags);
        }
        aliases_[d.index].second.second = made;
      }
      return aliases_[d.index].second.second;
    }
    default: return {};
  }
}

Type Checker::type_of_name(const ast::Path& path, Scope& scope) {
  std::string full;
  for (auto& part : path.parts) full += (full.empty() ? "" : ".") + text(part.name);
  if (!scope.format.empty())
    if (auto inside = shape(p.names->add(text(scope.format) + "." + full), {}); inside.valid()) return t.handle(inside);
  if (path.parts.size() == 1) {
    if (auto* found = lookup(Names::Types, path.parts[0].name, path.span)) {
      auto type = declared_type(*found);
      if (!type.poison()) return type;
      if (found->kind == DeclaredKind::Alias) return {};
    }
    if (!scope.platform.empty())
      if (auto inside = shape_for(path, scope.platform); inside.valid()) return t.handle(inside);
  } else if (auto direct = shape(p.names->add(full), {}); direct.valid()) {
    return t.handle(direct);
  }
  auto known = known_names(true);
  for (auto word : {"Bool", "Int", "String", "Text", "Duration", "Bytes", "Cpu", "Percent", "Rate", "List", "Map", "Range"}) known.emplace_back(word);
  auto& d = sink_.report(diag::UnknownType{}, path.span, full);
  if (auto near = diag::nearest(full, known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), path.span, near);
  return {};
}

StructId Checker::find_struct(Symbol symbol, StructKind kind, const Span& from) {
  auto* found = lookup(Names::Types, symbol, from);
  if (!found || found->kind != DeclaredKind::Struct) return {};
  StructId id(found->index);
  return p.structs[id].kind == kind ? id : StructId{};
}

StructId Checker::shape(Symbol path, const Span& at) {
  if (asked_shapes_.insert(path).second) load_from_library(path, "shape");  // a project may add facts to it
  auto found = shapes_.find(path);
  (void)at;
  return found == shapes_.end() ? StructId{} : found->second;
}

StructId Checker::shape_for(const ast::Path& path, Symbol platform) {
  std::string full;
  for (auto& part : path.parts) full += (full.empty() ? "" : ".") + text(part.name);
  if (auto at = p.platforms.find(platform); at != p.platforms.end()) {
    complete(at->second);
    // `formats = ["kubernetes"]`: what this platform writes, the first is meant where none is said
    if (auto* formats = p.structs[at->second].find(p.names->add("formats")); formats && formats->value.valid()) {
      if (auto* list = std::get_if<ast::ListExpr>(&expr(formats->value).node)) {
        auto items = list->items;
        for (auto& item : items) {
          auto* s = std::get_if<ast::StringLit>(&expr(item.value).node);
          if (!s || s->parts.empty()) continue;
          auto id = shape(p.names->add(text(s->parts[0].literal) + "." + full), path.span);
          if (id.valid()) return id;
        }
      }
    }
  }
  return path.parts.size() > 1 ? shape(p.names->add(full), path.span) : StructId{};
}

StructId Checker::struct_named(const ast::Path& path, Scope& scope, StructKind kind, std::string_view what) {
  (void)scope;
  if (path.parts.size() != 1) return {};
  auto* found = lookup(Names::Types, path.parts[0].name, path.span);
  if (found && found->kind == DeclaredKind::Struct) {
    StructId id(found->index);
    if (p.structs[id].kind == kind || (kind == StructKind::Interface && p.structs[id].kind == StructKind::Kind)) return id;
  }
  if (found) {
    auto word = [&]() -> std::string_view {
      if (found->kind != DeclaredKind::Struct) return found->kind == DeclaredKind::Enum ? "an enum" : found->kind == DeclaredKind::Union ? "a union" : "a type";
      auto is = p.structs[StructId(found->index)].kind;
      return is == StructKind::Kind ? "a kind" : is == StructKind::Interface ? "an interface" : is == StructKind::Record ? "a record" : "a declaration";
    }();
    auto& d = sink_.report(diag::BaseNotInterface{}, path.span, p.sources->text(path.span), word, what).label(found->span, "declared here");
    if (kind == StructKind::Kind) d.help("interfaces stand behind a colon: `kind a : b { … }`");
    return {};
  }
  auto& d = sink_.report(diag::UnknownType{}, path.span, p.sources->text(path.span));
  if (auto near = diag::nearest(p.sources->text(path.span), known_names(true)); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), path.span, near);
  d.help(fmt::format("{} was expected", what));
  return {};
}

void Checker::inherit(StructId id, StructId base) {
  complete(base);
  auto& from = p.structs[base];
  auto& into = p.structs[id];
  for (auto& one : from.bases)
    if (std::find(into.bases.begin(), into.bases.end(), one) == into.bases.end()) into.bases.push_back(one);
  if (std::find(into.bases.begin(), into.bases.end(), base) == into.bases.end()) into.bases.push_back(base);
  for (auto& field : from.fields) {
    if (into.index.contains(field.name)) continue;
    into.index[field.name] = static_cast<std::uint32_t>(into.fields.size());
    into.fields.push_back(field);
    if (field.modifiers.main) into.main_output = static_cast<std::uint32_t>(into.fields.size() - 1);
  }
  for (auto& part : from.parts) into.parts.push_back(part);
  for (auto& one : from.requires_) into.requires_.push_back(one);
}

StructId Checker::complete(StructId id) {
  if (!id.valid()) return id;
  auto& state = struct_state_[id.index];
  if (state != 0) return id;
  state = 1;
  if (p.structs[id].kind == StructKind::Shape) {
    complete_shape(id);
  } else if (p.structs[id].decl.valid()) {
    auto decl = p.ast->decls[p.structs[id].decl];
    if (auto* type_decl = std::get_if<ast::TypeDecl>(&decl.node)) complete_type_decl(id, *type_decl);
  }
  struct_state_[id.index] = 2;
  to_check_.push_back(id);
  return id;
}

void Checker::complete_type_decl(StructId id, const ast::TypeDecl& decl) {
  Scope scope;
  scope.body = p.structs[id].kind == StructKind::Kind ? Body::Kind : Body::Record;
  if (p.structs[id].kind == StructKind::Facet) scope.platform = p.structs[id].target;
  if (decl.extends) {
    auto base = struct_named(*decl.extends, scope, p.structs[id].kind, "a kind to extend");
    if (base.valid() && base != id) inherit(id, base);
  }
  for (auto& path : decl.bases) {
    auto base = struct_named(path, scope, StructKind::Interface, "an interface");
    if (base.valid() && base != id) inherit(id, base);
  }
  add_fields(id, decl.block, scope, struct_title(id));
  auto& s = p.structs[id];
  for (std::uint32_t i = 0; i < s.fields.size(); ++i) {
    if (s.fields[i].modifiers.main) s.main_output = i;
    if (s.kind == StructKind::Kind && text(s.fields[i].name) == "hosting" && t.kind(s.fields[i].type) == TypeKind::Union) s.hosting = i;
  }
}

void Checker::complete_shape(StructId id) {
  auto decls = shape_decls_[id.index];
  // generated first, then what people know; within a kind of file the library's order
  std::stable_sort(decls.begin(), decls.end(), [&](ast::DeclId a, ast::DeclId b) {
    auto generated = [&](ast::DeclId d) { return p.sources->path(p.ast->decls[d].span.file).find("/generated/") != std::string_view::npos; };
    return generated(a) && !generated(b);
  });
  bool generated = p.sources->path(p.ast->decls[decls[0]].span.file).find("/generated/") != std::string_view::npos;
  auto format = p.structs[id].format;
  if (!p.formats.contains(format)) load_from_library(format, "format");
  if (auto at = p.formats.find(format); at != p.formats.end()) complete(at->second);
  auto target = p.structs[id].target;
  bool first = true;
  for (auto decl_id : decls) {
    auto decl = std::get<ast::ShapeDecl>(p.ast->decls[decl_id].node);
    if (decl.file.valid()) p.structs[id].file = decl.file;
    Scope scope;
    scope.body = Body::Record;
    scope.format = format;
    if (first || !generated) {
      add_fields(id, decl.block, scope, "a shape");
    } else {
      Struct facts;
      facts.kind = StructKind::Shape;
      facts.format = format;
      auto facts_id = p.structs.add(std::move(facts));
      struct_state_[facts_id.index] = 2;
      add_fields(facts_id, decl.block, scope, "a shape");
      auto fields = p.structs[facts_id].fields;
      for (auto& field : fields) {
        auto& s = p.structs[id];
        auto at = s.index.find(field.name);
        if (at == s.index.end()) {
          sink_.report(diag::UnknownFact{}, field.span, text(s.name), text(field.name));
          continue;
        }
        field.owner = id;
        s.fields[at->second] = field;
      }
    }
    first = false;
  }
  // what every object of the format may say (meta-arguments)
  auto meta = p.names->add(text(format) + ".resource_meta");
  if (generated && p.structs[id].name != meta && p.text(target).find('.') == std::string_view::npos) {
    auto common = shape(meta, {});
    if (common.valid() && common != id) {
      complete(common);
      auto fields = p.structs[common].fields;
      for (auto& field : fields) {
        auto& s = p.structs[id];
        if (s.index.try_emplace(field.name, static_cast<std::uint32_t>(s.fields.size())).second) s.fields.push_back(field);
      }
    }
  }
}

/// What a format writes may be late down to the scalars of lists and maps; what
/// it cannot refer to is found when it is lowered.
Type Checker::late_inside(Type type) {
  const auto d = t.of(type);
  switch (d.kind) {
    case TypeKind::Handle:
    case TypeKind::Record: return type;
    case TypeKind::List: return t.list(late_inside(d.first)).with(type.flags);
    case TypeKind::Map: return t.map(d.first, late_inside(d.second)).with(type.flags);
    default: return type.with(late);
  }
}

/// What a policy reads of an emitted object has been made: nothing of it is late
/// but by its own value, which then decides no condition.
Type Checker::made_type(Type type) {
  const auto d = t.of(type);
  if (d.kind == TypeKind::List) return t.list(made_type(d.first)).with(type.flags);
  if (d.kind == TypeKind::Map) return t.map(d.first, made_type(d.second)).with(type.flags);
  return type.without(late);
}

void Checker::add_fields(StructId id, ast::BlockId block, Scope& scope, std::string_view what) {
  if (!block.valid()) return;
  auto entries = p.ast->blocks[block].entries;
  bool is_shape = p.structs[id].kind == StructKind::Shape;
  auto put = [&](Field field) {
    auto& s = p.structs[id];
    auto [at, added] = s.index.try_emplace(field.name, static_cast<std::uint32_t>(s.fields.size()));
    if (added) {
      s.fields.push_back(std::move(field));
    } else {
      auto& earlier = s.fields[at->second];
      if (earlier.owner == id && !is_shape)
        sink_.report(diag::FieldTwice{}, field.span, text(field.name)).label(earlier.span, "first declared here");
      auto inherited = earlier.modifiers;
      earlier = std::move(field);
      earlier.modifiers.output |= inherited.output;
      earlier.modifiers.main |= inherited.main;
      earlier.modifiers.silent |= inherited.silent;
    }
  };
  for (auto& entry : entries) {
    if (auto* d = std::get_if<ast::DeclFieldEntry>(&entry.node)) {
      Field field;
      field.name = d->name.name;
      field.type_ast = d->type;
      field.type = resolve(d->type, scope);
      field.value = d->value;
      field.modifiers = d->modifiers;
      field.is_final = d->is_final;
      field.span = d->name.span;
      field.doc = entry.doc;
      field.owner = id;
      if (!scope.format.empty()) field.type = late_inside(field.type);
      put(std::move(field));
    } else if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
      if (f->op == ast::AssignOp::Set && !f->key) {
        auto& s = p.structs[id];
        if (auto at = s.index.find(f->label.name); at != s.index.end() && s.fields[at->second].owner != id) {
          s.fields[at->second].value = f->value;  // a kind that extends another changes a default
          s.fields[at->second].is_final = f->is_final;
          s.fields[at->second].owner = id;
          continue;
        }
        Field field;
        field.name = f->label.name;
        field.value = f->value;
        field.constant = true;
        field.span = f->label.span;
        field.doc = entry.doc;
        field.owner = id;
        Scope inner = scope;
        inner.format = {};
        field.type = check(f->value, {}, inner);
        put(std::move(field));
      } else if (f->key && p.structs[id].kind == StructKind::Kind) {
        auto kind = find_struct(f->label.name, StructKind::Kind, f->label.span);
        if (!kind.valid()) {
          sink_.report(diag::UnknownKind{}, f->label.span, text(f->label.name));
          continue;
        }
        p.structs[id].parts.push_back({f->key->name, kind, f->block, f->key->span});
      } else {
        sink_.report(diag::EntryNotAllowed{}, entry.span, "a value", what).help("a type's body declares fields: `name: Type`");
      }
    } else if (auto* r = std::get_if<ast::RequireEntry>(&entry.node)) {
      auto kind = p.structs[id].kind;
      if (kind != StructKind::Kind && kind != StructKind::Interface && kind != StructKind::Platform) {
        sink_.report(diag::EntryNotAllowed{}, entry.span, "a rule", what).help("what must hold for every value of a type is its `where (…)`; rules stand in kinds and interfaces");
        continue;
      }
      if (r->id) add_rule(*r->id);
      p.structs[id].requires_.push_back({r->id ? r->id->name : Symbol{}, r->condition, r->message, entry.span, 0});
    } else if (!std::holds_alternative<ast::ErrorEntry>(entry.node)) {
      sink_.report(diag::EntryNotAllowed{}, entry.span, "this statement", what);
    }
  }
}

StructId Checker::self_struct(std::uint32_t index) {
  if (p.realizations[index].self.valid()) return p.realizations[index].self;
  auto kind = p.realizations[index].kind;
  complete(kind);
  Struct self = p.structs[kind];
  self.decl = {};
  auto made = p.structs.add(std::move(self));
  struct_state_[made.index] = 2;
  p.structs[made].bases.push_back(kind);
  p.realizations[index].self = made;
  auto entries = p.ast->blocks[p.realizations[index].block].entries;
  Scope scope;
  scope.body = Body::Realization;
  scope.platform = p.realizations[index].platform;
  for (auto& entry : entries) {
    auto* d = std::get_if<ast::DeclFieldEntry>(&entry.node);
    if (!d || !d->modifiers.option) continue;
    Field field;
    field.name = d->name.name;
    field.type_ast = d->type;
    field.type = resolve(d->type, scope);
    field.value = d->value;
    field.modifiers = d->modifiers;
    field.span = d->name.span;
    field.doc = entry.doc;
    field.owner = made;
    field.from_realization = index;
    auto& s = p.structs[made];
    auto [at, added] = s.index.try_emplace(field.name, static_cast<std::uint32_t>(s.fields.size()));
    if (added) s.fields.push_back(std::move(field));
    else sink_.report(diag::FieldTwice{}, d->name.span, text(d->name.name)).label(s.fields[at->second].span, "the kind has it already");
  }
  return made;
}

}  // namespace envc::sema
