// Nodes -> values, typed by their shapes: what policies read of an emitted
// object. The way back of trees.cpp, after patches, so that a rule judges what
// is written and not what was meant.
#include <algorithm>

#include "model/policies.h"
#include "plan/objects.h"

namespace envc::plan {

using namespace eval;
using namespace sema;

namespace {

/// The unit that a quantity of this type is written in, or empty.
std::string_view unit_of(const Program& p, Type type) {
  auto* data = &p.types[type];
  while (data->kind == TypeKind::Refined && data->unit.empty()) data = &p.types[data->first];
  return data->kind == TypeKind::Refined ? p.text(data->unit) : std::string_view();
}

}  // namespace

void Realizer::policies() {
  const auto asked = model::shapes_asked(p);
  if (asked.empty()) return;
  std::vector<model::SeenObject> seen;
  for (auto id : order_) {
    auto& made = objects_[id];
    const auto& object = made.object;
    auto* r = e.env.components[made.owner].realization;
    auto shape = r ? r->handles.find(made.handle) : std::map<Symbol, StructId>::const_iterator{};
    if (!r || shape == r->handles.end() || !asked.contains(shape->second)) continue;
    auto* fields = object.body.as<Map>();
    seen.push_back({made.owner, shape->second, fmt::format("{} `{}` in {}", object.shape, object.name, object.file),
                    seen_fields(fields ? *fields : Map{}, shape->second)});
  }
  model::run_policies(e, seen, sink);
}

Value Realizer::seen_fields(Map fields, StructId structure) {
  auto& s = p.structs[structure];
  std::vector<Value> values(s.fields.size(), Maker::none());
  for (auto& field : fields) {
    auto at = s.index.find(e.sym(field.key));
    if (at != s.index.end()) values[at->second] = seen_value(field.value, s.fields[at->second].type);
  }
  return e.make.record(structure, values);
}

Value Realizer::seen_value(const Node& node, Type type) {
  const auto& data = p.types.of(type);
  if (node.as<Null>()) return Maker::none();
  if (auto* late_value = node.as<Late>()) return seen_late(*late_value);
  if (auto* json = node.as<Json>()) return e.make.json(seen_value(*json->node, {}));
  if (auto* list = node.as<List>()) {
    std::vector<Value> items;
    for (auto& item : *list) items.push_back(seen_value(item, data.kind == TypeKind::List ? data.first : Type{}));
    return e.make.list(items);
  }
  if (auto* map = node.as<Map>()) {
    if (data.structure.valid()) return seen_fields(*map, data.structure);
    std::vector<Entry> entries;
    for (auto& field : *map)
      entries.push_back({e.make.view(field.key), seen_value(field.value, data.kind == TypeKind::Map ? data.second : Type{})});
    return e.make.map(entries);
  }
  if (auto* yes = node.as<bool>()) return Maker::boolean(*yes);
  const auto number = node.as<std::int64_t>() ? std::to_string(*node.as<std::int64_t>())
                      : node.as<Decimal>()    ? std::string(node.as<Decimal>()->text)
                                              : std::string();
  const auto text = node.as<std::string_view>() ? *node.as<std::string_view>() : std::string_view(number);
  auto v = seen_scalar(text, !number.empty(), type);
  if (node.origin != 0xffffffffu) v.origin = node.origin;  // a patch is to be pointed at
  return v;
}

/// A number or a text as its type means it.
Value Realizer::seen_scalar(std::string_view text, bool is_number, Type type) {
  const auto& data = p.types.of(type);
  if (data.kind == TypeKind::Quantity) {
    auto unit = unit_of(p, type);
    auto digits = text.size();
    if (!is_number) {  // "512MiB": as it is shown
      digits = std::min(text.find_first_not_of("-.0123456789"), text.size());
      unit = text.substr(digits);
    }
    Dimension dimension{};
    std::int64_t count = 0;
    if (read_quantity(text.substr(0, digits), unit, dimension, count) == ReadQuantity::Good) return Maker::quantity(dimension, count);
    return {};
  }
  if (data.kind == TypeKind::Enum) return Maker::enumeration(e.sym(text));
  if (is_number && data.kind != TypeKind::String && data.kind != TypeKind::Text) {
    if (text.find('.') != std::string_view::npos) return e.make.view(e.env.arena->copy(text), Tag::Decimal);
    return Maker::integer(std::strtoll(std::string(text).c_str(), nullptr, 10));
  }
  return e.make.text(text);
}

/// Still late: it is there, and says no more.
Value Realizer::seen_late(Late late_value) {
  std::vector<Piece> pieces;
  for (auto& part : late_value) {
    if (auto* literal = std::get_if<std::string_view>(&part)) {
      pieces.push_back({PartKind::Literal, false, 0, {}, *literal, {}});
    } else if (auto* ref = std::get_if<RefPart>(&part)) {
      auto& made = objects_[order_[ref->object]];
      pieces.push_back({PartKind::Attribute, false, made.owner, made.handle, ref->path, made.object.key});
    } else if (auto* name = std::get_if<NamePart>(&part)) {
      auto& made = objects_[order_[name->object]];
      pieces.push_back({PartKind::ObjectName, false, made.owner, made.handle, {}, made.object.key});
    } else if (auto* secret_part = std::get_if<SecretPart>(&part)) {
      for (auto& [component, index] : secrets_)
        if (index == secret_part->secret) pieces.push_back({PartKind::Output, true, component, e.env.components[component].name, {}, {}});
    } else if (auto* input_part = std::get_if<InputPart>(&part)) {
      for (auto& [binding, index] : inputs_)
        if (index == input_part->input) pieces.push_back({PartKind::Input, false, binding, p.bindings[binding].name, {}, {}});
    }
  }
  return e.make.late(pieces);
}

}  // namespace envc::plan
