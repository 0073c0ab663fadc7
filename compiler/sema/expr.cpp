// Typing of expressions: names, literals, members. One pass; the expected type
// goes down, the own type comes up.
#include <algorithm>
#include <utility>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

namespace {
constexpr std::uint8_t all_flags = late | secret | maybe;
}

Type Checker::check(ast::ExprId e, Type want, Scope& scope) {
  auto type = check_node(e, want, scope);
  if (p.expr_types.size() <= e.index) p.expr_types.resize(std::max<std::size_t>(e.index + 1, p.ast->exprs.size()));
  if (!type.poison() && !scope.facts.empty()) {
    auto path = path_of(e, scope);
    if (!path.empty())
      for (auto& fact : scope.facts)
        if (fact.path == path && (t.kind(fact.type) != TypeKind::Record || t.kind(type) == TypeKind::Record)) type = fact.type;
  }
  p.expr_types[e.index] = type;
  if (type.poison()) p.broken.insert(e.index);
  return type;
}

/// Checks and reports when the type does not fit. `sink_name` names the place for secrets.
Type Checker::expect(ast::ExprId e, Type want, Scope& scope, std::string_view sink_name) {
  auto outer = sink_name_;
  if (!sink_name.empty()) sink_name_ = sink_name;
  auto type = check(e, want, scope);
  auto sink = std::exchange(sink_name_, outer);
  if (type.poison() || want.poison() || fits(type, want)) return type;
  p.broken.insert(e.index);
  auto span = expr(e).span;
  auto used = t.kind(want) == TypeKind::Component ? type : used_as_value(type);
  auto missing = static_cast<std::uint8_t>(used.flags & ~want.flags);
  if (fits(used.without(missing), want)) {
    if (missing & secret) {
      if (sink.empty()) sink = "a " + name(want);
      auto& d = sink_.report(diag::SecretLeak{}, span, sink);
      d.here(fmt::format("this is {}", name(used)));
      show_way(d, e, scope, sink);
      d.help("pass it to a field whose type holds secrets (Secret<…>), such as the environment variables of what runs");
      return {};
    }
    if (missing & late) {
      sink_.report(diag::LateValue{}, span, p.sources->text(span))
          .here(fmt::format("this is {}", name(used)))
          .help("only fields of a type Late<…> take it; what is known when envc runs is a `param` or a `setting`");
      return {};
    }
    auto& d = sink_.report(diag::MaybeAbsent{}, span, p.sources->text(span));
    d.here(fmt::format("this is {}, where {} was expected", name(type), name(want)));
    d.help("give it a value for that case with `?? …`, or use it under `if … is not none`");
    return {};
  }
  if (t.kind(type) == TypeKind::Component && !t.of(type).structure.valid()) {
    sink_.report(diag::WrongType{}, span, "a component", name(want));
    return {};
  }
  if (auto made = t.of(type); made.kind == TypeKind::Record && p.structs[made.structure].literal)
    if (auto into = t.of(want); into.kind == TypeKind::Record || into.kind == TypeKind::Handle) {
      explain_literal(made.structure, into.structure, span);
      return {};
    }
  auto plain_want = t.of(want);
  auto element = plain_want.kind == TypeKind::List || plain_want.kind == TypeKind::Range ? plain_want.first : want;
  auto dimension = t.of(element);
  if ((t.kind(type) == TypeKind::Int || t.kind(type) == TypeKind::Decimal) && dimension.kind == TypeKind::Quantity) {
    auto& d = sink_.report(diag::BareNumber{}, span, p.sources->text(span), dimension_name(dimension.dimension));
    std::string_view example = dimension.dimension == Dimension::Duration ? "s" : dimension.dimension == Dimension::Bytes ? "MiB" : dimension.dimension == Dimension::Cpu ? "cpu" : dimension.dimension == Dimension::Percent ? "%" : "/min";
    d.fix(fmt::format("write it with its unit: `{}{}`", p.sources->text(span), example), Span{span.file, span.end, span.end}, std::string(example));
    return {};
  }
  if (t.kind(type) == TypeKind::Quantity && dimension.kind == TypeKind::Quantity) {
    auto& d = sink_.report(diag::WrongDimension{}, span, p.sources->text(span), dimension_name(t.of(type).dimension), dimension_name(dimension.dimension));
    if (auto* q = std::get_if<ast::QuantityLit>(&expr(e).node)) {
      std::string number(p.text(q->number)), unit(p.text(q->unit));
      if (unit == "m" && dimension.dimension == Dimension::Cpu) d.fix(fmt::format("thousandths of a CPU are `{}mcpu`", number), span, number + "mcpu");
      if (unit == "m" && dimension.dimension == Dimension::Bytes) d.fix(fmt::format("mebibytes are `{}MiB`", number), span, number + "MiB");
    }
    return {};
  }
  bool mute = t.kind(type) == TypeKind::Component && t.kind(want) != TypeKind::Component && used == type;
  auto& d = mute ? sink_.report(diag::KindWithoutOutput{}, span, struct_title(t.of(type).structure)) : sink_.report(diag::WrongType{}, span, name(type), name(want));
  if (t.kind(type) == TypeKind::Component) {
    auto& s = p.structs[t.of(type).structure];
    std::vector<std::string> usable;
    for (auto& field : s.fields)
      if (field.modifiers.output && fits(field.type, want)) usable.push_back(text(field.name));
    if (!usable.empty()) d.help(fmt::format("did you mean `{}.{}`?", p.sources->text(span), usable.front()));
  }
  if (is_limit(want)) d.help(fmt::format("a limit is a comparison with `it`, what is measured: `it < {}`", p.sources->text(span)));
  form_of(d, e, type, want);
  if (t.kind(want) == TypeKind::Quantity) d.help(fmt::format("a {} is written with its unit, as in `{}`", dimension_name(t.of(want).dimension), t.of(want).dimension == Dimension::Bytes ? "512MiB" : t.of(want).dimension == Dimension::Cpu ? "0.5cpu" : "30s"));
  return {};
}

