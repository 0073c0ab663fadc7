// Typing of operators, conditions, matches and lists.
#include <algorithm>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

using ast::BinaryOp;

bool Checker::decidable(Type type, ast::ExprId e, std::string_view use) {
  if (type.poison()) return false;
  auto span = expr(e).span;
  if (type.is(secret)) {
    auto& d = sink_.report(diag::SecretDecision{}, span, p.sources->text(span), use);
    d.help("what is secret may be passed on, held and spliced into a string, nothing else");
    Scope nowhere;
    show_way(d, e, nowhere, "a decision");
    return false;
  }
  if (type.is(late)) {
    sink_.report(diag::LateDecision{}, span, p.sources->text(span), use).help("what is late may be passed on, held and spliced into a string, nothing else");
    return false;
  }
  return true;
}

Type Checker::condition(ast::ExprId e, Scope& scope, std::string_view use) {
  auto type = check(e, t.boolean, scope);
  if (!decidable(type, e, use)) return {};
  if (t.kind(type) != TypeKind::Bool || type.is(maybe)) {
    auto span = expr(e).span;
    auto& d = sink_.report(diag::WrongType{}, span, name(type), "Bool");
    if (type.is(maybe)) d.fix("ask whether it is there", Span{span.file, span.end, span.end}, " is not none");
    return {};
  }
  return type;
}

Type Checker::check_binary(ast::ExprId e, const ast::BinaryExpr& b, Type want, Scope& scope) {
  if (b.op != BinaryOp::Coalesce && is_limit(want)) return check_limit(e, b, want, scope);
  auto bad = [&](Type l, Type r) {
    if (!l.poison() && !r.poison()) sink_.report(diag::NoArithmetic{}, b.op_span, p.sources->text(b.op_span), name(l), name(r));
    return Type{};
  };
  switch (b.op) {
    case BinaryOp::And:
    case BinaryOp::Or: {
      auto left = condition(b.left, scope, "a condition");
      auto facts = scope.facts.size();
      assume(b.left, b.op == BinaryOp::And, scope);
      auto right = condition(b.right, scope, "a condition");
      scope.facts.resize(facts);
      return left.poison() || right.poison() ? Type{} : t.boolean;
    }
    case BinaryOp::Add:
    case BinaryOp::Subtract:
    case BinaryOp::Multiply:
    case BinaryOp::Divide: {
      auto left = check(b.left, {}, scope), right = check(b.right, {}, scope);
      if (!decidable(left, b.left, "computed with") || !decidable(right, b.right, "computed with")) return {};
      for (auto [type, side] : {std::pair(left, b.left), std::pair(right, b.right)})
        if (type.is(maybe)) {
          sink_.report(diag::MaybeAbsent{}, expr(side).span, p.sources->text(expr(side).span)).help("give it a value for that case with `?? …`");
          return {};
        }
      const auto l = t.of(left), r = t.of(right);
      bool additive = b.op == BinaryOp::Add || b.op == BinaryOp::Subtract;
      if (l.kind == TypeKind::Int && r.kind == TypeKind::Int) return t.integer;
      if (l.kind == TypeKind::Quantity && r.kind == TypeKind::Quantity && l.dimension == r.dimension && additive) return t.plain(left);
      if (l.kind == TypeKind::Quantity && r.kind == TypeKind::Int && !additive) return t.plain(left);
      if (l.kind == TypeKind::Int && r.kind == TypeKind::Quantity && b.op == BinaryOp::Multiply) return t.plain(right);
      if (l.kind == TypeKind::Quantity && r.kind == TypeKind::Quantity && l.dimension == Dimension::Rate && r.dimension == Dimension::Duration && b.op == BinaryOp::Multiply)
        return t.integer;  // how many in so long
      if (b.op == BinaryOp::Add && (l.kind == TypeKind::String || r.kind == TypeKind::String)) {
        sink_.report(diag::NoArithmetic{}, b.op_span, "+", name(left), name(right)).help("texts are joined by holes: \"{a}{b}\"");
        return {};
      }
      return bad(left, right);
    }
    case BinaryOp::Coalesce: {
      auto left = check(b.left, want, scope), right = check(b.right, want, scope);
      if (left.poison() || right.poison()) return {};
      auto joined = join_types(left.without(maybe), right);
      if (joined.poison()) sink_.report(diag::WrongType{}, expr(b.right).span, name(right), name(left.without(maybe)));
      return joined;
    }
    case BinaryOp::RangeTo: {
      auto element = t.kind(want) == TypeKind::Range ? t.of(want).first : want;
      auto left = check(b.left, element, scope), right = check(b.right, element, scope);
      if (left.poison() || right.poison()) return {};
      auto joined = join_types(t.plain(left), t.plain(right));
      auto kind = t.kind(joined);
      if (joined.poison() || !(kind == TypeKind::Int || kind == TypeKind::Quantity || kind == TypeKind::Time || kind == TypeKind::Date)) return bad(left, right);
      return t.range(joined.without(late | secret | maybe)).with(joined.flags);
    }
    case BinaryOp::Over:
      sink_.report(diag::LimitOutside{}, b.op_span, want.poison() ? std::string("a value") : name(want));
      return {};
    default: return check_compare(b, expr(e).span, scope);
  }
}

