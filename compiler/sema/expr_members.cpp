// Typing of members and indexes: fields, outputs, facets, attributes of objects.
#include <algorithm>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

Type Checker::check_member(ast::ExprId e, const ast::MemberExpr& m, Scope& scope) {
  auto base = check(m.base, {}, scope);
  if (base.poison()) return {};
  bool optional = false;
  if (base.is(maybe)) {
    if (!m.optional) {
      auto span = expr(m.base).span;
      auto& d = sink_.report(diag::MaybeAbsent{}, span, p.sources->text(span));
      d.help(fmt::format("read it as `{}?.{}`, or under `if {} is not none`", p.sources->text(span), p.text(m.member.name), p.sources->text(span)));
      return {};
    }
    optional = true;
    base = base.without(maybe);
  }
  // facts about the base's path: a narrowed union, an interface besides the kind
  auto path = path_of(m.base, scope);
  Type result;
  if (!path.empty()) {
    for (auto at = scope.facts.rbegin(); at != scope.facts.rend() && result.poison(); ++at)
      if (at->path == path) result = member_of(e, at->type.without(maybe), m.member, scope, false);
  }
  if (result.poison()) result = member_of(e, base, m.member, scope, true);
  if (result.poison()) return result;
  if (auto* self = std::get_if<ast::NameExpr>(&expr(m.base).node); self && !scope.default_of.empty() && p.text(self->name) == "self")
    default_reads_[{scope.own.index, scope.default_of}].insert(m.member.name);
  return optional ? result.with(maybe) : result;
}

Type Checker::member_of_struct(ast::ExprId e, StructId id, const ast::Ident& member, Scope& scope) {
  complete(id);
  const auto& s = p.structs[id];
  if (auto* field = s.find(member.name)) {
    mean(e, Meaning::Field, member.name.index);
    read(scope, id, member.name);
    return field->type;
  }
  for (auto& part : s.parts)
    if (part.name == member.name) {
      mean(e, Meaning::Part, member.name.index);
      return t.component(part.kind);
    }
  return {};
}

