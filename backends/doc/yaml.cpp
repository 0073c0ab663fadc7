// See yaml.h: the layout. Which texts need quotes is yaml_text.cpp's.
#include "doc/yaml.h"

#include "doc/json.h"
#include "doc/number.h"

namespace envc::backends::doc {
namespace {

bool is_null(const plan::Field& field) { return std::holds_alternative<plan::Null>(field.value.value); }

bool is_empty(plan::Map fields) {
  for (const auto& field : fields) {
    if (!is_null(field)) return false;
  }
  return true;
}

}  // namespace

void Yaml::fields(plan::Map fields, std::size_t indent, const Place& at) {
  for (const auto& f : fields) field(f, indent, at);
}

void Yaml::field(const plan::Field& field, std::size_t indent, const Place& at) {
  if (is_null(field)) return;
  key(field.key, indent);
  after_key(field.value, indent, at.inside(field.key));
}

void Yaml::after_key(const plan::Node& node, std::size_t indent, const Place& at) {
  if (const auto* map = node.as<plan::Map>(); map != nullptr && !is_empty(*map)) {
    out_ += '\n';
    fields(*map, indent + 2, at);
  } else if (const auto* list = node.as<plan::List>(); list != nullptr && !list->empty()) {
    out_ += '\n';
    items(*list, indent + 2, at);
  } else {
    out_ += ' ';
    scalar(node, indent + 2, at);
  }
}

void Yaml::items(plan::List items, std::size_t indent, const Place& at) {
  for (const auto& item : items) {
    out_.append(indent, ' ');
    out_ += "- ";
    value(item, indent + 2, at);
  }
}

// What stands after "- ": the first line continues it, the others are indented.
void Yaml::value(const plan::Node& node, std::size_t indent, const Place& at) {
  if (const auto* map = node.as<plan::Map>(); map != nullptr && !is_empty(*map)) {
    bool first = true;
    for (const auto& f : *map) {
      if (is_null(f)) continue;
      key(f.key, first ? 0 : indent);
      after_key(f.value, indent, at.inside(f.key));
      first = false;
    }
  } else if (const auto* list = node.as<plan::List>(); list != nullptr && !list->empty()) {
    bool first = true;
    for (const auto& item : *list) {
      out_.append(first ? 0 : indent, ' ');
      out_ += "- ";
      value(item, indent + 2, at);
      first = false;
    }
  } else {
    scalar(node, indent, at);
  }
}

void Yaml::scalar(const plan::Node& node, std::size_t indent, const Place& at) {
  if (node.as<std::string_view>() != nullptr || node.as<plan::Late>() != nullptr) {
    scratch_.clear();
    const auto spelled = spell_(at, node, scratch_);
    return text(spelled.text, spelled.quote, indent);
  }
  if (const auto* json = node.as<plan::Json>()) {
    json_.clear();
    append_compact_json(json_, *json->node, at, spell_);
    return text(json_, true, indent);
  }
  if (const auto* flag = node.as<bool>()) out_ += *flag ? "true" : "false";
  else if (const auto* number = node.as<std::int64_t>()) append_integer(out_, *number);
  else if (const auto* decimal = node.as<plan::Decimal>()) out_ += decimal->text;
  else if (node.as<plan::Map>() != nullptr) out_ += "{}";
  else if (node.as<plan::List>() != nullptr) out_ += "[]";
  else out_ += "null";
  out_ += '\n';
}

}  // namespace envc::backends::doc
