// The one class behind build.h, split by construct over build_*.cpp. Owns the
// way from nodes to ast.h; must not know what names mean.
#pragma once

#include <string>
#include <string_view>

#include "syntax/ast.h"
#include "syntax/tree.h"

namespace envc::syntax {

using NodeIndex = std::uint32_t;

/// Walks the children of a node in order.
class Children {
 public:
  Children(const Tree& tree, NodeIndex parent) : tree_(tree), at_(first_child(parent)), end_(after(tree, parent)) {}
  [[nodiscard]] bool done() const { return at_ == end_; }
  [[nodiscard]] bool is(NodeKind kind) const { return at_ != end_ && tree_.nodes[at_].kind == kind; }
  [[nodiscard]] NodeKind kind() const { return at_ == end_ ? NodeKind::File : tree_.nodes[at_].kind; }
  [[nodiscard]] NodeIndex peek() const { return at_; }
  /// The current child; goes on to the next.
  NodeIndex next() {
    last_ = at_;
    at_ = after(tree_, at_);
    return last_;
  }
  /// Where the child before the current one ends in the text.
  [[nodiscard]] std::uint32_t last_end() const { return tree_.nodes[last_].end; }
  /// Goes on when the current child is of this kind.
  bool take(NodeKind kind) {
    if (!is(kind)) return false;
    next();
    return true;
  }

 private:
  const Tree& tree_;
  NodeIndex at_;
  NodeIndex end_;
  NodeIndex last_ = 0;
};

class Builder {
 public:
  Builder(const Tree& tree, const SourceMap& sources, Interner& names, ast::Arena& arena, diag::Sink& sink)
      : tree_(tree), text_(sources.text(tree.file)), names_(names), arena_(arena), sink_(sink) {}

  [[nodiscard]] ast::Module module();

 private:
  // build_decls.cpp
  ast::DeclId decl(NodeIndex i, std::uint32_t floor);
  void named_decl(NodeIndex i, ast::Decl& out);
  ast::UseDecl use(NodeIndex i);
  ast::UnionDecl union_type(NodeIndex i);
  ast::FnDecl fn(NodeIndex i);
  ast::TypeDecl type_decl(NodeIndex i, ast::TypeDeclKind kind);
  ast::EnvironmentDecl environment(NodeIndex i);
  std::vector<ast::Binding> params(NodeIndex i);

  // build_entries.cpp
  ast::BlockId block(NodeIndex i);
  ast::BlockId optional_block(Children& c);
  ast::Entry entry(NodeIndex i, std::uint32_t floor);
  ast::FieldEntry field(NodeIndex i);
  ast::DeclFieldEntry decl_field(NodeIndex i);
  ast::EmitEntry emit(NodeIndex i);
  ast::IgnoresEntry ignores(NodeIndex i);
  ast::AllowEntry allow(NodeIndex i);
  ast::LetEntry let(NodeIndex i);
  ast::Tail tail(Children& c);

  // build_types.cpp
  ast::TypeId type(NodeIndex i);
  ast::Binding binding(NodeIndex i);
  void unit(NodeIndex i, Symbol& name, bool& whole);

  // build_values.cpp
  ast::ExprId value(NodeIndex i);
  ast::ExprId optional_value(Children& c);
  ast::ExprId primary(NodeIndex i);
  ast::ExprId match(NodeIndex i);
  ast::ExprId list(NodeIndex i);
  ast::ForClause for_clause(NodeIndex i);
  std::vector<ast::ForClause> for_clauses(Children& c);
  ast::ExprId guard(Children& c);
  std::vector<ast::Arg> args(NodeIndex i);

  // build_operators.cpp
  ast::ExprId expression(NodeIndex i);
  ast::ExprId operators(Children& c, int level);
  ast::ExprId postfix(Children& c);
  ast::ExprId is_test(Children& c, ast::ExprId operand, std::uint32_t begin);

  // build_strings.cpp
  ast::StringLit string(NodeIndex i);
  Symbol quoted(NodeIndex i);

  // build.cpp: names and spans
  [[nodiscard]] const Node& node(NodeIndex i) const { return tree_.nodes[i]; }
  [[nodiscard]] std::string_view text(NodeIndex i) const { return text_.substr(node(i).begin, node(i).end - node(i).begin); }
  [[nodiscard]] Span span(std::uint32_t begin, std::uint32_t end) const { return {tree_.file, begin, end}; }
  [[nodiscard]] Span span(NodeIndex i) const { return span(node(i).begin, node(i).end); }
  Symbol symbol(std::string_view text) { return names_.add(text); }
  ast::Ident ident(NodeIndex i);
  ast::Path path(NodeIndex i);
  Symbol doc(std::uint32_t begin, std::uint32_t floor);
  template <class T>
  ast::ExprId add(Span at, T node) {
    return arena_.exprs.add({at, std::move(node)});
  }

  const Tree& tree_;
  std::string_view text_;
  Interner& names_;
  ast::Arena& arena_;
  diag::Sink& sink_;
};

}  // namespace envc::syntax
