#include "sema/library_index.h"

namespace envc::sema {
namespace {

struct Namer {
  const ast::Arena& arena;
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
  Row operator()(const ast::UseDecl& d) const { return d.path ? Row{text(*d.path), "use", ""} : Row{}; }
  Row operator()(const ast::PolicyDecl& d) const {
    Row row{text(d.name), "policy", ""};
    for (const auto& param : d.params) {  // a list of things is asked about even where it is empty
      const auto* named = param.type.valid() ? std::get_if<ast::NamedType>(&arena.types[param.type].node) : nullptr;
      if (named && named->args.empty()) row.extra += (row.extra.empty() ? "" : " ") + text(named->path);
    }
    return row;
  }
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
  Row operator()(const ast::BindingDecl&) const { return {}; }
  Row operator()(const ast::TestDecl&) const { return {}; }
  Row operator()(const ast::EnvironmentDecl&) const { return {}; }
  Row operator()(const ast::AllowDecl&) const { return {}; }
  Row operator()(const ast::ComponentDecl&) const { return {}; }
  Row operator()(const ast::ErrorDecl&) const { return {}; }
};

/// The rules with an id in a block and in the blocks of its loops and branches.
void add_rules(ast::BlockId block, const std::string& head, const Namer& namer, std::vector<IndexRow>& rows) {
  if (!block.valid()) return;
  for (const auto& entry : namer.arena.blocks[block].entries) {
    if (const auto* r = std::get_if<ast::RequireEntry>(&entry.node); r && r->id)
      rows.push_back({namer.text(*r->id), "require", head, entry.span.begin, entry.span.end, false});
    if (const auto* loop = std::get_if<ast::LoopEntry>(&entry.node)) add_rules(loop->body, head, namer, rows);
    if (const auto* branch = std::get_if<ast::BranchEntry>(&entry.node)) {
      add_rules(branch->then, head, namer, rows);
      add_rules(branch->otherwise, head, namer, rows);
    }
  }
}

}  // namespace

std::vector<IndexRow> index_declarations(const ast::Module& module, const ast::Arena& arena, const Interner& names) {
  std::vector<IndexRow> rows;
  for (auto id : module.decls) {
    const auto& decl = arena.decls[id];
    const Namer namer{arena, names};
    auto row = std::visit(namer, decl.node);
    if (row.name.empty()) continue;
    row.begin = decl.span.begin;
    row.end = decl.span.end;
    row.is_private = decl.is_private;
    if (const auto* d = std::get_if<ast::TypeDecl>(&decl.node)) add_rules(d->block, row.what + " " + row.name, namer, rows);
    if (const auto* d = std::get_if<ast::RealizeDecl>(&decl.node))
      add_rules(d->block, "realize " + row.name + " on " + row.extra, namer, rows);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace envc::sema
