// Bodies of declarations: defaults and rules of kinds and records, functions.
// Each is checked once, for every environment at once.
#include <algorithm>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

void Checker::drain() {
  while (!to_check_.empty()) {
    auto id = to_check_.back();
    to_check_.pop_back();
    complete(id);
    check_struct_bodies(id);
  }
}

void Checker::check_struct_bodies(StructId id) {
  auto kind = p.structs[id].kind;
  if (kind == StructKind::Shape || kind == StructKind::Format) return;
  if (!checked_structs_.insert(id.index).second) return;
  Scope scope;
  bool component = kind == StructKind::Kind || kind == StructKind::Interface || kind == StructKind::Platform;
  scope.body = component ? Body::Kind : Body::Record;
  if (component) scope.self = t.component(id);
  scope.own = id;
  auto count = p.structs[id].fields.size();
  for (std::size_t i = 0; i < count; ++i) {
    auto field = p.structs[id].fields[i];
    if (field.owner != id || field.constant || !field.value.valid()) continue;
    scope.default_of = component ? field.name : Symbol{};
    expect(field.value, field.type, scope, fmt::format("the field `{}`", text(field.name)));
  }
  scope.default_of = {};
  if (kind == StructKind::Kind) check_default_cycles(id);
  auto requires_ = p.structs[id].requires_;
  for (auto& one : requires_) {
    condition(one.condition, scope, "a rule");
    expect(one.message, t.string, scope);
    if (one.id.empty()) assume(one.condition, true, scope);  // one with an id may be allowed to be false
  }
  scope.facts.clear();
  auto parts = p.structs[id].parts;
  for (auto& part : parts) {
    if (!part.block.valid()) continue;
    complete(part.kind);
    check_record_block(part.block, part.kind, part.span, scope, true);
  }
}

void Checker::check_function(std::uint32_t index) {
  if (p.functions[index].checked) return;
  p.functions[index].checked = true;
  auto fn = p.functions[index];
  Scope scope;
  scope.body = Body::Function;
  scope.function = index;
  for (std::size_t i = 0; i < fn.params.size(); ++i) {
    if (fn.params[i].value.valid()) {
      Scope plain;
      plain.body = Body::Function;
      plain.locals = scope.locals;
      expect(fn.params[i].value, fn.types[i], plain);
    }
    scope.locals.push_back({fn.params[i].name.name, fn.types[i]});
  }
  if (fn.body.valid()) expect(fn.body, fn.result, scope, "the function's result");
}

void Checker::check_recursion(std::uint32_t index, std::vector<std::uint32_t>& stack) {
  auto at = std::find(stack.begin(), stack.end(), index);
  if (at != stack.end()) {
    std::string cycle;
    for (; at != stack.end(); ++at) cycle += text(p.functions[*at].name) + " -> ";
    if (reported_recursion_.insert(index).second)
      sink_.report(diag::RecursiveFunction{}, p.functions[index].span, text(p.functions[index].name), cycle + text(p.functions[index].name))
          .help("functions do not recurse, so that every build ends: use a comprehension over a list");
    p.functions[index].recursive = true;
    return;
  }
  if (visited_functions_.contains(index)) return;
  stack.push_back(index);
  auto calls = p.functions[index].calls;
  for (auto one : calls) check_recursion(one, stack);
  stack.pop_back();
  visited_functions_.insert(index);
}

}  // namespace envc::sema
