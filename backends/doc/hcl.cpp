// See hcl.h: blocks, arguments and their alignment. Values are hcl_values.cpp's.
//
// `terraform fmt` aligns `=` within a run of adjacent one-line arguments; a value
// that goes on in later lines has one blank before its `=` and ends the run.
#include "doc/hcl.h"

#include <algorithm>

namespace envc::backends::doc {
namespace {

bool is_null(const plan::Field& field) { return std::holds_alternative<plan::Null>(field.value.value); }

}  // namespace

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

void Hcl::body(plan::Map fields, std::size_t indent, const Scope& scope) {
  bool first = true;
  bool after_block = false;
  for (std::size_t i = 0; i < fields.size();) {
    const auto& field = fields[i];
    if (is_null(field)) {
      ++i;
      continue;
    }
    if (field.block && !scope.is_object) {
      const auto before = out_.size();
      if (!first) out_ += '\n';
      const auto start = out_.size();
      nested(field, indent);
      if (out_.size() == start) {
        out_.resize(before);  // an empty list of blocks
      } else {
        first = false;
        after_block = true;
      }
      ++i;
      continue;
    }
    if (after_block) out_ += '\n';
    after_block = false;
    first = false;
    i = run(fields, i, indent, scope);
  }
}

// Prints the arguments from `from` that share one alignment, or the one that
// spans lines; returns the first field after them.
std::size_t Hcl::run(plan::Map fields, std::size_t from, std::size_t indent, const Scope& scope) {
  std::size_t width = 0;
  std::size_t end = from;
  for (; end < fields.size(); ++end) {
    const auto& field = fields[end];
    if (is_null(field)) continue;
    if (field.block && !scope.is_object) break;
    const auto columns = key_width(field.key, scope);
    if (!on_one_line(field.value, is_bare(scope, field.key), indent + columns + 3)) break;
    width = std::max(width, columns);
  }
  const bool spans_lines = end == from;
  if (spans_lines) ++end;
  for (std::size_t i = from; i < end; ++i) {
    const auto& field = fields[i];
    if (is_null(field)) continue;
    out_.append(indent, ' ');
    key(field.key, scope);
    const auto columns = key_width(field.key, scope);
    if (!spans_lines) out_.append(width - columns, ' ');
    out_ += " = ";
    value(field.value, indent, is_bare(scope, field.key), indent + columns + 3);
    out_ += '\n';
  }
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