Type Checker::check_compare(const ast::BinaryExpr& b, const Span& span, Scope& scope) {
  (void)span;
  auto left = check(b.left, {}, scope);
  if (!left.poison() && refuse_environment(b.left, scope)) {
    check(b.right, left, scope);
    return {};
  }
  if (b.op == BinaryOp::In) {
    auto right = check(b.right, {}, scope);
    if (!right.poison() && refuse_environment(b.right, scope)) return {};
    if (!decidable(left, b.left, "compared") || !decidable(right, b.right, "compared")) return {};
    if (right.is(maybe)) {
      sink_.report(diag::MaybeAbsent{}, expr(b.right).span, p.sources->text(expr(b.right).span)).help("give it a value for that case with `?? []`");
      return {};
    }
    auto kind = t.kind(right);
    auto element = kind == TypeKind::List || kind == TypeKind::Range ? t.of(right).first : kind == TypeKind::Map ? t.of(right).first : Type{};
    if (kind != TypeKind::List && kind != TypeKind::Range && kind != TypeKind::Map) {
      sink_.report(diag::NotIterable{}, expr(b.right).span, name(right));
      return {};
    }
    if (!element.poison() && join_types(left.without(maybe), element).poison()) {
      sink_.report(diag::NotComparable{}, b.op_span, name(left), name(element));
      return {};
    }
    return t.boolean;
  }
  auto right = check(b.right, left, scope);
  if (left.poison() && !right.poison()) return {};
  if (left.poison() || right.poison()) return {};
  if (refuse_environment(b.right, scope)) return {};
  if (t.kind(left) != t.kind(right)) left = used_as_value(left), right = used_as_value(right);
  if (!decidable(left, b.left, "compared") || !decidable(right, b.right, "compared")) return {};
  if (b.op == BinaryOp::Matches || b.op == BinaryOp::StartsWith) {
    for (auto [type, side] : {std::pair(left, b.left), std::pair(right, b.right)})
      if (!fits(type, t.string)) {
        sink_.report(diag::WrongType{}, expr(side).span, name(type), "String");
        return {};
      }
    return t.boolean;
  }
  if (b.op == BinaryOp::Contains) {
    auto kind = t.kind(left);
    if (kind == TypeKind::List || fits(left, t.string) || kind == TypeKind::Map) return t.boolean;
    sink_.report(diag::NotIterable{}, expr(b.left).span, name(left));
    return {};
  }
  auto joined = join_types(left, right);
  bool ordered = b.op != BinaryOp::Equal && b.op != BinaryOp::NotEqual;
  auto kind = t.kind(joined);
  bool can_order = kind == TypeKind::Int || kind == TypeKind::Quantity || kind == TypeKind::Decimal || kind == TypeKind::Date || kind == TypeKind::Time;
  if (ordered && (left.is(maybe) || right.is(maybe))) {
    auto side = left.is(maybe) ? b.left : b.right;
    sink_.report(diag::MaybeAbsent{}, expr(side).span, p.sources->text(expr(side).span)).help("give it a value for that case with `?? …`");
    return {};
  }
  if (joined.poison() || (ordered && !can_order)) {
    auto& d = sink_.report(diag::NotComparable{}, b.op_span, name(left), name(right));
    if (ordered && kind == TypeKind::String) d.help("text has no order here: versions are compared with `version_at_least(a, b)`");
    return {};
  }
  return t.boolean;
}