Type Checker::member_of(ast::ExprId e, Type base, const ast::Ident& member, Scope& scope, bool report) {
  const auto data = t.of(base);
  auto word = p.text(member.name);
  std::vector<std::string> known;
  auto builtin = [&](Builtin b, Type type) {
    mean(e, Meaning::Builtin, static_cast<std::uint32_t>(b));
    return type;
  };
  auto fields_of = [&](StructId id) {
    for (auto& field : p.structs[id].fields) known.push_back(text(field.name));
    for (auto& part : p.structs[id].parts) known.push_back(text(part.name));
  };
  switch (data.kind) {
    case TypeKind::Record: {
      const bool in_object = scope.body == Body::Policy && !p.structs[data.structure].format.empty();
      if (auto type = member_of_struct(e, data.structure, member, scope); !type.poison()) return in_object ? made_type(type) : type;
      fields_of(data.structure);
      break;
    }
    case TypeKind::Component: {
      if (data.structure.valid()) {
        if (auto type = member_of_struct(e, data.structure, member, scope); !type.poison()) return type;
        fields_of(data.structure);
      }
      if (!scope.platform.empty()) {
        auto try_facet = [&](StructId id) -> Type {
          load_from_library(p.structs[id].name, "facet", p.text(scope.platform));
          auto at = p.facets.find({id.index, scope.platform});
          if (at == p.facets.end()) return {};
          complete(at->second);
          auto* field = p.structs[at->second].find(member.name);
          if (!field) return {};
          mean(e, Meaning::Facet, member.name.index);
          return field->type;
        };
        if (data.structure.valid()) {
          if (auto type = try_facet(data.structure); !type.poison()) return type;
          auto bases = p.structs[data.structure].bases;
          for (auto one : bases)
            if (auto type = try_facet(one); !type.poison()) return type;
        }
      }
      if (word == "name") return builtin(Builtin::Name, t.string);
      if (word == "full_name") return builtin(Builtin::FullName, t.string);
      if (word == "uses") return builtin(Builtin::Uses, t.list(t.any_component));
      if (word == "used_by") return builtin(Builtin::UsedBy, t.list(t.any_component));
      if (word == "kind") return builtin(Builtin::Kind, t.string);
      if (word == "doc") return builtin(Builtin::Doc, t.string);
      if (word == "is_part") return builtin(Builtin::IsPart, t.boolean);
      break;
    }
    case TypeKind::Environment: {
      if (word == "name") {
        bool in_component = scope.body == Body::Component;
        (void)in_component;
        return builtin(Builtin::Name, t.string);
      }
      if (word == "label") return builtin(Builtin::Label, t.string);
      if (word == "components") return builtin(Builtin::Components, t.list(t.any_component));
      if (word == "platform") return builtin(Builtin::Platform, t.platform);
      if (p.environment_kind.valid()) {
        complete(p.environment_kind);
        if (auto* field = p.structs[p.environment_kind].find(member.name)) {
          mean(e, Meaning::Field, member.name.index, 1);
          return field->type;
        }
        fields_of(p.environment_kind);
      }
      // a setting that every concrete environment has
      Type type;
      bool everywhere = !p.environments.empty();
      for (auto& env : p.environments) {
        if (env.is_abstract || !env.structure.valid()) continue;
        auto* field = p.structs[env.structure].find(member.name);
        if (!field) {
          everywhere = false;
          continue;
        }
        type = field->type;
      }
      if (!type.poison() && everywhere) {
        mean(e, Meaning::Field, member.name.index, 1);
        return type;
      }
      if (!type.poison()) {
        if (report) sink_.report(diag::SettingOutside{}, member.span, word).help("only some environments have it: declare it as a `setting` of all, with a default");
        return {};
      }
      break;
    }
    case TypeKind::Platform: {
      if (!scope.platform.empty()) {
        if (auto at = p.platforms.find(scope.platform); at != p.platforms.end()) {
          if (auto type = member_of_struct(e, at->second, member, scope); !type.poison()) return type;
          fields_of(at->second);
          auto key = std::tuple(scope.platform, Symbol{}, scope.platform);
          if (auto made = realization_index_.find(key); made != realization_index_.end()) {
            auto& r = p.realizations[made->second];
            if (auto handle = r.handles.find(member.name); handle != r.handles.end()) {
              mean(e, Meaning::Facet, member.name.index, 1);
              return t.handle(handle->second);
            }
            for (auto& [handle, id] : r.handles) known.push_back(text(handle));
          }
        }
      } else if (auto common = find_struct(p.names->add("common_platform"), StructKind::Interface); common.valid()) {
        if (auto type = member_of_struct(e, common, member, scope); !type.poison()) return type;
        fields_of(common);
      }
      if (word == "name") return builtin(Builtin::Name, t.string);
      break;
    }
    case TypeKind::Handle: {
      complete(data.structure);
      const auto& s = p.structs[data.structure];
      if (scope.body == Body::Policy) {  // what was made of the object, not what it will be
        if (auto* field = s.find(member.name)) {
          if (field->modifiers.out) {
            if (report) sink_.report(diag::LateDecision{}, member.span, word, "asked about").help("a policy reads what an object sets, not what it will have");
            return {};
          }
          mean(e, Meaning::Field, member.name.index);
          return made_type(field->type);
        }
        fields_of(data.structure);
        break;
      }
      if (word == "name" && by_name(s.format)) {
        mean(e, Meaning::ObjectName, member.name.index);
        return t.string;
      }
      if (auto* field = s.find(member.name)) {
        mean(e, Meaning::Attribute, member.name.index);
        return field->modifiers.out ? field->type.with(late) : field->type.without(maybe).with(late);
      }
      if (word == "id") {
        mean(e, Meaning::Attribute, member.name.index);
        return t.string.with(late);
      }
      fields_of(data.structure);
      break;
    }
    case TypeKind::Map: {
      mean(e, Meaning::Key, member.name.index);
      return data.second;
    }
    case TypeKind::Range:
      if (word == "min" || word == "max") {
        mean(e, Meaning::RangeEnd, word == "max");
        return data.first;
      }
      known = {"min", "max"};
      break;
    default: break;
  }
  if (!report) return {};
  auto title = data.kind == TypeKind::Handle || data.kind == TypeKind::Record || data.kind == TypeKind::Component
                   ? (data.structure.valid() ? struct_title(data.structure) : std::string("a component"))
                   : data.kind == TypeKind::Environment ? std::string("the environment") : data.kind == TypeKind::Platform ? std::string("the platform") : name(base);
  auto& d = sink_.report(diag::NoMember{}, member.span, title, word);
  if (auto near = diag::nearest(word, known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), member.span, near);
  else if (!known.empty() && known.size() <= 12) {
    std::string list;
    for (auto& one : known) list += (list.empty() ? "" : ", ") + one;
    d.help(fmt::format("its members are {}", list));
  }
  if (data.structure.valid() && p.structs[data.structure].span.valid()) d.label(p.structs[data.structure].span, "declared here");
  return {};
}

Type Checker::check_index(ast::ExprId e, const ast::IndexExpr& x, Scope& scope) {
  (void)e;
  auto base = check(x.base, {}, scope);
  if (base.poison()) {
    check(x.index, {}, scope);
    return {};
  }
  const auto data = t.of(base);
  if (data.kind == TypeKind::Map) {
    auto key = expect(x.index, data.first, scope);
    if (!decidable(key, x.index, "a key")) return {};
    return data.second.with(maybe);
  }
  if (data.kind == TypeKind::List) {
    expect(x.index, t.integer, scope);
    return data.first.with(maybe);
  }
  if (data.kind == TypeKind::Handle) {  // one of the objects that a loop emits, by its key
    auto key = check(x.index, {}, scope);
    if (!decidable(key, x.index, "a key")) return {};
    if (t.kind(key) != TypeKind::Component && !fits(key, t.text)) sink_.report(diag::WrongType{}, expr(x.index).span, name(key), "a component or a text");
    return base;
  }
  sink_.report(diag::NotIterable{}, expr(x.base).span, name(base));
  return {};
}

}  // namespace envc::sema