/// How a value of the expected type is written, where what stands there is of another form.
void Checker::form_of(diag::Diagnostic& d, ast::ExprId e, Type type, Type want) {
  const auto span = expr(e).span;
  const auto written = std::string(p.sources->text(span));
  const auto& w = t.of(want);
  if (w.kind == TypeKind::Map) {
    const auto field = entry_.empty() ? std::string("name") : text(entry_);
    if (fits(type, w.second)) d.help(fmt::format("an entry has a name: `{} NAME = {}`", field, written));
    else d.help(fmt::format("a map is written `{} {{ NAME = … }}`, one entry alone `{} NAME = …`", field, field));
  } else if (w.kind == TypeKind::List) {
    d.help(fmt::format("a list is written `[a, b]`; its items are {}", name(w.first)));
  } else if (w.kind == TypeKind::String) {
    const auto& node = expr(e).node;
    if (std::holds_alternative<ast::NumberLit>(node) || std::holds_alternative<ast::QuantityLit>(node) || std::holds_alternative<ast::DateLit>(node) ||
        std::holds_alternative<ast::TimeLit>(node) || std::holds_alternative<ast::AddressLit>(node))
      d.fix(fmt::format("a text stands in quotes: `\"{}\"`", written), span, "\"" + written + "\"");
  }
}