Type Checker::check_is(const ast::IsExpr& x, const Span& span, Scope& scope) {
  auto type = check(x.operand, {}, scope);
  if (type.poison()) return {};
  if (!x.path) return t.boolean;
  if (x.path->parts.empty()) return {};
  auto last = x.path->parts.back();
  auto kind = t.kind(type);
  if (kind == TypeKind::Union) {
    const auto& united = p.unions[t.of(type).united];
    if (united.find(last.name)) return t.boolean;
    std::vector<std::string> known;
    for (auto& one : united.cases) known.push_back(text(one.name));
    auto& d = sink_.report(diag::UnknownCase{}, last.span, text(last.name), name(type));
    if (auto near = diag::nearest(text(last.name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), last.span, near);
    return {};
  }
  if (kind == TypeKind::Enum || kind == TypeKind::Literals) {
    if (kind == TypeKind::Enum) {
      auto& cases = p.enums[t.of(type).enumeration].cases;
      if (std::find(cases.begin(), cases.end(), last.name) != cases.end()) return t.boolean;
    }
    sink_.report(diag::UnknownCase{}, last.span, text(last.name), name(type));
    return {};
  }
  if (kind == TypeKind::Component) {
    if (text(last.name) == "placed") return t.boolean;
    auto* found = lookup(Names::Types, last.name, last.span);
    if (found && found->kind == DeclaredKind::Struct) {
      complete(StructId(found->index));
      return t.boolean;
    }
    auto& d = sink_.report(diag::UnknownKind{}, last.span, text(last.name));
    if (auto near = diag::nearest(text(last.name), known_names(true)); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), last.span, near);
    return {};
  }
  sink_.report(diag::WrongType{}, span, name(type), "a union, a component or something that may be absent");
  return {};
}

Type Checker::check_if(const ast::IfExpr& x, Type want, Scope& scope) {
  condition(x.condition, scope, "a condition");
  auto facts = scope.facts.size();
  assume(x.condition, true, scope);
  auto a = check(x.then, want, scope);
  scope.facts.resize(facts);
  assume(x.condition, false, scope);
  auto b = check(x.otherwise, want, scope);
  scope.facts.resize(facts);
  if (a.poison() || b.poison()) return {};
  if (!want.poison() && fits(a, want.with(late | secret | maybe)) && fits(b, want.with(late | secret | maybe)))
    return want.without(late | secret | maybe).with(static_cast<std::uint8_t>(a.flags | b.flags));
  auto joined = join_types(a, b);
  if (joined.poison()) sink_.report(diag::WrongType{}, expr(x.otherwise).span, name(b), name(a)).label(expr(x.then).span, "the other branch");
  return joined;
}

