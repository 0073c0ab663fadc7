// How a value came where it must not be: the way of a secret, what a decision
// asks of the environment, why a record literal does not fit, defaults that
// need each other. Adds to diagnostics; types nothing.
#include <algorithm>

#include "sema/check.h"

namespace envc::sema {

/// What a component stands for where a value is due: its main output.
Type Checker::used_as_value(Type type) {
  const auto d = t.of(type);
  if (d.kind != TypeKind::Component || !d.structure.valid()) return type;
  const auto& s = p.structs[complete(d.structure)];
  return s.main_output == 0xffffffffu ? type : s.fields[s.main_output].type.with(type.flags);
}

void Checker::secret_way(ast::ExprId e, const Scope& scope, std::vector<std::string>& way, diag::Diagnostic& d) {
  if (!e.valid() || way.size() > 8) return;
  auto holds = [&](ast::ExprId one) {
    return one.valid() && one.index < p.expr_types.size() && used_as_value(p.expr_types[one.index]).is(secret);
  };
  const auto& node = expr(e).node;
  const auto span = expr(e).span;
  if (auto* s = std::get_if<ast::StringLit>(&node)) {
    for (auto& part : s->parts)
      if (holds(part.hole)) return secret_way(part.hole, scope, way, d);
  } else if (auto* i = std::get_if<ast::IfExpr>(&node)) {
    return secret_way(holds(i->then) ? i->then : i->otherwise, scope, way, d);
  } else if (auto* b = std::get_if<ast::BinaryExpr>(&node)) {
    return secret_way(holds(b->left) ? b->left : b->right, scope, way, d);
  } else if (auto* c = std::get_if<ast::CallExpr>(&node)) {
    for (auto& arg : c->args)
      if (holds(arg.value)) {
        secret_way(arg.value, scope, way, d);
        way.push_back(fmt::format("`{}(…)`", p.sources->text(expr(c->callee).span)));
        return;
      }
  } else if (auto* n = std::get_if<ast::NameExpr>(&node)) {
    const auto m = p.meaning(e);
    auto through = [&](ast::ExprId value, const Span& declared) {
      secret_way(value, scope, way, d);
      d.label(declared, fmt::format("`{}` holds it", text(n->name)));
    };
    if (m.meaning == Meaning::Let) through(p.lets[m.a].value, p.lets[m.a].span);
    if (m.meaning == Meaning::Local && m.a < scope.locals.size() && scope.locals[m.a].value.valid())
      through(scope.locals[m.a].value, expr(scope.locals[m.a].value).span);
    if (m.meaning == Meaning::Component)
      if (auto at = p.component_index.find(n->name); at != p.component_index.end())
        d.label(p.components[at->second].span, "secret from here on");
  } else if (auto* m = std::get_if<ast::MemberExpr>(&node)) {
    auto owner = m->base.index < p.expr_types.size() ? t.of(p.expr_types[m->base.index]) : t.of(Type{});
    if (owner.structure.valid())
      if (auto* field = p.structs[owner.structure].find(m->member.name))
        d.label(field->span, fmt::format("declared as {}", name(field->type)));
  }
  way.push_back(fmt::format("`{}`", p.sources->text(span)));
}

void Checker::show_way(diag::Diagnostic& d, ast::ExprId e, const Scope& scope, std::string_view sink) {
  std::vector<std::string> way;
  secret_way(e, scope, way, d);
  std::string flow;
  for (auto& one : way) flow += one + " -> ";
  d.note("flow", flow + std::string(sink));
}

/// Whether a value tells which environment this is: its name, its label, itself.
bool Checker::asks_environment(ast::ExprId e, const Scope& scope) {
  if (!e.valid()) return false;
  if (e.index < p.expr_types.size() && t.kind(p.expr_types[e.index]) == TypeKind::Environment) return true;
  const auto& node = expr(e).node;
  if (auto* m = std::get_if<ast::MemberExpr>(&node)) {
    auto named = p.meaning(e);
    if (named.meaning != Meaning::Builtin) return false;
    auto what = static_cast<Builtin>(named.a);
    return (what == Builtin::Name || what == Builtin::Label) && t.kind(p.expr_types[m->base.index]) == TypeKind::Environment;
  }
  if (auto* s = std::get_if<ast::StringLit>(&node))
    return std::any_of(s->parts.begin(), s->parts.end(), [&](auto& part) { return asks_environment(part.hole, scope); });
  if (auto* c = std::get_if<ast::CallExpr>(&node))
    return p.meaning(e).meaning == Meaning::Native && std::any_of(c->args.begin(), c->args.end(), [&](auto& arg) {
             return arg.fors.empty() && asks_environment(arg.value, scope);
           });
  if (std::holds_alternative<ast::NameExpr>(node)) {
    auto m = p.meaning(e);
    if (m.meaning == Meaning::Let) return asks_environment(p.lets[m.a].value, scope);
    if (m.meaning == Meaning::Local && m.a < scope.locals.size()) return asks_environment(scope.locals[m.a].value, scope);
  }
  return false;
}

bool Checker::refuse_environment(ast::ExprId e, const Scope& scope) {
  if (scope.body == Body::Policy || !e.valid() || !asks_environment(e, scope)) return false;
  sink_.report(diag::EnvironmentCondition{}, expr(e).span)
      .here("decided on here")
      .help("write the value in the environments that need it, or ask for what differs: a field, a setting, `environment.data`")
      .help("printing the name in a text is fine");
  return true;
}

void Checker::explain_literal(StructId literal, StructId want, const Span& span) {
  const auto from = p.structs[literal].fields;
  complete(want);
  std::set<Symbol> given;
  for (auto& field : from) {
    auto* into = p.structs[want].find(field.name);
    if (!into) {
      unknown_field({field.name, field.span}, want);
      continue;
    }
    given.insert(field.name);
    if (!fits(field.type, into->type))
      sink_.report(diag::WrongType{}, field.span, name(field.type), name(into->type))
          .label(span, fmt::format("used as {} here", struct_title(want)));
  }
  missing_fields(want, given, span);
}

/// The defaults of a kind in the order in which they need each other: there must be one.
void Checker::check_default_cycles(StructId id) {
  std::set<Symbol> done;
  std::vector<Symbol> stack;
  auto visit = [&](auto& self, Symbol field) -> void {
    if (auto at = std::find(stack.begin(), stack.end(), field); at != stack.end()) {
      std::string cycle;
      for (auto one = at; one != stack.end(); ++one) cycle += text(*one) + " -> ";
      auto* first = p.structs[id].find(field);
      bool told = p.broken.contains(first->value.index);
      for (auto one = at; one != stack.end(); ++one) p.broken.insert(p.structs[id].find(*one)->value.index);
      if (told) return;
      auto& d = sink_.report(diag::CyclicDefaults{}, first->span, text(p.structs[id].name), cycle + text(field));
      for (auto one = at + 1; one != stack.end(); ++one) d.label(p.structs[id].find(*one)->span, "needs the next");
      d.help("give one of them a value that needs none of the others, or no default");
      return;
    }
    auto* f = p.structs[id].find(field);
    if (!f || !f->value.valid() || done.contains(field)) return;
    auto reads = default_reads_.find({f->owner.index, field});
    if (reads != default_reads_.end()) {
      stack.push_back(field);
      for (auto next : reads->second) self(self, next);
      stack.pop_back();
    }
    done.insert(field);
  };
  const auto count = p.structs[id].fields.size();
  for (std::size_t i = 0; i < count; ++i) visit(visit, p.structs[id].fields[i].name);
}

}  // namespace envc::sema
