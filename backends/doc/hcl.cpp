// See hcl.h: blocks, arguments and their alignment. Values are hcl_values.cpp's.
//
// `terraform fmt` aligns `=` within a run of adjacent one-line arguments; a value
// that goes on in later lines has one blank before its `=` and ends the run.
#include "doc/hcl.h"

#include <algorithm>

namespace envc::backends::doc {

void Hcl::block(std::string_view keyword, std::string_view first_label, std::string_view second_label, plan::Map fields) {
  out_ += keyword;
  for (const auto label : {first_label, second_label}) {
    if (label.empty()) continue;
    out_ += " \"";
    append_hcl_text(out_, label, 0);
    out_ += '"';
  }
  out_ += " {";
  const auto start = out_.size();
  out_ += '\n';
  body(fields, 2, {keyword});
  if (out_.size() == start + 1) out_.pop_back();  // `locals {}`
  out_ += "}\n";
}

// Fields that leave no line: null, and a block that is repeated no times.
bool Hcl::is_absent(const plan::Field& field, const Scope& scope) {
  if (field.value.as<plan::Null>() != nullptr) return true;
  const auto* blocks = field.block && !scope.is_object ? field.value.as<plan::List>() : nullptr;
  return blocks != nullptr && blocks->empty();
}

void Hcl::body(plan::Map fields, std::size_t indent, const Scope& scope) {
  bool first = true;
  bool after_block = false;
  for (std::size_t i = 0; i < fields.size();) {
    const auto& field = fields[i];
    if (is_absent(field, scope)) {
      ++i;
      continue;
    }
    if (field.block && !scope.is_object) {
      if (!first) out_ += '\n';
      nested(field, indent);
      first = false;
      after_block = true;
      ++i;
      continue;
    }
    if (after_block) out_ += '\n';
    after_block = false;
    first = false;
    i = run(fields, i, indent, scope);
  }
}

// Prints the arguments from `from` that share one alignment, and the one after
// them if it spans lines; returns the first field that is not printed.
std::size_t Hcl::run(plan::Map fields, std::size_t from, std::size_t indent, const Scope& scope) {
  const auto base = keys_.size();
  std::size_t width = 0;
  std::size_t end = from;
  bool spans_lines = false;
  for (; end < fields.size() && !spans_lines; ++end) {
    const auto& field = fields[end];
    if (is_absent(field, scope)) continue;
    if (field.block && !scope.is_object) break;
    const auto form = key_form(field.key, scope);
    keys_.push_back(form);
    spans_lines = layout(field.value, is_bare(scope, field.key), indent + form.columns + 3) == Layout::ManyLines;
    if (!spans_lines) width = std::max(width, form.columns);
  }
  auto next = base;
  for (std::size_t i = from; i < end; ++i) {
    const auto& field = fields[i];
    if (is_absent(field, scope)) continue;
    const bool is_last = spans_lines && i + 1 == end;
    const auto form = keys_[next++];
    out_.append(indent, ' ');
    key(field.key, form, scope);
    if (!is_last) out_.append(width - form.columns, ' ');
    out_ += " = ";
    value(field.value, indent, is_bare(scope, field.key), is_last ? Layout::ManyLines : Layout::OneLine);
    out_ += '\n';
  }
  keys_.resize(base, {});
  return end;
}

void Hcl::nested(const plan::Field& field, std::size_t indent) {
  if (const auto* map = field.value.as<plan::Map>()) return nested_block(field.key, *map, indent);
  if (const auto* list = field.value.as<plan::List>()) {
    bool first = true;
    for (const auto& item : *list) {
      const auto* map = item.as<plan::Map>();
      if (map == nullptr) continue;
      if (!first) out_ += '\n';
      first = false;
      nested_block(field.key, *map, indent);
    }
  }
}

// "backend.s3" is the block `backend "s3"`: what follows a point are labels.
void Hcl::nested_block(std::string_view name, plan::Map fields, std::size_t indent) {
  const auto point = name.find('.');
  const auto keyword = name.substr(0, point);
  if (!is_hcl_identifier(keyword)) spelling_.bad_name(keyword);
  out_.append(indent, ' ');
  out_ += keyword;
  if (point != std::string_view::npos) {
    out_ += " \"";
    append_hcl_text(out_, name.substr(point + 1), 0);
    out_ += '"';
  }
  out_ += " {";
  const auto start = out_.size();
  out_ += '\n';
  body(fields, indent + 2, {keyword});
  if (out_.size() == start + 1) out_.pop_back();
  else out_.append(indent, ' ');
  out_ += "}\n";
}

}  // namespace envc::backends::doc
