// Values: literals, conditions, matches, lists, calls.
#include "syntax/builder.h"

namespace envc::syntax {

ast::ExprId Builder::value(NodeIndex i) {
  Children c(tree_, i);
  switch (node(i).kind) {
    case NodeKind::Condition: {
      ast::IfExpr result{expression(c.next()), {}, {}};
      result.then = value(c.next());
      result.otherwise = value(c.next());
      return add(span(i), result);
    }
    case NodeKind::Match: return match(i);
    case NodeKind::Block: return add(span(i), ast::BlockExpr{block(i)});
    default: return expression(i);
  }
}

ast::ExprId Builder::optional_value(Children& c) { return c.done() ? ast::ExprId() : value(c.next()); }

ast::ExprId Builder::primary(NodeIndex i) {
  auto at = span(i);
  switch (node(i).kind) {
    case NodeKind::Name: return add(at, ast::NameExpr{ident(i).name});
    case NodeKind::String: return add(at, string(i));
    case NodeKind::Date: return add(at, ast::DateLit{symbol(text(i))});
    case NodeKind::Time: return add(at, ast::TimeLit{symbol(text(i))});
    case NodeKind::Address: return add(at, ast::AddressLit{symbol(text(i))});
    case NodeKind::Number: return add(at, ast::NumberLit{symbol(text(i))});
    case NodeKind::Quantity: {
      auto all = text(i);
      auto split = all.find_first_not_of("-0123456789.");
      return add(at, ast::QuantityLit{symbol(all.substr(0, split)), symbol(all.substr(split))});
    }
    case NodeKind::True: return add(at, ast::BoolLit{true});
    case NodeKind::False: return add(at, ast::BoolLit{false});
    case NodeKind::None: return add(at, ast::NoneLit{});
    case NodeKind::List: return list(i);
    case NodeKind::Paren: return value(first_child(i));
    default: return add(at, ast::ErrorExpr{});
  }
}

ast::ExprId Builder::match(NodeIndex i) {
  Children c(tree_, i);
  ast::MatchExpr result{expression(c.next()), {}};
  while (!c.done()) {
    Children parts(tree_, c.next());
    ast::MatchArm arm{ident(parts.next()), {}, {}};
    if (parts.is(NodeKind::As)) arm.as = ident(first_child(parts.next()));
    arm.value = value(parts.next());
    result.arms.push_back(arm);
  }
  return add(span(i), std::move(result));
}

ast::ExprId Builder::list(NodeIndex i) {
  ast::ListExpr result;
  for (Children c(tree_, i); !c.done();) {
    Children parts(tree_, c.next());
    ast::ListItem item;
    item.spread = parts.take(NodeKind::SpreadMark);
    item.value = value(parts.next());
    item.fors = for_clauses(parts);
    item.guard = guard(parts);
    result.items.push_back(std::move(item));
  }
  return add(span(i), std::move(result));
}

std::vector<ast::Arg> Builder::args(NodeIndex i) {
  std::vector<ast::Arg> result;
  for (Children c(tree_, i); !c.done();) {
    Children parts(tree_, c.next());
    ast::Arg arg;
    if (parts.is(NodeKind::Label)) arg.name = ident(parts.next());
    arg.value = value(parts.next());
    arg.fors = for_clauses(parts);
    result.push_back(std::move(arg));
  }
  return result;
}

ast::ForClause Builder::for_clause(NodeIndex i) {
  Children c(tree_, i);
  ast::ForClause result{ident(c.next()), {}, {}, {}};
  if (c.is(NodeKind::Name)) result.second = ident(c.next());
  result.in = expression(c.next());
  if (!c.done()) result.where = expression(c.next());
  return result;
}

std::vector<ast::ForClause> Builder::for_clauses(Children& c) {
  std::vector<ast::ForClause> result;
  while (c.is(NodeKind::For)) result.push_back(for_clause(c.next()));
  return result;
}

ast::ExprId Builder::guard(Children& c) { return c.is(NodeKind::Guard) ? expression(first_child(c.next())) : ast::ExprId(); }

}  // namespace envc::syntax
