// Typing of calls: cases with fields, functions of the language, natives.
#include <algorithm>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

const std::vector<std::string_view>& native_names() {
  static const std::vector<std::string_view> names{"empty", "length", "keys", "values", "join", "sort", "unique", "min", "max", "source",
                                                   "alias", "json", "todo", "all", "any", "cidr_subnet", "cidr_prefix", "cidr_overlap", "sequence", "upper", "lower", "replace",
                                                   "contains_word", "names", "flatten", "base64", "version_at_least", "split", "shorten", "known",
                                                   "shown", "file", "sh", "camel_case", "decimal"};
  return names;
}

void Checker::check_payload_args(const ast::CallExpr& c, StructId payload, const Span& span, Scope& scope, Symbol case_name) {
  if (!payload.valid()) {
    if (!c.args.empty()) sink_.report(diag::WrongArguments{}, span, fmt::format("`{}` takes no arguments", p.text(case_name)));
    return;
  }
  complete(payload);
  std::set<Symbol> given;
  std::size_t position = 0;
  const auto& s = p.structs[payload];
  for (auto& arg : c.args) {
    const Field* field = nullptr;
    if (arg.name) {
      field = s.find(arg.name->name);
      if (!field) {
        unknown_field(*arg.name, payload);
        check(arg.value, {}, scope);
        continue;
      }
    } else {
      if (position >= s.fields.size()) {
        sink_.report(diag::WrongArguments{}, expr(arg.value).span, fmt::format("`{}` takes {} argument{}", p.text(case_name), s.fields.size(), s.fields.size() == 1 ? "" : "s"));
        continue;
      }
      field = &s.fields[position++];
    }
    if (!given.insert(field->name).second) sink_.report(diag::FieldTwice{}, expr(arg.value).span, text(field->name));
    expect(arg.value, field->type, scope, fmt::format("`{}` of `{}`", text(field->name), p.text(case_name)));
  }
  missing_fields(payload, given, span);
}

