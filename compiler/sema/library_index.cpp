#include "sema/library_index.h"

namespace envc::sema {
namespace {

struct Namer {
  const Interner& names;

  std::string text(const ast::Ident& ident) const { return std::string(names[ident.name]); }
  std::string text(const ast::Path& path) const {
    std::string out;
    for (const auto& part : path.parts) out += (out.empty() ? "" : ".") + text(part);
    return out;
  }

  using Row = IndexRow;
  Row operator()(const ast::LetDecl& d) const { return {text(d.let.name), "let", ""}; }
  Row operator()(const ast::AliasDecl& d) const { return {text(d.name), "alias", ""}; }
  Row operator()(const ast::EnumDecl& d) const { return {text(d.name), "enum", ""}; }
  Row operator()(const ast::UnionDecl& d) const { return {text(d.name), "union", ""}; }
  Row operator()(const ast::FnDecl& d) const { return {text(d.name), "fn", ""}; }
  Row operator()(const ast::ShapeDecl& d) const { return {text(d.path), "shape", ""}; }
  Row operator()(const ast::RealizeDecl& d) const { return {text(d.path), "realize", text(d.platform)}; }
  Row operator()(const ast::PolicyDecl& d) const { return {text(d.name), "policy", ""}; }
  Row operator()(const ast::TypeDecl& d) const {
    switch (d.kind) {
      case ast::TypeDeclKind::Record: return {text(d.name), "record", ""};
      case ast::TypeDeclKind::Interface:
        return d.on ? Row{text(d.name), "facet", text(*d.on)} : Row{text(d.name), "interface", ""};
      case ast::TypeDeclKind::Kind:
        return d.on ? Row{text(d.name), "facet", text(*d.on)} : Row{text(d.name), "kind", ""};
      case ast::TypeDeclKind::Platform: return {text(d.name), "platform", ""};
      case ast::TypeDeclKind::Format: return {text(d.name), "format", ""};
    }
    return {};
  }
  // Not part of the index.
  Row operator()(const ast::EditionDecl&) const { return {}; }
  Row operator()(const ast::UseDecl&) const { return {}; }
  Row operator()(const ast::BindingDecl&) const { return {}; }
  Row operator()(const ast::TestDecl&) const { return {}; }
  Row operator()(const ast::EnvironmentDecl&) const { return {}; }
  Row operator()(const ast::AllowDecl&) const { return {}; }
  Row operator()(const ast::ComponentDecl&) const { return {}; }
  Row operator()(const ast::ErrorDecl&) const { return {}; }
};

}  // namespace

std::vector<IndexRow> index_declarations(const ast::Module& module, const ast::Arena& arena, const Interner& names) {
  std::vector<IndexRow> rows;
  for (auto id : module.decls) {
    const auto& decl = arena.decls[id];
    auto row = std::visit(Namer{names}, decl.node);
    if (row.name.empty()) continue;
    row.begin = decl.span.begin;
    row.end = decl.span.end;
    row.is_private = decl.is_private;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace envc::sema
