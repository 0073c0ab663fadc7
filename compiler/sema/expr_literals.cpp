// Typing of strings with holes and of quantities.
#include <algorithm>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

namespace {
constexpr std::uint8_t all_flags = late | secret | maybe;
}

Type Checker::check_string(const ast::StringLit& s, Scope& scope) {
  std::uint8_t flags = 0;
  bool poison = false;
  for (auto& part : s.parts) {
    if (!part.hole.valid()) continue;
    auto type = check(part.hole, part.unit.empty() ? t.text.with(all_flags) : Type{}, scope);
    if (type.poison()) {
      poison = true;
      continue;
    }
    auto span = expr(part.hole).span;
    if (type.is(maybe)) {
      sink_.report(diag::MaybeAbsent{}, span, p.sources->text(span)).help("give it a value for that case with `?? …` outside the string");
      continue;
    }
    auto kind = t.kind(type);
    if (!part.unit.empty()) {
      bool known = kind == TypeKind::Quantity;
      if (known) {
        auto& list = units(t.of(type).dimension);
        known = std::any_of(list.begin(), list.end(), [&](const Unit& u) { return u.name == p.text(part.unit); });
      }
      if (!known) sink_.report(diag::NotInTerms{}, part.span, name(type), p.text(part.unit));
      continue;
    }
    if (kind == TypeKind::Quantity) {
      sink_.report(diag::NotInTerms{}, span, fmt::format("a {}", name(type)), "text without a unit")
          .help(fmt::format("say how it is written: `{{{} in {}}}`", p.sources->text(span), units(t.of(type).dimension).back().name));
      continue;
    }
    if (!fits(type, t.text.with(all_flags))) {
      p.broken.insert(part.hole.index);
      if (kind == TypeKind::Component && t.of(type).structure.valid()) sink_.report(diag::KindWithoutOutput{}, span, struct_title(t.of(type).structure)).help("name one of its outputs");
      else sink_.report(diag::WrongType{}, span, name(type), "text");
      continue;
    }
    auto flagged = type;
    if (kind == TypeKind::Component && t.of(type).structure.valid()) {
      auto& kind_struct = p.structs[complete(t.of(type).structure)];
      if (kind_struct.main_output != 0xffffffffu) flagged = kind_struct.fields[kind_struct.main_output].type;
    }
    flags |= flagged.flags & (late | secret);
    if (kind == TypeKind::Handle) flags |= late;
  }
  return poison ? Type{} : t.string.with(flags);
}

Type Checker::check_quantity(const ast::QuantityLit& q, const Span& span, Type want) {
  auto unit = p.text(q.unit);
  const auto& element = t.kind(want) == TypeKind::Range || t.kind(want) == TypeKind::List ? t.of(t.of(want).first) : t.of(want);
  auto has = [&](Dimension d) {
    auto& list = units(d);
    return std::any_of(list.begin(), list.end(), [&](const Unit& u) { return u.name == unit; });
  };
  for (auto d : {Dimension::Duration, Dimension::Bytes, Dimension::Cpu, Dimension::Percent, Dimension::Rate})
    if (has(d)) return t.quantity(d);
  auto dimension = element.kind == TypeKind::Quantity ? element.dimension : Dimension::Duration;
  std::vector<std::string> known;
  std::string list;
  for (auto d : {Dimension::Duration, Dimension::Bytes, Dimension::Cpu, Dimension::Percent, Dimension::Rate}) {
    if (element.kind == TypeKind::Quantity && d != dimension) continue;
    for (auto& one : units(d)) {
      known.emplace_back(one.name);
      list += (list.empty() ? "" : ", ") + std::string(one.name);
    }
  }
  auto& d = sink_.report(diag::UnknownUnit{}, span, unit, element.kind == TypeKind::Quantity ? dimension_name(dimension) : "quantity");
  auto near = diag::nearest(unit, known);
  for (auto& one : known)  // `512mib`: only the case is wrong
    if (near.empty() && one.size() == unit.size() && std::equal(one.begin(), one.end(), unit.begin(), [](char a, char b) { return std::tolower(a) == std::tolower(b); })) near = one;
  if (dimension == Dimension::Bytes && !unit.empty() && (unit.size() == 1 || std::string_view("iBb").find(unit[1]) != std::string_view::npos)) {
    // `512M`, `512Mi`, `512mb`: memory is counted in powers of two
    auto binary = std::string(1, static_cast<char>(std::toupper(static_cast<unsigned char>(unit[0])))) + "iB";
    if (std::find(known.begin(), known.end(), binary) != known.end()) near = binary;
  }
  if (unit == "sec") near = "s";
  if (unit == "min") near = "m";
  if (!near.empty()) d.fix(fmt::format("did you mean `{}{}`?", p.text(q.number), near), span, std::string(p.text(q.number)) + near);
  d.help(fmt::format("the units are {}", list));
  return {};
}

}  // namespace envc::sema
