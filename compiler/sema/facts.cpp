// What fits where, what is known on which path, and how types are named.
#include <algorithm>

#include "sema/check.h"

namespace envc::sema {

void Checker::mean(ast::ExprId e, Meaning m, std::uint32_t a, std::uint32_t b) {
  if (p.meanings.size() <= e.index) p.meanings.resize(std::max<std::size_t>(e.index + 1, p.ast->exprs.size()));
  p.meanings[e.index] = {m, a, b};
}

void Checker::read(Scope& scope, StructId id, Symbol field) {
  if (scope.body == Body::Kind) kind_reads_.insert({id.index, field.index});
  if (scope.function != 0xffffffffu) p.functions[scope.function].reads.insert({id.index, field.index});
  if (scope.realization != 0xffffffffu) p.realizations[scope.realization].reads.insert({id.index, field.index});
}

void Checker::take_all(Scope& scope, Type type) {
  const auto& data = t.of(type);
  if (!data.structure.valid()) return;
  if (scope.body == Body::Kind) kind_takes_all_.insert(data.structure.index);
  if (scope.function != 0xffffffffu) p.functions[scope.function].takes_all.insert(data.structure.index);
  if (scope.realization != 0xffffffffu) p.realizations[scope.realization].takes_all.insert(data.structure.index);
}

bool is_a(const Program& p, StructId kind, StructId base) {
  if (!base.valid() || kind == base) return true;
  if (!kind.valid()) return false;
  auto& bases = p.structs[kind].bases;
  return std::find(bases.begin(), bases.end(), base) != bases.end();
}

const Realization* find_realization(const Program& p, StructId kind, Symbol variant, Symbol platform) {
  auto try_kind = [&](StructId id) -> const Realization* {
    for (auto v : {variant, Symbol{}})
      for (auto where : {platform, p.names->find("any")})
        for (auto& r : p.realizations)
          if (r.kind == id && r.platform == where && r.variant == v) return &r;
    return nullptr;
  };
  if (auto* r = try_kind(kind)) return r;
  auto& bases = p.structs[kind].bases;
  for (auto at = bases.rbegin(); at != bases.rend(); ++at)
    if (p.structs[*at].kind == StructKind::Kind)
      if (auto* r = try_kind(*at)) return r;
  return nullptr;
}

bool Checker::literal_fits(StructId literal, Type want) {
  const auto& target = t.of(want);
  const auto& s = p.structs[literal];
  if (target.kind == TypeKind::Map) {
    return std::all_of(s.fields.begin(), s.fields.end(), [&](const Field& f) { return fits(f.type, target.second); });
  }
  if (target.kind != TypeKind::Record && target.kind != TypeKind::Handle) return false;
  complete(target.structure);
  const auto& into = p.structs[target.structure];
  for (auto& field : s.fields) {
    auto* found = into.find(field.name);
    if (!found || !fits(field.type, field_sink(*found, target.structure))) return false;
  }
  return std::all_of(into.fields.begin(), into.fields.end(), [&](const Field& f) {
    return f.constant || f.value.valid() || f.type.is(maybe) || f.modifiers.out || f.modifiers.output || s.find(f.name);
  });
}

bool Checker::fits(Type actual, Type want) {
  if (actual.poison() || want.poison()) return true;
  if (t[actual].kind == TypeKind::Nothing) return want.is(maybe);
  if ((actual.flags & ~want.flags) != 0) return false;
  auto a = t.plain(actual).without(late | secret | maybe), w = t.plain(want).without(late | secret | maybe);
  if (a == w) return true;
  const auto& ad = t[a];
  const auto& wd = t[w];
  auto is_text = [](TypeKind k) {
    return k == TypeKind::String || k == TypeKind::Date || k == TypeKind::Time || k == TypeKind::Address || k == TypeKind::Literals || k == TypeKind::Json;
  };
  switch (wd.kind) {
    case TypeKind::String:
      if (is_text(ad.kind) || ad.kind == TypeKind::Text) return true;
      break;
    case TypeKind::Text:
      if (ad.kind == TypeKind::Handle) return want.is(late);  // the object itself: `depends_on = [rule]`
      if (is_text(ad.kind) || ad.kind == TypeKind::Bool || ad.kind == TypeKind::Int || ad.kind == TypeKind::Decimal || ad.kind == TypeKind::Enum) return true;
      break;
    case TypeKind::Date:
    case TypeKind::Time:
    case TypeKind::Address: return ad.kind == TypeKind::String;
    case TypeKind::Literals:
      if (ad.kind == TypeKind::String || ad.kind == TypeKind::Text || ad.kind == TypeKind::Enum) return true;
      return ad.kind == TypeKind::Literals &&
             std::all_of(ad.texts.begin(), ad.texts.end(), [&](Symbol s) { return std::find(wd.texts.begin(), wd.texts.end(), s) != wd.texts.end(); });
    case TypeKind::Decimal: return ad.kind == TypeKind::Int;
    case TypeKind::List:
      if (ad.kind == TypeKind::List) return fits(ad.first, wd.first);
      return fits(a.with(actual.flags & ~maybe), wd.first);  // one value stands for a list of one
    case TypeKind::Range: return ad.kind == TypeKind::Range ? fits(ad.first, wd.first) : fits(a, wd.first);
    case TypeKind::Map:
      if (ad.kind == TypeKind::Map) return fits(ad.first, wd.first) && fits(ad.second, wd.second);
      if (ad.kind == TypeKind::Record && p.structs[ad.structure].literal) return literal_fits(ad.structure, want);
      break;
    case TypeKind::Record:
    case TypeKind::Handle:
      if (ad.kind == TypeKind::Record && p.structs[ad.structure].literal) return literal_fits(ad.structure, want);
      break;
    case TypeKind::Component:
      if (ad.kind == TypeKind::Component) return !wd.structure.valid() || (ad.structure.valid() && is_a(p, ad.structure, wd.structure));
      return false;
    case TypeKind::Union: {
      auto payload = value_case(p, w, ad.kind, ad.dimension);
      return payload.valid() && fits(a.with(actual.flags), p.structs[payload].fields[0].type);
    }
    case TypeKind::Json: return true;
    default: break;
  }
  if (ad.kind == TypeKind::Component && ad.structure.valid()) {  // `JWT = jwt_key`: the main output is meant
    complete(ad.structure);
    const auto& s = p.structs[ad.structure];
    return s.main_output != 0xffffffffu && fits(s.fields[s.main_output].type.with(actual.flags), want);
  }
  return false;
}

/// The case of a union that a value stands for without its name. A text or an address: the first, where that
/// needs one of these and nothing else (`image = "nginx:1.27"`). A number or a quantity: the only one
/// that needs just such a value (`respond = 30m`).
StructId value_case(const Program& p, Type united, TypeKind kind, Dimension dimension) {
  const auto& d = p.types.of(united);
  if (d.kind != TypeKind::Union || p.unions[d.united].cases.empty()) return {};
  auto only_field = [&](const Case& one) {
    return one.payload.valid() && p.structs[one.payload].fields.size() == 1 ? p.structs[one.payload].fields[0].type : Type{};
  };
  if (kind != TypeKind::Int && kind != TypeKind::Quantity) {
    auto& first = p.unions[d.united].cases[0];
    auto held = p.types.kind(only_field(first));
    return held == TypeKind::String || held == TypeKind::Text || held == TypeKind::Address ? first.payload : StructId{};
  }
  StructId found;
  for (auto& one : p.unions[d.united].cases) {
    const auto& held = p.types.of(only_field(one));
    if (held.kind != kind || (kind == TypeKind::Quantity && held.dimension != dimension)) continue;
    if (found.valid()) return {};
    found = one.payload;
  }
  return found;
}

Type Checker::join_types(Type a, Type b) {
  if (a.poison()) return b;
  if (b.poison()) return a;
  if (t[a].kind == TypeKind::Nothing) return b.with(maybe);
  if (t[b].kind == TypeKind::Nothing) return a.with(maybe);
  auto flags = static_cast<std::uint8_t>(a.flags | b.flags);
  auto is_empty_list = [&](Type x) { return t.kind(x) == TypeKind::List && t.of(x).first.poison(); };  // `[]` fits every list
  if (is_empty_list(a) && t.kind(b) == TypeKind::List) return b.with(flags);
  if (is_empty_list(b) && t.kind(a) == TypeKind::List) return a.with(flags);
  if (fits(a.without(7), b.without(7))) return b.with(flags);
  if (fits(b.without(7), a.without(7))) return a.with(flags);
  auto pa = t.plain(a).without(7), pb = t.plain(b).without(7);
  if (fits(pa, pb)) return pb.with(flags);
  if (fits(pb, pa)) return pa.with(flags);
  if (fits(pa, t.text) && fits(pb, t.text)) return t.text.with(flags);
  return {};
}

std::string Checker::path_of(ast::ExprId e, const Scope& scope) const {
  const auto& node = p.ast->exprs[e].node;
  if (auto* n = std::get_if<ast::NameExpr>(&node)) {
    for (std::size_t i = scope.locals.size(); i-- > 0;)
      if (scope.locals[i].name == n->name) return "#" + std::to_string(i);
    return text(n->name);
  }
  if (auto* m = std::get_if<ast::MemberExpr>(&node)) {
    auto base = path_of(m->base, scope);
    return base.empty() ? base : base + "." + text(m->member.name);
  }
  return {};
}

/// Adds to the scope what follows when `e` is `truth`.
void Checker::assume(ast::ExprId e, bool truth, Scope& scope) {
  const auto& node = expr(e).node;
  if (auto* n = std::get_if<ast::NotExpr>(&node)) return assume(n->operand, !truth, scope);
  if (auto* b = std::get_if<ast::BinaryExpr>(&node)) {
    if ((b->op == ast::BinaryOp::And && truth) || (b->op == ast::BinaryOp::Or && !truth)) {
      assume(b->left, truth, scope);
      assume(b->right, truth, scope);
    }
    return;
  }
  auto* is = std::get_if<ast::IsExpr>(&node);
  if (!is) return;
  auto path = path_of(is->operand, scope);
  if (path.empty()) return;
  bool holds = truth != is->negated;
  auto type = is->operand.index < p.expr_types.size() ? p.expr_types[is->operand.index] : Type{};
  if (!is->path) {
    if (!holds && !type.poison()) scope.facts.push_back({path, type.without(maybe)});
    return;
  }
  if (is->path->parts.empty()) return;
  auto last = is->path->parts.back().name;
  if (t.kind(type) == TypeKind::Union) {
    const auto& united = p.unions[t.of(type).united];
    auto found = united.find(last);
    if (found && holds) {
      auto payload = united.cases[*found].payload;
      if (payload.valid()) scope.facts.push_back({path, t.record(payload)});
    }
    return;
  }
  if (!holds) return;
  if (text(last) == "placed") return;
  if (auto* declared = lookup(Names::Types, last, is->path->span); declared && declared->kind == DeclaredKind::Struct) scope.facts.push_back({path, t.component(StructId(declared->index))});
}

bool Checker::is_template(Type type) const {
  const auto& d = t[type];
  return d.kind == TypeKind::Refined && p.text(d.name) == "Template";
}

bool Checker::by_name(Symbol format) const {
  auto at = p.formats.find(format);
  if (at == p.formats.end()) return true;
  auto* f = p.structs[at->second].find(p.names->find("references"));
  if (!f || !f->value.valid()) return true;
  auto* lit = std::get_if<ast::StringLit>(&p.ast->exprs[f->value].node);
  return !lit || lit->parts.empty() || p.text(lit->parts[0].literal) != "by-attribute";
}

Type Checker::element_of(Type iterable) {
  const auto& d = t.of(iterable);
  return d.kind == TypeKind::List ? d.first : Type{};
}

std::string type_name(const Program& p, Type type) {
  const auto& d = p.types[type];
  auto suffix = type.is(maybe) && d.kind != TypeKind::Nothing ? "?" : "";
  std::string core;
  switch (d.kind) {
    case TypeKind::Poison: core = "an unknown type"; break;
    case TypeKind::Nothing: core = "none"; break;
    case TypeKind::Bool: core = "Bool"; break;
    case TypeKind::Int: core = "Int"; break;
    case TypeKind::Decimal: core = "Decimal"; break;
    case TypeKind::String: core = "String"; break;
    case TypeKind::Text: core = "Text"; break;
    case TypeKind::Date: core = "Date"; break;
    case TypeKind::Time: core = "Time"; break;
    case TypeKind::Address: core = "Address"; break;
    case TypeKind::Quantity: core = dimension_name(d.dimension); break;
    case TypeKind::Literals:
      for (std::size_t i = 0; i < d.texts.size() && i < 6; ++i) core += (i ? " | \"" : "\"") + std::string(p.text(d.texts[i])) + "\"";
      if (d.texts.size() > 6) core += " | …";
      break;
    case TypeKind::Enum: core = p.text(p.enums[d.enumeration].name); break;
    case TypeKind::Union: core = p.text(p.unions[d.united].name); break;
    case TypeKind::Record: {
      auto n = p.structs[d.structure].name;
      core = n.empty() ? std::string("a record") : std::string(p.text(n));
      break;
    }
    case TypeKind::List: core = "List<" + type_name(p, d.first) + ">"; break;
    case TypeKind::Map: core = "Map<" + type_name(p, d.first) + ", " + type_name(p, d.second) + ">"; break;
    case TypeKind::Range: core = "Range<" + type_name(p, d.first) + ">"; break;
    case TypeKind::Component: core = d.structure.valid() ? std::string(p.text(p.structs[d.structure].name)) : std::string("component"); break;
    case TypeKind::Handle: core = p.text(p.structs[d.structure].name); break;
    case TypeKind::Environment: core = "environment"; break;
    case TypeKind::Platform: core = "platform"; break;
    case TypeKind::Json: core = "Json"; break;
    case TypeKind::Refined:
      core = d.name.empty() ? type_name(p, d.first) : std::string(p.text(d.name));
      if (d.name.empty() && !d.unit.empty()) core += fmt::format(" in {}{}", d.whole ? "whole " : "", p.text(d.unit));
      break;
  }
  if (type.is(late)) core = "Late<" + core + ">";
  if (type.is(secret)) core = "Secret<" + core + ">";
  return core + suffix;
}

}  // namespace envc::sema
