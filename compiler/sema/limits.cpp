// A comparison as a value: `it > 5% over 5m`, where the library's record `Limit`
// is expected. Owns which comparisons are limits; what a limit is worth to whom is the library's.
#include "sema/check.h"

namespace envc::sema {

using ast::BinaryOp;

bool Checker::is_limit(Type type) const {
  const auto& d = t.of(type);
  if (d.kind != TypeKind::Record || !d.structure.valid()) return false;
  const auto& s = p.structs[d.structure];
  return p.text(s.name) == "Limit" && !p.sources->is_user(s.span);
}

/// `it OPERATOR threshold`, with or without `over window`.
Type Checker::check_limit(ast::ExprId e, const ast::BinaryExpr& b, Type want, Scope& scope) {
  auto limit = complete(t.of(want).structure);
  auto field = [&](std::string_view name) {
    auto* found = p.structs[limit].find(p.names->find(name));
    return found ? found->type : Type{};
  };
  auto comparison = b.op == BinaryOp::Over ? std::get_if<ast::BinaryExpr>(&expr(b.left).node) : &b;
  auto compares = [](BinaryOp op) {
    return op == BinaryOp::Less || op == BinaryOp::LessEqual || op == BinaryOp::Greater || op == BinaryOp::GreaterEqual || op == BinaryOp::Equal ||
           op == BinaryOp::NotEqual;
  };
  auto is_it = [&](ast::ExprId side) {
    auto* n = std::get_if<ast::NameExpr>(&expr(side).node);
    return n && p.text(n->name) == "it";
  };
  if (!comparison || !compares(comparison->op)) {
    auto span = expr(e).span;
    sink_.report(diag::LimitForm{}, span, p.sources->text(span));
    return {};
  }
  if (!is_it(comparison->left)) {
    auto span = expr(comparison->left).span;
    auto& d = sink_.report(diag::LimitForm{}, span, p.sources->text(span));
    if (is_it(comparison->right)) {
      std::string_view mirrored = comparison->op == BinaryOp::Less           ? ">"
                                  : comparison->op == BinaryOp::LessEqual    ? ">="
                                  : comparison->op == BinaryOp::Greater      ? "<"
                                  : comparison->op == BinaryOp::GreaterEqual ? "<="
                                                                             : p.sources->text(comparison->op_span);
      auto whole = span;
      whole.end = expr(comparison->right).span.end;
      auto turned = fmt::format("it {} {}", mirrored, p.sources->text(span));
      d.fix(fmt::format("`it` comes first: `{}`", turned), whole, turned);
    }
    return {};
  }
  auto threshold = expect(comparison->right, field("threshold"), scope, "the threshold of a limit");
  auto window = b.op == BinaryOp::Over ? expect(b.right, field("window").without(maybe), scope, "the window of a limit") : t.nothing;
  if (threshold.poison() || window.poison()) return {};
  mean(e, Meaning::Limit);
  return t.record(limit);
}

}  // namespace envc::sema