Type Checker::check_call(ast::ExprId e, const ast::CallExpr& c, Type want, Scope& scope) {
  auto span = expr(e).span;
  auto* callee = std::get_if<ast::NameExpr>(&expr(c.callee).node);
  if (!callee) {
    auto type = check(c.callee, {}, scope);
    if (!type.poison()) sink_.report(diag::NotCallable{}, expr(c.callee).span, name(type));
    return {};
  }
  auto element = t.kind(want) == TypeKind::List ? t.of(want).first : want;
  if (t.kind(element) == TypeKind::Union) {
    auto& united = p.unions[t.of(element).united];
    if (auto found = united.find(callee->name)) {
      mean(e, Meaning::UnionCase, *found);
      check_payload_args(c, united.cases[*found].payload, span, scope, callee->name);
      return element.without(late | secret | maybe);
    }
  }
  auto word = p.text(callee->name);
  auto* found = lookup(Names::Functions, callee->name, span);
  if (found && found->kind == DeclaredKind::Function) {
    auto index = found->index;
    mean(e, Meaning::Function, index);
    if (scope.function != 0xffffffffu) p.functions[scope.function].calls.insert(index);
    if (scope.realization != 0xffffffffu) p.realizations[scope.realization].calls.insert(index);
    if (!p.functions[index].checked) check_function(index);
    auto params = p.functions[index].params;
    auto types = p.functions[index].types;
    std::vector<bool> given(params.size(), false);
    std::size_t position = 0;
    for (auto& arg : c.args) {
      std::size_t at = params.size();
      if (arg.name) {
        for (std::size_t i = 0; i < params.size(); ++i)
          if (params[i].name.name == arg.name->name) at = i;
        if (at == params.size()) {
          std::vector<std::string> known;
          for (auto& one : params) known.push_back(text(one.name.name));
          auto& d = sink_.report(diag::WrongArguments{}, arg.name->span, fmt::format("`{}` has no parameter `{}`", word, p.text(arg.name->name)));
          if (auto near = diag::nearest(p.text(arg.name->name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), arg.name->span, near);
          check(arg.value, {}, scope);
          continue;
        }
      } else {
        while (position < params.size() && given[position]) ++position;
        at = position;
        if (at >= params.size()) {
          sink_.report(diag::WrongArguments{}, expr(arg.value).span, fmt::format("`{}` takes {} argument{}", word, params.size(), params.size() == 1 ? "" : "s"))
              .label(p.functions[index].span, "declared here");
          check(arg.value, {}, scope);
          continue;
        }
      }
      if (given[at]) sink_.report(diag::FieldTwice{}, expr(arg.value).span, text(params[at].name.name));
      given[at] = true;
      auto locals = scope.locals.size();
      auto facts = scope.facts.size();
      for (auto& f : arg.fors) check_for(f, scope);
      expect(arg.value, types[at], scope, fmt::format("the parameter `{}` of `{}`", text(params[at].name.name), word));
      scope.facts.resize(facts);
      scope.locals.resize(locals);
    }
    std::string missing;
    for (std::size_t i = 0; i < params.size(); ++i)
      if (!given[i] && !params[i].value.valid() && !types[i].is(maybe)) missing += (missing.empty() ? "`" : ", `") + text(params[i].name.name) + "`";
    if (!missing.empty())
      sink_.report(diag::WrongArguments{}, span, fmt::format("`{}` needs {}", word, missing)).label(p.functions[index].span, "declared here");
    return p.functions[index].result;
  }
  auto& natives = native_names();
  if (auto at = std::find(natives.begin(), natives.end(), word); at != natives.end()) {
    mean(e, Meaning::Native, static_cast<std::uint32_t>(at - natives.begin()));
    return check_native(e, word, c, want, scope);
  }
  for (auto& arg : c.args) {
    auto locals = scope.locals.size();
    for (auto& f : arg.fors) check_for(f, scope);
    check(arg.value, {}, scope);
    scope.locals.resize(locals);
  }
  if (t.kind(element) == TypeKind::Union) {
    std::vector<std::string> known;
    std::string list;
    for (auto& one : p.unions[t.of(element).united].cases) {
      known.push_back(text(one.name));
      list += (list.empty() ? "" : ", ") + text(one.name);
    }
    auto& d = sink_.report(diag::UnknownCase{}, expr(c.callee).span, word, name(element));
    if (auto near = diag::nearest(word, known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), expr(c.callee).span, near);
    d.help(fmt::format("the cases are {}", list));
    return {};
  }
  std::vector<std::string> known;
  for (auto one : natives) known.emplace_back(one);
  for (auto& [symbol, declared] : table(Names::Functions).user) known.push_back(text(symbol));
  for (auto& entry : library_.entries)
    if (entry.what == "fn") known.emplace_back(entry.name);
  std::sort(known.begin(), known.end());
  auto& d = sink_.report(diag::UnknownFunction{}, expr(c.callee).span, word);
  if (auto near = diag::nearest(word, known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), expr(c.callee).span, near);
  return {};
}

Type Checker::check_native(ast::ExprId e, std::string_view word, const ast::CallExpr& c, Type want, Scope& scope) {
  auto span = expr(e).span;
  std::vector<Type> types;
  auto wanted_list = t.kind(want) == TypeKind::List ? want : Type{};
  if (word == "flatten" && !wanted_list.poison()) wanted_list = t.list(wanted_list);
  std::vector<bool> looped;
  for (auto& arg : c.args) {
    auto locals = scope.locals.size();
    auto facts = scope.facts.size();
    for (auto& f : arg.fors) check_for(f, scope);
    bool passes = word == "sort" || word == "unique" || word == "min" || word == "max";
    types.push_back(check(arg.value, passes || word == "flatten" ? wanted_list : Type{}, scope));
    scope.facts.resize(facts);
    scope.locals.resize(locals);
    looped.push_back(!arg.fors.empty());
    if (!types.back().poison()) take_all(scope, types.back());
  }
  auto takes = [&](std::size_t least, std::size_t most) {
    if (types.size() >= least && types.size() <= most) return true;
    sink_.report(diag::WrongArguments{}, span, fmt::format("`{}` takes {} argument{}, {} given", word, least, least == 1 ? "" : "s", types.size()));
    return false;
  };
  auto any_poison = [&] { return std::any_of(types.begin(), types.end(), [](Type x) { return x.poison(); }); };
  auto wrong = [&](std::size_t i, std::string_view expected) {
    if (types[i].is(late | secret) && fits(types[i].without(late | secret), t.text)) {
      decidable(types[i], c.args[i].value, fmt::format("given to `{}`", word));
      return Type{};
    }
    sink_.report(diag::WrongType{}, expr(c.args[i].value).span, name(types[i]), expected);
    return Type{};
  };
  if (any_poison()) return {};
  if (word == "todo") {
    if (!takes(1, 1)) return {};
    return want.poison() ? t.string : want.without(secret | late | maybe);
  }
  if (word == "json") return takes(1, 1) ? t.json.with(static_cast<std::uint8_t>(types[0].flags & (late | secret))) : Type{};
  if (word == "all" || word == "any") {
    if (!takes(1, 1)) return {};
    if (!looped[0] || t.kind(types[0]) != TypeKind::Bool) return wrong(0, "a condition with `for`");
    return t.boolean;
  }
  if (word == "empty") {
    if (!takes(1, 1)) return {};
    auto kind = t.kind(types[0]);
    return kind == TypeKind::List || kind == TypeKind::Map || kind == TypeKind::String ? t.boolean : wrong(0, "a list, a map or a text");
  }
  if (word == "length") {
    if (!takes(1, 1)) return {};
    auto kind = t.kind(types[0]);
    if (kind == TypeKind::List || kind == TypeKind::Map) return t.integer;
    if (!fits(types[0], t.string)) return wrong(0, "a list, a map or a text");
    return t.integer;
  }
  if (word == "keys" || word == "values") {
    if (!takes(1, 1)) return {};
    if (t.kind(types[0]) != TypeKind::Map) return wrong(0, "a map");
    return t.list(word == "keys" ? t.of(types[0]).first : t.of(types[0]).second);
  }
  if (word == "join") {
    if (!takes(2, 2)) return {};
    if (t.kind(types[0]) != TypeKind::List) return wrong(0, "a list");
    auto element = t.of(types[0]).first;
    if (!fits(element, t.text.with(late | secret))) return wrong(0, "a list of texts");
    return t.string.with(static_cast<std::uint8_t>(element.flags & (late | secret)));
  }
  if (word == "sort" || word == "unique") {
    if (!takes(1, 1)) return {};
    return t.kind(types[0]) == TypeKind::List ? types[0] : wrong(0, "a list");
  }
  if (word == "flatten") {
    if (!takes(1, 1)) return {};
    return t.kind(types[0]) == TypeKind::List && t.kind(t.of(types[0]).first) == TypeKind::List ? t.of(types[0]).first : wrong(0, "a list of lists");
  }
  if (word == "min" || word == "max") {
    if (types.size() == 1 && t.kind(types[0]) == TypeKind::List) return t.of(types[0]).first;
    if (types.empty()) return takes(2, 2) ? Type{} : Type{};
    auto joined = types[0];
    for (auto one : types) joined = join_types(joined, one);
    auto kind = t.kind(joined);
    if (kind != TypeKind::Int && kind != TypeKind::Quantity) return wrong(0, "numbers or quantities");
    return joined;
  }
  if (word == "source") {
    if (!takes(1, 1)) return {};
    auto* found = lookup(Names::Types, p.names->add("Source"), {});
    return found ? declared_type(*found) : Type{};
  }
  if (word == "alias") {
    if (!takes(1, 1)) return {};
    return t.kind(types[0]) == TypeKind::Component ? t.string : wrong(0, "a component");
  }
  if (word == "names") {
    if (!takes(1, 1)) return {};
    return t.list(t.string);
  }
  if (word == "sequence") {
    if (!takes(1, 1)) return {};
    return t.kind(types[0]) == TypeKind::Int ? t.list(t.integer) : wrong(0, "Int");
  }
  if (word == "cidr_subnet" || word == "cidr_prefix" || word == "cidr_overlap") {
    const std::size_t count = word == "cidr_subnet" ? 3 : word == "cidr_prefix" ? 1 : 2;
    if (!takes(count, count)) return {};
    for (std::size_t i = 0; i < count; ++i) {
      const bool number = word == "cidr_subnet" && i > 0;
      if (number ? t.kind(types[i]) != TypeKind::Int : !fits(types[i], t.text)) return wrong(i, number ? "Int" : "an address");
    }
    return word == "cidr_subnet" ? t.address : word == "cidr_prefix" ? t.integer : t.boolean;
  }
  if (word == "upper" || word == "lower" || word == "base64" || word == "file" || word == "sh" || word == "camel_case") {
    if (!takes(1, 1)) return {};
    return fits(types[0], t.text) ? t.string : wrong(0, "a known text");
  }
  if (word == "decimal") {
    if (!takes(1, 1)) return {};
    return fits(types[0], t.text) ? t.decimal : wrong(0, "a known text");
  }
  if (word == "replace") {
    if (!takes(3, 3)) return {};
    for (std::size_t i = 0; i < 3; ++i)
      if (!fits(types[i], t.text)) return wrong(i, "a known text");
    return t.string;
  }
  if (word == "known") {
    if (!takes(1, 1)) return {};
    if (types[0].is(secret)) return wrong(0, "what is no secret");
    return types[0].without(late).with(maybe);
  }
  if (word == "shown") {
    if (!takes(1, 1)) return {};
    auto kind = t.kind(types[0]);
    return !types[0].is(late | secret) && (kind == TypeKind::Quantity || fits(types[0].without(maybe), t.text)) ? t.string : wrong(0, "a known quantity or text");
  }
  if (word == "decimal") {
    if (!takes(1, 1)) return {};
    return fits(types[0], t.text) ? t.decimal : wrong(0, "a known text");
  }
  if (word == "shorten") {
    if (!takes(2, 2)) return {};
    if (!fits(types[0], t.text)) return wrong(0, "a known text");
    return t.kind(types[1]) == TypeKind::Int ? t.string : wrong(1, "Int");
  }
  if (word == "split") {
    if (!takes(2, 2)) return {};
    for (std::size_t i = 0; i < 2; ++i)
      if (!fits(types[i], t.text)) return wrong(i, "a known text");
    return t.list(t.string);
  }
  if (word == "contains_word" || word == "version_at_least") {
    if (!takes(2, 2)) return {};
    for (std::size_t i = 0; i < 2; ++i)
      if (!fits(types[i], t.text)) return wrong(i, "a known text");
    return t.boolean;
  }
  return {};
}

}  // namespace envc::sema
