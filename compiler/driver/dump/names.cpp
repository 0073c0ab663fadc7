#include "driver/dump/dump.h"

namespace envc::driver {
namespace {

std::string_view word(ast::BindingKind kind) {
  switch (kind) {
    case ast::BindingKind::Param: return "param";
    case ast::BindingKind::Input: return "input";
    case ast::BindingKind::Setting: return "setting";
  }
  return "";
}

}  // namespace

std::string names_text(const sema::Program& p) {
  std::string out;
  auto place = [&](const Span& span) { return p.sources->place(span); };
  if (p.system) out += fmt::format("system {}  {}\n", p.text(p.system->name), place(p.system->span));
  for (const auto& one : p.bindings)
    if (p.sources->is_user(one.span))
      out += fmt::format("{} {}: {}  {}\n", word(one.kind), p.text(one.name), sema::type_name(p, one.type), place(one.span));
  for (const auto& one : p.components)
    out += fmt::format("component {}: {}  {}\n", p.text(one.name), one.kind.valid() ? p.text(p.structs[one.kind].name) : "?",
                       place(one.span));
  for (const auto& one : p.environments) {
    out += fmt::format("{}environment {}", one.is_abstract ? "abstract " : "", p.text(one.name));
    if (!one.platform.empty()) out += fmt::format(" on {}", p.text(one.platform));
    out += fmt::format("{}  {}\n", one.broken ? " (broken)" : "", place(one.span));
    for (auto layer : one.chain) out += fmt::format("  layer {}\n", p.text(p.environments[layer].name));
    for (const auto& [name, kind] : one.components)
      out += fmt::format("  {}: {}\n", p.text(name), kind.valid() ? p.text(p.structs[kind].name) : "?");
  }
  for (const auto& one : p.realizations)
    out += fmt::format("realize {}{}{} on {}  {}\n", one.kind.valid() ? p.text(p.structs[one.kind].name) : "?",
                       one.variant.empty() ? "" : ".", p.text(one.variant), p.text(one.platform), place(one.span));
  return out;
}

}  // namespace envc::driver