Type Checker::check_node(ast::ExprId e, Type want, Scope& scope) {
  const auto& node = expr(e);
  auto span = node.span;
  struct Visitor {
    Checker& c;
    ast::ExprId e;
    Span span;
    Type want;
    Scope& scope;
    Type operator()(const ast::NoneLit&) { return c.t.nothing; }
    Type operator()(const ast::BoolLit&) { return c.t.boolean; }
    Type operator()(const ast::NumberLit& n) {
      auto text = c.p.text(n.text);
      if (text.find('.') != std::string_view::npos) return c.t.decimal;
      errno = 0;
      char* end = nullptr;
      std::string copy(text);
      std::strtoll(copy.c_str(), &end, 10);
      if (errno == ERANGE) {
        c.sink_.report(diag::IntegerOverflow{}, span, text);
        return {};
      }
      return c.t.integer;
    }
    Type operator()(const ast::QuantityLit& q) { return c.check_quantity(q, span, want); }
    Type operator()(const ast::DateLit&) { return c.t.date; }
    Type operator()(const ast::TimeLit&) { return c.t.time; }
    Type operator()(const ast::AddressLit&) { return c.t.address; }
    Type operator()(const ast::StringLit& s) {
      if (c.is_template(want)) {  // its holes are filled by whoever reads it
        c.mean(e, Meaning::Template);
        return c.t.string;
      }
      auto type = c.check_string(s, scope);
      const auto& w = c.t.of(want);
      if (w.kind == TypeKind::Literals && s.parts.size() <= 1 && (s.parts.empty() || !s.parts[0].hole.valid())) {
        auto literal = s.parts.empty() ? Symbol{} : s.parts[0].literal;
        if (std::find(w.texts.begin(), w.texts.end(), literal) == w.texts.end()) {
          std::vector<std::string> known;
          for (auto one : w.texts) known.push_back(c.text(one));
          std::string list;
          for (auto& one : known) list += (list.empty() ? "\"" : ", \"") + one + "\"";
          auto& d = c.sink_.report(diag::NotOneOf{}, span, c.p.text(literal), list);
          if (auto near = diag::nearest(c.p.text(literal), known); !near.empty()) d.fix(fmt::format("did you mean \"{}\"?", near), span, "\"" + near + "\"");
          return {};
        }
      }
      return type;
    }
    Type operator()(const ast::NameExpr& n) { return c.check_name(e, n.name, want, scope); }
    Type operator()(const ast::MemberExpr& m) { return c.check_member(e, m, scope); }
    Type operator()(const ast::IndexExpr& x) { return c.check_index(e, x, scope); }
    Type operator()(const ast::CallExpr& x) { return c.check_call(e, x, want, scope); }
    Type operator()(const ast::NotExpr& n) {
      auto type = c.condition(n.operand, scope, "negated");
      return type.poison() ? type : c.t.boolean;
    }
    Type operator()(const ast::BinaryExpr& b) { return c.check_binary(e, b, want, scope); }
    Type operator()(const ast::IsExpr& x) { return c.check_is(x, span, scope); }
    Type operator()(const ast::IfExpr& x) { return c.check_if(x, want, scope); }
    Type operator()(const ast::MatchExpr& x) { return c.check_match(x, span, want, scope); }
    Type operator()(const ast::ListExpr& x) { return c.check_list(x, want, scope); }
    Type operator()(const ast::BlockExpr& b) { return c.check_block(b.block, want, span, scope); }
    Type operator()(const ast::ConstructExpr& x) {
      // `blue_green { … }`: a case of the expected union with its fields
      auto* n = std::get_if<ast::NameExpr>(&c.expr(x.head).node);
      auto element = c.t.kind(want) == TypeKind::List ? c.t.of(want).first : want;
      const auto& w = c.t.of(element);
      if (!n) {
        c.sink_.report(diag::NotCallable{}, c.expr(x.head).span, "this value");
        return {};
      }
      if (w.kind == TypeKind::Union) {
        auto& united = c.p.unions[w.united];
        if (auto found = united.find(n->name)) {
          c.mean(x.head, Meaning::UnionCase, *found);
          c.mean(e, Meaning::UnionCase, *found);
          auto payload = united.cases[*found].payload;
          if (!payload.valid()) {
            c.sink_.report(diag::NotARecord{}, span, fmt::format("the case `{}` without fields", c.p.text(n->name)));
            return {};
          }
          c.check_record_block(x.block, payload, span, scope, false);
          return element.without(all_flags);
        }
      }
      if (auto* declared = c.lookup(Names::Types, n->name, span); declared && declared->kind == DeclaredKind::Struct) {
        StructId id(declared->index);
        if (c.p.structs[id].kind == StructKind::Record) {
          c.check_record_block(x.block, c.complete(id), span, scope, false);
          return c.t.record(id);
        }
      }
      Type result;
      c.case_of(x.head, n->name, element, scope, result);
      if (w.kind == TypeKind::Union) {
        std::vector<std::string> known;
        for (auto& one : c.p.unions[w.united].cases) known.push_back(c.text(one.name));
        auto& d = c.sink_.report(diag::UnknownCase{}, c.expr(x.head).span, c.p.text(n->name), c.name(element));
        if (auto near = diag::nearest(c.p.text(n->name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), c.expr(x.head).span, near);
      } else {
        c.sink_.report(diag::NotARecord{}, span, c.name(want));
      }
      return {};
    }
    Type operator()(const ast::ErrorExpr&) { return {}; }
  };
  return std::visit(Visitor{*this, e, span, want, scope}, node.node);
}

bool Checker::case_of(ast::ExprId e, Symbol name, Type want, Scope& scope, Type& result) {
  (void)scope;
  auto element = t.kind(want) == TypeKind::List || t.kind(want) == TypeKind::Range ? t.of(want).first : want;
  const auto& w = t.of(element);
  auto visible_user_name = [&]() -> const Declared* {
    auto at = table(Names::Values).user.find(name);
    if (at == table(Names::Values).user.end() || !p.sources->is_user(expr(e).span)) return nullptr;
    return at->second.kind == DeclaredKind::Let || at->second.kind == DeclaredKind::Binding ? &at->second : nullptr;
  };
  auto ambiguous = [&](std::string_view type) {
    auto* other = visible_user_name();
    if (!other) return false;
    sink_.report(diag::AmbiguousCase{}, expr(e).span, text(name), type, other->kind == DeclaredKind::Let ? "`let`" : "setting or param")
        .label(other->span, "declared here")
        .help("rename it: a case is meant wherever its type is expected");
    return true;
  };
  if (w.kind == TypeKind::Enum) {
    auto& cases = p.enums[w.enumeration].cases;
    auto at = std::find(cases.begin(), cases.end(), name);
    if (at == cases.end()) return false;
    if (ambiguous(p.text(p.enums[w.enumeration].name))) return true;
    mean(e, Meaning::EnumCase, static_cast<std::uint32_t>(at - cases.begin()));
    result = element.without(all_flags);
    return true;
  }
  if (w.kind == TypeKind::Union) {
    auto found = p.unions[w.united].find(name);
    if (!found) return false;
    if (ambiguous(p.text(p.unions[w.united].name))) return true;
    auto payload = p.unions[w.united].cases[*found].payload;
    if (payload.valid()) missing_fields(payload, {}, expr(e).span);
    mean(e, Meaning::UnionCase, *found);
    result = element.without(all_flags);
    return true;
  }
  return false;
}

Type Checker::check_name(ast::ExprId e, Symbol name, Type want, Scope& scope) {
  Type result;
  if (case_of(e, name, want, scope, result)) return result;
  auto span = expr(e).span;
  auto word = p.text(name);
  for (std::uint32_t i = static_cast<std::uint32_t>(scope.locals.size()); i-- > 0;)
    if (scope.locals[i].name == name) {
      mean(e, Meaning::Local, i);
      return scope.locals[i].type;
    }
  if (word == "self" && !scope.self.poison()) {
    mean(e, Meaning::Self);
    return scope.self;
  }
  if (word == "it" && scope.has_it) {
    mean(e, Meaning::It);
    return scope.it;
  }
  if (word == "environment") {
    mean(e, Meaning::Environment);
    return t.environment;
  }
  if (word == "system" && p.system_kind.valid()) {
    mean(e, Meaning::System);
    return t.component(p.system_kind);
  }
  if (word == "self" || word == "it") {
    auto& d = sink_.report(diag::SelfOutside{}, span, word);
    if (word == "self") d.help("`self` is the component whose block this is; here, name the component");
    return {};
  }
  if (scope.realization != 0xffffffffu) {
    auto& r = p.realizations[scope.realization];
    if (auto at = r.handles.find(name); at != r.handles.end()) {
      mean(e, Meaning::Handle, name.index);
      return t.handle(at->second);
    }
  }
  if (scope.own.valid()) {
    auto& own = p.structs[scope.own];
    if (auto* field = own.find(name)) {
      mean(e, Meaning::Own, name.index);
      read(scope, scope.own, name);
      if (!scope.default_of.empty()) default_reads_[{scope.own.index, scope.default_of}].insert(name);
      return field->type;
    }
    for (auto& part : own.parts)
      if (part.name == name) {
        mean(e, Meaning::Own, name.index);
        return t.component(part.kind);
      }
  }
  if (scope.environment != 0xffffffffu) {
    auto& env = p.environments[scope.environment];
    // settings of the chain by their bare name
    if (env.structure.valid())
      if (auto* field = p.structs[env.structure].find(name); field && field->owner == env.structure) {
        mean(e, Meaning::Own, name.index, 1);
        return field->type;
      }
    for (auto index : env.chain)
      for (std::uint32_t i = 0; i < p.lets.size(); ++i)
        if (p.lets[i].name == name && !p.lets[i].environment.empty() && p.lets[i].environment == p.environments[index].name) {
          mean(e, Meaning::Let, i);
          return p.lets[i].type;
        }
    if (auto at = env.components.find(name); at != env.components.end()) {
      if (!at->second.valid()) return {};  // its kind is unknown, and that was said
      mean(e, Meaning::Component, name.index);
      return t.component(at->second);
    }
  }
  auto* found = lookup(Names::Values, name, span);
  if (!found) found = lookup(Names::Functions, name, span);
  if (found) {
    switch (found->kind) {
      case DeclaredKind::Component: {
        auto at = p.component_index.find(name);
        if (at == p.component_index.end()) break;
        if (!p.components[at->second].kind.valid()) return {};  // its kind is unknown, and that was said
        mean(e, Meaning::Component, name.index);
        return t.component(p.components[at->second].kind);
      }
      case DeclaredKind::Binding: {
        auto& b = p.bindings[found->index];
        if (b.type.poison() && b.type_ast.valid()) {
          Scope plain;
          auto id = b.type_ast;
          auto type = resolve(id, plain);
          p.bindings[found->index].type = type;
        }
        mean(e, Meaning::Binding, found->index);
        auto type = p.bindings[found->index].type;
        return p.bindings[found->index].kind == ast::BindingKind::Input ? type.with(late) : type;
      }
      case DeclaredKind::Let: {
        auto index = found->index;
        if (auto& state = let_state_[index]; state == 0) {
          state = 1;
          Scope plain;
          let_stack_.push_back(index);
          auto type = check(p.lets[index].value, {}, plain);
          let_stack_.pop_back();
          p.lets[index].type = type;
          let_state_[index] = 2;
        } else if (state == 1) {
          std::string cycle;
          auto at = std::find(let_stack_.begin(), let_stack_.end(), index);
          for (auto one = at; one != let_stack_.end(); ++one) cycle += text(p.lets[*one].name) + " -> ";
          auto& d = sink_.report(diag::ValueCycle{}, p.lets[index].span, cycle + text(name));
          for (auto one = at; one != let_stack_.end(); ++one)
            if (*one != index) d.label(p.lets[*one].span, "needs the next");
          d.help("give one of them a value that needs none of the others");
          return {};
        }
        mean(e, Meaning::Let, index);
        return p.lets[index].type;
      }
      case DeclaredKind::Function: {
        sink_.report(diag::WrongType{}, span, fmt::format("the function `{}`", word), want.poison() ? "a value" : this->name(want))
            .help(fmt::format("call it: `{}(…)`", word));
        return {};
      }
      case DeclaredKind::Environment: {
        mean(e, Meaning::Environment, found->index, 1);
        return t.environment;
      }
      default: {
        sink_.report(diag::WrongType{}, span, fmt::format("the {} `{}`", found->kind == DeclaredKind::Policy ? "policy" : "declaration", word),
                     want.poison() ? "a value" : this->name(want));
        return {};
      }
    }
  }
  if (auto* type = lookup(Names::Types, name, span); type && t.kind(want) != TypeKind::Enum && t.kind(want) != TypeKind::Union) {
    (void)type;
    sink_.report(diag::WrongType{}, span, fmt::format("the type `{}`", word), want.poison() ? "a value" : this->name(want));
    return {};
  }
  const auto& element = t.kind(want) == TypeKind::List ? t.of(t.of(want).first) : t.of(want);
  if (element.kind == TypeKind::Enum || element.kind == TypeKind::Union) {
    std::vector<std::string> known;
    std::string list;
    if (element.kind == TypeKind::Enum)
      for (auto one : p.enums[element.enumeration].cases) known.push_back(text(one));
    else
      for (auto& one : p.unions[element.united].cases) known.push_back(text(one.name));
    for (auto& one : known) list += (list.empty() ? "" : ", ") + one;
    auto& d = sink_.report(diag::UnknownCase{}, span, word, element.kind == TypeKind::Enum ? p.text(p.enums[element.enumeration].name) : p.text(p.unions[element.united].name));
    if (auto near = diag::nearest(word, known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), span, near);
    d.help(fmt::format("the cases are {}", list));
    return {};
  }
  bool some = false;
  std::vector<std::string> without;
  StructId declared;
  for (auto& env : p.environments) {
    if (env.is_abstract) continue;
    auto at = env.components.find(name);
    if (at == env.components.end()) without.push_back(text(env.name));
    else if (!at->second.valid()) return {};
    else if (some && declared != at->second) without.push_back(text(env.name));
    else some = true, declared = at->second;
  }
  if (some && without.empty()) {  // every environment declares it
    mean(e, Meaning::Component, name.index);
    return t.component(declared);
  }
  if (some) {
    auto& d = sink_.report(diag::MissingComponent{}, span, word);
    d.environments = without;
    d.help("declare it for the whole system, or move this use into the environments that have it");
    return {};
  }
  std::vector<std::string> known = known_names(false);
  for (auto& local : scope.locals) known.push_back(text(local.name));
  if (scope.environment != 0xffffffffu)
    for (auto& [component, kind] : p.environments[scope.environment].components) known.push_back(text(component));
  if (scope.realization != 0xffffffffu)
    for (auto& [handle, id] : p.realizations[scope.realization].handles) known.push_back(text(handle));
  auto& d = sink_.report(diag::UnknownName{}, span, word);
  if (word == "null" || word == "nil" || word == "undefined") {
    d.fix("what is absent is `none`", span, "none");
    return {};
  }
  for (auto& one : known)  // `cache` for `my-cache`
    if (one.size() > word.size() + 1 && (one.ends_with("-" + std::string(word)) || one.starts_with(std::string(word) + "-"))) {
      d.fix(fmt::format("did you mean `{}`?", one), span, one);
      return {};
    }
  if (auto near = diag::nearest(word, known); !near.empty()) {
    d.fix(fmt::format("did you mean `{}`?", near), span, near);
  } else if (auto self = t.of(scope.self); self.structure.valid() && p.structs[self.structure].find(name)) {
    d.fix("a field of this component is read with `self.`", span, "self." + std::string(word));
  } else if (t.kind(want) == TypeKind::String || t.kind(want) == TypeKind::Text) {
    text_or_name(d, word, want, span);
  }
  return {};
}

/// A name where a text is expected: one that forgot its quotes, or one that is not declared. Quotes are offered as
/// a fix only where nothing speaks for the second: applied unseen, they would deploy the name itself.
void Checker::text_or_name(diag::Diagnostic& d, std::string_view word, Type want, const Span& span) {
  auto type = std::string(word);
  type[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(type[0])));
  if (auto* declared = lookup(Names::Types, p.names->add(type), span); declared && declared->kind == DeclaredKind::Alias) {  // `version`: Version
    d.help(fmt::format("declare it, for what is told at deployment: `input {}: {}`", word, type));
    return;
  }
  const bool upper = std::none_of(word.begin(), word.end(), [](unsigned char c) { return std::islower(c) != 0; });
  if (upper && word.size() > 1) {
    d.help(fmt::format("declare it: `secret {0} {{ }}`, or `param {0}: String` for what is no secret", word));
    return;
  }
  if (const auto& alias = t[want]; alias.kind == TypeKind::Refined && !alias.name.empty()) {
    d.help(fmt::format("a fixed {1} stands in quotes: `\"{0}\"`; one that is told at deployment is declared: `input {0}: {1}`", word, p.text(alias.name)));
    return;
  }
  if (t.kind(want) == TypeKind::Text && want.is(maybe)) return;  // a hole of a text, which takes all that has a text form
  d.fix("text of the outside world stands in quotes", span, "\"" + std::string(word) + "\"");
}

}  // namespace envc::sema
