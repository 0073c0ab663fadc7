// Operators: comparisons, arithmetic that is exact or an error, ranges and limits.
#include <algorithm>

#include "model/evaluator.h"

namespace envc::model {

using namespace eval;
using namespace sema;
using ast::BinaryOp;

Value Evaluator::eval_binary(ast::ExprId e, const ast::BinaryExpr& b, Context& c) {
  auto span = node(e).span;
  auto boolean = [&](bool x) {
    auto v = Maker::boolean(x);
    v.origin = e.index;
    return v;
  };
  if (p.meaning(e).meaning == Meaning::Limit) return eval_limit(e, b, c);
  if (b.op == BinaryOp::And || b.op == BinaryOp::Or) {
    auto left = eval(b.left, c);
    if (left.tag != Tag::Bool) return {};
    if (left.boolean == (b.op == BinaryOp::Or)) return boolean(left.boolean);
    auto right = eval(b.right, c);
    return right.tag == Tag::Bool ? boolean(right.boolean) : Value{};
  }
  auto left = eval(b.left, c);
  if (b.op == BinaryOp::Coalesce) return left.none() ? eval(b.right, c) : left;
  auto right = eval(b.right, c);
  if (left.poison() || right.poison()) return {};
  if (left.tag == Tag::Late || right.tag == Tag::Late) return {};  // of an emitted object: decides nothing
  auto ordered = [&](auto compare) {
    if (left.tag == Tag::Text && right.tag == Tag::Text) return boolean(compare(left.text->compare(*right.text), 0));
    if (left.tag == Tag::Decimal || right.tag == Tag::Decimal) {
      auto number = [&](const Value& v) { return std::strtod(show(p, v).c_str(), nullptr); };
      auto x = number(left), y = number(right);
      return boolean(compare(x < y ? -1 : x > y ? 1 : 0, 0));
    }
    return boolean(compare(left.number < right.number ? -1 : left.number > right.number ? 1 : 0, 0));
  };
  auto arithmetic = [&](std::int64_t result, bool overflow) {
    if (overflow) {
      if (left.tag == Tag::Quantity || right.tag == Tag::Quantity)
        sink.report(diag::QuantityOverflow{}, span, p.sources->text(span), dimension_name(left.tag == Tag::Quantity ? left.dimension : right.dimension)).in(environment_name);
      else
        sink.report(diag::IntegerOverflow{}, span, p.sources->text(span)).in(environment_name);
      return Value{};
    }
    Value v = left.tag == Tag::Quantity ? Maker::quantity(left.dimension, result) : right.tag == Tag::Quantity ? Maker::quantity(right.dimension, result) : Maker::integer(result);
    v.origin = e.index;
    return v;
  };
  std::int64_t result = 0;
  switch (b.op) {
    case BinaryOp::Add: {
      bool over = __builtin_add_overflow(left.number, right.number, &result);
      return arithmetic(result, over);
    }
    case BinaryOp::Subtract: {
      bool over = __builtin_sub_overflow(left.number, right.number, &result);
      return arithmetic(result, over);
    }
    case BinaryOp::Multiply: {
      if (left.tag == Tag::Quantity && right.tag == Tag::Quantity) {  // a rate, kept as a count a day, for so long
        constexpr std::int64_t day = 86'400'000;
        __extension__ typedef __int128 Wide;
        const auto product = static_cast<Wide>(left.number) * right.number;
        if (product % day != 0) {
          sink.report(diag::NotWhole{}, span, fmt::format("{} in {}", show(p, left), show(p, right)), "events").in(environment_name);
          return {};
        }
        if (product / day > INT64_MAX) {
          sink.report(diag::IntegerOverflow{}, span, p.sources->text(span)).in(environment_name);
          return {};
        }
        auto v = Maker::integer(static_cast<std::int64_t>(product / day));
        v.origin = e.index;
        return v;
      }
      bool over = __builtin_mul_overflow(left.number, right.number, &result);
      return arithmetic(result, over);
    }
    case BinaryOp::Divide:
      if (right.number == 0) {
        sink.report(diag::DivisionByZero{}, span).in(environment_name);
        return {};
      }
      if (left.number == INT64_MIN && right.number == -1) return arithmetic(0, true);
      if (left.number % right.number != 0) {
        sink.report(diag::DoesNotDivide{}, span, show(p, left), show(p, right)).in(environment_name);
        return {};
      }
      return arithmetic(left.number / right.number, false);
    case BinaryOp::RangeTo: {
      bool backwards = left.tag == Tag::Text ? false : left.number > right.number;
      auto v = make.range(left, right);
      v.origin = e.index;
      if (backwards) {
        sink.report(diag::EmptyRange{}, span, show(p, v)).in(environment_name);
        return {};
      }
      return v;
    }
    case BinaryOp::Equal: return boolean(equal(p, left, right));
    case BinaryOp::NotEqual: return boolean(!equal(p, left, right));
    case BinaryOp::Less: return ordered([](auto x, auto y) { return x < y; });
    case BinaryOp::LessEqual: return ordered([](auto x, auto y) { return x <= y; });
    case BinaryOp::Greater: return ordered([](auto x, auto y) { return x > y; });
    case BinaryOp::GreaterEqual: return ordered([](auto x, auto y) { return x >= y; });
    case BinaryOp::In: {
      if (right.tag == Tag::List) return boolean(std::any_of(right.list->items.begin(), right.list->items.end(), [&](const Value& v) { return equal(p, v, left); }));
      if (right.tag == Tag::Map) return boolean(std::any_of(right.map->entries.begin(), right.map->entries.end(), [&](const Entry& v) { return equal(p, v.key, left); }));
      if (right.tag == Tag::Range) return boolean(left.number >= right.range->min.number && left.number <= right.range->max.number);
      return {};
    }
    case BinaryOp::Contains: {
      if (left.tag == Tag::List) return boolean(std::any_of(left.list->items.begin(), left.list->items.end(), [&](const Value& v) { return equal(p, v, right); }));
      if (left.tag == Tag::Map) return boolean(std::any_of(left.map->entries.begin(), left.map->entries.end(), [&](const Entry& v) { return equal(p, v.key, right); }));
      return boolean(show(p, left).find(show(p, right)) != std::string::npos);
    }
    case BinaryOp::StartsWith: return boolean(show(p, left).starts_with(show(p, right)));
    case BinaryOp::Matches: {
      if (left.tag != Tag::Text || right.tag != Tag::Text) return {};
      auto matched = matches(*left.text, *right.text);
      if (matched) return boolean(*matched);
      sink.report(diag::BadPattern{}, node(b.right).span, *right.text);
      return {};
    }
    case BinaryOp::And:
    case BinaryOp::Or:
    case BinaryOp::Over:
    case BinaryOp::Coalesce: break;
  }
  return {};
}

}  // namespace envc::model
