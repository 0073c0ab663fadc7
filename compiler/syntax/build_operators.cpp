// Expr nodes hold a flat sequence of operands, postfixes and operators; here
// precedence makes a tree of it. The grammar has already refused what does not
// associate (`1 < x < 5`), so climbing is all that is left to do.
#include "syntax/builder.h"

namespace envc::syntax {
namespace {

using ast::BinaryOp;

struct OperatorRule {
  std::string_view text;
  BinaryOp op;
  int level;
};

constexpr int not_level = 3;
constexpr int compare_level = 4;
constexpr OperatorRule operator_rules[] = {
    {"or", BinaryOp::Or, 1},
    {"and", BinaryOp::And, 2},
    {"==", BinaryOp::Equal, compare_level},
    {"!=", BinaryOp::NotEqual, compare_level},
    {"<=", BinaryOp::LessEqual, compare_level},
    {">=", BinaryOp::GreaterEqual, compare_level},
    {"<", BinaryOp::Less, compare_level},
    {">", BinaryOp::Greater, compare_level},
    {"in", BinaryOp::In, compare_level},
    {"matches", BinaryOp::Matches, compare_level},
    {"contains", BinaryOp::Contains, compare_level},
    {"starts_with", BinaryOp::StartsWith, compare_level},
    {"over", BinaryOp::Over, compare_level},
    {"??", BinaryOp::Coalesce, 5},
    {"..", BinaryOp::RangeTo, 6},
    {"+", BinaryOp::Add, 7},
    {"-", BinaryOp::Subtract, 7},
    {"*", BinaryOp::Multiply, 8},
    {"/", BinaryOp::Divide, 8},
};

const OperatorRule& rule_of(std::string_view text) {
  for (const auto& rule : operator_rules)
    if (rule.text == text) return rule;
  return operator_rules[0];
}

}  // namespace

ast::ExprId Builder::expression(NodeIndex i) {
  Children c(tree_, i);
  auto result = operators(c, 0);
  if (!c.is(NodeKind::Block)) return result;
  return add(span(i), ast::ConstructExpr{result, block(c.next())});
}

ast::ExprId Builder::operators(Children& c, int level) {
  const auto begin = node(c.peek()).begin;
  ast::ExprId left;
  if (c.take(NodeKind::Not)) {
    auto operand = operators(c, not_level);
    left = add(span(begin, c.last_end()), ast::NotExpr{operand});
  } else {
    left = postfix(c);
  }
  while (!c.done()) {
    if (c.is(NodeKind::Is)) {
      if (compare_level < level) break;
      left = is_test(c, left, begin);
      continue;
    }
    if (!c.is(NodeKind::Operator)) break;
    const auto& rule = rule_of(text(c.peek()));
    if (rule.level < level) break;
    auto op_span = span(c.next());
    auto right = operators(c, rule.level + 1);
    left = add(span(begin, c.last_end()), ast::BinaryExpr{rule.op, left, right, op_span});
  }
  return left;
}

ast::ExprId Builder::is_test(Children& c, ast::ExprId operand, std::uint32_t begin) {
  Children parts(tree_, c.next());
  ast::IsExpr result{operand, false, {}};
  result.negated = parts.take(NodeKind::Not);
  if (parts.is(NodeKind::Path)) result.path = path(parts.next());
  return add(span(begin, c.last_end()), std::move(result));
}

ast::ExprId Builder::postfix(Children& c) {
  const auto begin = node(c.peek()).begin;
  auto result = primary(c.next());
  for (;;) {
    if (c.is(NodeKind::Member)) {
      Children parts(tree_, c.next());
      bool optional = parts.take(NodeKind::Optional);
      result = add(span(begin, c.last_end()), ast::MemberExpr{result, ident(parts.next()), optional});
    } else if (c.is(NodeKind::Index)) {
      auto index = value(first_child(c.next()));
      result = add(span(begin, c.last_end()), ast::IndexExpr{result, index});
    } else if (c.is(NodeKind::Args)) {
      auto given = args(c.next());
      result = add(span(begin, c.last_end()), ast::CallExpr{result, std::move(given)});
    } else {
      return result;
    }
  }
}

}  // namespace envc::syntax
