#include "driver/params.h"

#include <algorithm>

namespace envc::driver {
namespace {

using eval::Maker;
using eval::Tag;
using eval::Value;
using sema::TypeKind;

const sema::BindingInfo* find_param(const sema::Program& program, std::string_view name) {
  for (const auto& binding : program.bindings)
    if (binding.kind == ast::BindingKind::Param && program.text(binding.name) == name) return &binding;
  return nullptr;
}

/// The decimal number that a text starts with: its length, and whether it has a fraction.
struct Number {
  std::size_t length = 0;
  bool fraction = false;
};
Number number_at_start(std::string_view text) {
  auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  std::size_t at = text.starts_with('-') ? 1 : 0;
  if (!digit(at)) return {};
  while (digit(at)) ++at;
  if (at >= text.size() || text[at] != '.' || !digit(at + 1)) return {at, false};
  for (++at; digit(at);) ++at;
  return {at, true};
}

Value read_integer(std::string_view text) {
  auto number = number_at_start(text);
  if (number.length == 0 || number.length != text.size() || number.fraction) return {};
  std::int64_t value = 0;
  const bool negative = text.starts_with('-');
  for (char c : text.substr(negative ? 1 : 0))
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, c - '0', &value)) return {};
  if (negative) return Maker::integer(value);
  return __builtin_sub_overflow(std::int64_t{0}, value, &value) ? Value{} : Maker::integer(value);
}

/// What the text means as a value of the type; poison where it means nothing.
Value read(const sema::Program& program, const Maker& make, sema::Type type, std::string_view text) {
  const auto& data = program.types.of(type);
  switch (data.kind) {
    case TypeKind::Bool:
      if (text == "true" || text == "false") return Maker::boolean(text == "true");
      return {};
    case TypeKind::Int: return read_integer(text);
    case TypeKind::Decimal:
      return number_at_start(text).length == text.size() && !text.empty() ? make.view(make.arena->copy(text), Tag::Decimal)
                                                                          : Value{};
    case TypeKind::String:
    case TypeKind::Text:
    case TypeKind::Date:
    case TypeKind::Time:
    case TypeKind::Address: return make.text(text);
    case TypeKind::Literals: {
      auto found = std::find_if(data.texts.begin(), data.texts.end(), [&](Symbol one) { return program.text(one) == text; });
      return found == data.texts.end() ? Value{} : make.text(text);
    }
    case TypeKind::Enum: {
      const auto& cases = program.enums[data.enumeration].cases;
      auto found = std::find_if(cases.begin(), cases.end(), [&](Symbol one) { return program.text(one) == text; });
      return found == cases.end() ? Value{} : Maker::enumeration(*found);
    }
    case TypeKind::Quantity: {
      auto number = number_at_start(text);
      if (number.length == 0) return {};
      sema::Dimension dimension{};
      std::int64_t amount = 0;
      auto outcome = eval::read_quantity(text.substr(0, number.length), text.substr(number.length), dimension, amount);
      return outcome == eval::ReadQuantity::Good && dimension == data.dimension ? Maker::quantity(dimension, amount) : Value{};
    }
    default: return {};
  }
}

}  // namespace

void check_param_names(const sema::Program& program, const Params& params, diag::Sink& sink) {
  std::vector<std::string> known;
  for (const auto& binding : program.bindings)
    if (binding.kind == ast::BindingKind::Param) known.emplace_back(program.text(binding.name));
  for (const auto& [name, text] : params) {
    if (find_param(program, name)) continue;
    auto& d = sink.report(diag::ParamUnknown{}, {}, name);
    if (auto near = diag::nearest(name, known); !near.empty()) d.help(fmt::format("did you mean `--set {}={}`?", near, text));
    else if (known.empty()) d.help(fmt::format("declare it: `param {}: String`", name));
  }
}

void set_params(model::Environment& environment, const Params& params, diag::Sink& sink) {
  const auto& program = *environment.program;
  diag::Sink scratch;
  model::Evaluator evaluator(environment, scratch);
  for (const auto& [name, text] : params) {
    const auto* param = find_param(program, name);
    if (!param) continue;
    model::Context context;
    auto before = scratch.all().size();
    auto value = evaluator.conform(read(program, evaluator.make, param->type, text), param->type, param->span, context);
    if (!value.poison()) environment.params[param->name] = value;
    if (!value.poison() && scratch.all().size() == before) continue;
    auto& d = sink.report(diag::ParamWrong{}, {}, text, sema::type_name(program, param->type), name);
    d.label(param->span, "declared here");
    for (auto i = before; i < scratch.all().size(); ++i) d.note("rule", scratch.all()[i].message);
  }
}

}  // namespace envc::driver