Type Checker::check_match(const ast::MatchExpr& x, const Span& span, Type want, Scope& scope) {
  auto subject = check(x.subject, {}, scope);
  if (!subject.poison() && refuse_environment(x.subject, scope)) return {};
  if (subject.is(secret) && t.kind(subject) != TypeKind::Union) decidable(subject, x.subject, "matched");
  if (subject.poison()) return {};
  if (subject.is(maybe)) {
    sink_.report(diag::MaybeAbsent{}, expr(x.subject).span, p.sources->text(expr(x.subject).span)).help("match it under `if … is not none`");
    return {};
  }
  std::vector<std::pair<Symbol, StructId>> cases;
  const auto data = t.of(subject);
  if (data.kind == TypeKind::Union)
    for (auto& one : p.unions[data.united].cases) cases.emplace_back(one.name, one.payload);
  else if (data.kind == TypeKind::Enum)
    for (auto one : p.enums[data.enumeration].cases) cases.emplace_back(one, StructId{});
  else if (data.kind == TypeKind::Literals)
    for (auto one : data.texts) cases.emplace_back(one, StructId{});
  else {
    sink_.report(diag::WrongType{}, expr(x.subject).span, name(subject), "a union or an enum");
    return {};
  }
  std::set<Symbol> seen;
  Type result;
  bool poison = false, other = false;
  auto path = path_of(x.subject, scope);
  for (auto& arm : x.arms) {
    auto at = std::find_if(cases.begin(), cases.end(), [&](auto& one) { return one.first == arm.label.name; });
    bool rest = text(arm.label.name) == "_";
    other |= rest;
    if (at == cases.end() && !rest) {
      std::vector<std::string> known;
      for (auto& one : cases) known.push_back(text(one.first));
      auto& d = sink_.report(diag::UnknownCase{}, arm.label.span, text(arm.label.name), name(subject));
      if (auto near = diag::nearest(text(arm.label.name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), arm.label.span, near);
      poison = true;
      continue;
    }
    if (!seen.insert(arm.label.name).second) sink_.report(diag::FieldTwice{}, arm.label.span, text(arm.label.name));
    auto locals = scope.locals.size();
    auto facts = scope.facts.size();
    StructId payload = rest ? StructId{} : at->second;
    if (arm.as) {
      if (!payload.valid()) sink_.report(diag::NotARecord{}, arm.as->span, fmt::format("the case `{}` without fields", text(arm.label.name)));
      scope.locals.push_back({arm.as->name, payload.valid() ? t.record(payload) : Type{}});
    }
    if (payload.valid() && !path.empty()) scope.facts.push_back({path, t.record(payload)});
    auto type = check(arm.value, want, scope);
    scope.facts.resize(facts);
    scope.locals.resize(locals);
    if (type.poison()) {
      poison = true;
      continue;
    }
    if (result.poison()) {
      result = type;
      continue;
    }
    auto wide = want.with(late | secret | maybe);
    if (!want.poison() && fits(result, wide) && fits(type, wide)) {
      result = want.without(late | secret | maybe).with(static_cast<std::uint8_t>(result.flags | type.flags));
      continue;
    }
    auto joined = join_types(result, type);
    if (joined.poison()) {
      sink_.report(diag::WrongType{}, expr(arm.value).span, name(type), name(result));
      poison = true;
    } else {
      result = joined;
    }
  }
  std::string missing;
  if (!other)
    for (auto& one : cases)
      if (!seen.contains(one.first)) missing += (missing.empty() ? "`" : ", `") + text(one.first) + "`";
  if (!missing.empty() && !poison) {
    sink_.report(diag::MissingArms{}, span, missing).help("add an arm for each, or `_ => …` for all others");
    return {};
  }
  if (poison) return {};
  return result.with(static_cast<std::uint8_t>(subject.flags & (late | secret)));
}

void Checker::check_for(const ast::ForClause& f, Scope& scope) {
  auto list = check(f.in, {}, scope);
  Type first, second;
  if (!list.poison()) {
    if (list.is(maybe)) {
      sink_.report(diag::MaybeAbsent{}, expr(f.in).span, p.sources->text(expr(f.in).span)).help("give it a value for that case with `?? []`");
      list = list.without(maybe);
    }
    if (list.is(late | secret)) decidable(list, f.in, "iterated");
    const auto d = t.of(list);
    if (d.kind == TypeKind::List) {
      first = d.first;
      if (f.second) {
        second = d.first;
        first = t.integer;
      }
    } else if (d.kind == TypeKind::Map) {
      first = f.second ? d.first : d.second;
      second = d.second;
    } else {
      sink_.report(diag::NotIterable{}, expr(f.in).span, name(list));
    }
  }
  scope.locals.push_back({f.first.name, first});
  if (f.second) scope.locals.push_back({f.second->name, second});
  if (f.where.valid()) {
    condition(f.where, scope, "a condition");
    assume(f.where, true, scope);
  }
}

Type Checker::check_list(const ast::ListExpr& x, Type want, Scope& scope) {
  auto wanted = t.kind(want) == TypeKind::List ? t.of(want).first : Type{};
  Type element;
  bool poison = false;
  for (auto& item : x.items) {
    auto locals = scope.locals.size();
    auto facts = scope.facts.size();
    for (auto& f : item.fors) check_for(f, scope);
    if (item.guard.valid()) {
      condition(item.guard, scope, "a guard");
      assume(item.guard, true, scope);
    }
    Type type;
    if (item.spread) {
      auto list = check(item.value, want, scope);
      if (!list.poison() && t.kind(list) != TypeKind::List) {
        sink_.report(diag::NotIterable{}, expr(item.value).span, name(list));
        poison = true;
      } else if (!list.poison()) {
        type = t.of(list).first;
        if (list.is(maybe)) {
          sink_.report(diag::MaybeAbsent{}, expr(item.value).span, p.sources->text(expr(item.value).span)).help("give it a value for that case with `?? []`");
          poison = true;
        }
        if (!wanted.poison() && !fits(type, wanted)) {
          sink_.report(diag::WrongType{}, expr(item.value).span, name(list), name(want));
          poison = true;
        }
      }
    } else {
      type = wanted.poison() ? check(item.value, {}, scope) : expect(item.value, wanted, scope);
    }
    scope.facts.resize(facts);
    scope.locals.resize(locals);
    if (type.poison()) {
      poison = true;
      continue;
    }
    if (!wanted.poison()) continue;
    if (element.poison()) {
      element = type;
      continue;
    }
    auto joined = join_types(element, type);
    if (joined.poison()) {
      sink_.report(diag::WrongType{}, expr(item.value).span, name(type), name(element));
      poison = true;
    } else {
      element = joined;
    }
  }
  if (!wanted.poison()) return want.without(late | secret | maybe);
  if (poison) return {};
  return t.list(element);
}

}  // namespace envc::sema
