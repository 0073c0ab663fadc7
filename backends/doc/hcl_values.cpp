// Values in HCL: objects, lists, jsonencode(…), late values as expressions or
// templates. Layout of arguments is hcl.cpp's.
#include "doc/hcl.h"
#include "doc/number.h"

namespace envc::backends::doc {
namespace {

constexpr std::size_t max_columns = 100;  // a list of scalars shorter than this stays on its line

bool is_scalar(const plan::Node& node) {
  return node.as<plan::List>() == nullptr && node.as<plan::Map>() == nullptr && node.as<plan::Json>() == nullptr;
}

bool is_empty(plan::Map fields) {
  for (const auto& field : fields) {
    if (field.value.as<plan::Null>() == nullptr) return false;
  }
  return true;
}

// The character with which the parts from `from` on begin, 0 for none.
char first_character(plan::Late parts, std::size_t from, const HclSpelling& spelling) {
  for (; from < parts.size(); ++from) {
    const auto* text = std::get_if<std::string_view>(&parts[from]);
    const auto* name = std::get_if<plan::NamePart>(&parts[from]);
    if (text == nullptr && name == nullptr) return '$';
    const auto known = text != nullptr ? *text : spelling.name(*name);
    if (!known.empty()) return known.front();
  }
  return 0;
}

}  // namespace

Hcl::Layout Hcl::layout(const plan::Node& node, bool bare, std::size_t column) {
  if (const auto* json = node.as<plan::Json>())
    return layout(*json->node, false, column + std::string_view("jsonencode(").size());
  if (const auto* map = node.as<plan::Map>()) return is_empty(*map) ? Layout::OneLine : Layout::ManyLines;
  const auto* items = node.as<plan::List>();
  if (items == nullptr || items->empty()) return Layout::OneLine;
  for (const auto& item : *items) {
    if (!is_scalar(item)) return Layout::ManyLines;
  }
  const auto before = out_.size();
  list(*items, 0, bare, Layout::OneLine);
  const auto width = out_.size() - before;
  out_.resize(before);
  return column + width < max_columns ? Layout::OneLine : Layout::ManyLines;
}

void Hcl::value(const plan::Node& node, std::size_t indent, bool bare, Layout layout) {
  if (const auto* map = node.as<plan::Map>()) {
    object(*map, indent, bare);
  } else if (const auto* items = node.as<plan::List>()) {
    list(*items, indent, bare, layout);
  } else if (const auto* json = node.as<plan::Json>()) {
    out_ += "jsonencode(";
    value(*json->node, indent, false, layout);
    out_ += ')';
  } else if (const auto* flag = node.as<bool>()) {
    out_ += *flag ? "true" : "false";
  } else if (const auto* number = node.as<std::int64_t>()) {
    append_integer(out_, *number);
  } else if (const auto* decimal = node.as<plan::Decimal>()) {
    out_ += decimal->text;
  } else if (node.as<plan::Null>() != nullptr) {
    out_ += "null";
  } else {
    text(node, bare);
  }
}

void Hcl::object(plan::Map fields, std::size_t indent, bool bare) {
  out_ += '{';
  if (!is_empty(fields)) {
    out_ += '\n';
    body(fields, indent + 2, {{}, bare, true});
    out_.append(indent, ' ');
  }
  out_ += '}';
}

void Hcl::list(plan::List items, std::size_t indent, bool bare, Layout how) {
  out_ += '[';
  if (how == Layout::OneLine) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ", ";
      first = false;
      value(item, 0, bare, Layout::OneLine);
    }
  } else {
    out_ += '\n';
    for (const auto& item : items) {
      out_.append(indent + 2, ' ');
      value(item, indent + 2, bare, layout(item, bare, indent + 2));
      out_ += ",\n";
    }
    out_.append(indent, ' ');
  }
  out_ += ']';
}

void Hcl::text(const plan::Node& node, bool bare) {
  if (const auto* parts = node.as<plan::Late>()) return late(*parts, bare);
  const auto known = *node.as<std::string_view>();
  if (bare) {
    out_ += known;
    return;
  }
  out_ += '"';
  append_hcl_text(out_, known, 0);
  out_ += '"';
}

void Hcl::late(plan::Late parts, bool bare) {
  const bool quoted = !bare && (parts.size() != 1 || std::holds_alternative<std::string_view>(parts[0]) ||
                                std::holds_alternative<plan::NamePart>(parts[0]));
  if (quoted) out_ += '"';
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto* literal = std::get_if<std::string_view>(&parts[i]);
    const auto* name = std::get_if<plan::NamePart>(&parts[i]);
    if (literal != nullptr || name != nullptr) {
      const auto known = literal != nullptr ? *literal : spelling_.name(*name);
      if (quoted) append_hcl_text(out_, known, first_character(parts, i + 1, spelling_));
      else out_ += known;
    } else {
      if (quoted) out_ += "${";
      spelling_.expression(out_, parts[i]);
      if (quoted) out_ += '}';
    }
  }
  if (quoted) out_ += '"';
}

}  // namespace envc::backends::doc
