// plan::Node -> HCL, laid out exactly as `terraform fmt` leaves it. Knows the
// syntax (blocks, arguments, templates, alignment); which arguments hold bare
// words and what a reference is called is the backend's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/function_ref.h"
#include "plan/plan.h"

namespace envc::backends::doc {

/// What the printer asks the backend.
struct HclSpelling {
  /// Appends the expression for a part: `aws_vpc.main.id`, `var.version`.
  /// Never called for a text or a name.
  FunctionRef<void(std::string& out, const plan::Part& part)> expression;
  FunctionRef<std::string_view(plan::NamePart part)> name;
  /// An argument or block whose name HCL cannot say.
  FunctionRef<void(std::string_view name)> bad_name;
  /// Whether texts in this argument of this block are words and references, not strings.
  bool (*bare)(std::string_view block, std::string_view argument);
};

class Hcl {
 public:
  Hcl(std::string& out, const HclSpelling& spelling) : out_(out), spelling_(spelling) {}

  /// `keyword "label" "label" { … }` at the left margin. `keyword` also tells
  /// `bare` where it is.
  void block(std::string_view keyword, std::string_view first_label, std::string_view second_label, plan::Map body);

 private:
  // The body of a block or an object. `block` is empty inside an object.
  struct Scope {
    std::string_view block;
    bool bare = false;
    bool is_object = false;
  };
  enum class Layout : std::uint8_t { OneLine, ManyLines };

  [[nodiscard]] static bool is_absent(const plan::Field& field, const Scope& scope);
  void body(plan::Map fields, std::size_t indent, const Scope& scope);
  std::size_t run(plan::Map fields, std::size_t from, std::size_t indent, const Scope& scope);
  void nested(const plan::Field& field, std::size_t indent);
  void nested_block(std::string_view key, plan::Map fields, std::size_t indent);
  struct KeyForm {
    std::size_t columns;
    bool is_quoted;
  };
  void key(std::string_view key, const KeyForm& form, const Scope& scope);
  [[nodiscard]] KeyForm key_form(std::string_view key, const Scope& scope);
  void value(const plan::Node& node, std::size_t indent, bool bare, Layout layout);
  void object(plan::Map fields, std::size_t indent, bool bare);
  void list(plan::List items, std::size_t indent, bool bare, Layout layout);
  void text(const plan::Node& node, bool bare);
  void late(plan::Late parts, bool bare);
  /// Whether the value stays on the line on which it begins at `column`.
  [[nodiscard]] Layout layout(const plan::Node& node, bool bare, std::size_t column);
  [[nodiscard]] bool is_bare(const Scope& scope, std::string_view key) const {
    return scope.bare || (!scope.is_object && spelling_.bare(scope.block, key));
  }

  std::string& out_;
  const HclSpelling& spelling_;
  std::vector<KeyForm> keys_;  // a stack: the keys of the runs being printed
};

[[nodiscard]] bool is_hcl_identifier(std::string_view text);
/// Appends the inside of a quoted template. `next` is the character that will
/// follow, 0 for none: `$` before `${` needs an escape of its own.
void append_hcl_text(std::string& out, std::string_view text, char next);

}  // namespace envc::backends::doc
