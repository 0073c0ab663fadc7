// From the library's texts to plain data: one entry for each declaration.
#include <algorithm>
#include <map>

#include "driver/reference/reference.h"
#include "syntax/build.h"
#include "syntax/parse.h"

namespace envc::driver {
namespace {

/// In one line, with single blanks.
std::string flat(std::string_view text) {
  std::string out;
  for (char ch : text) {
    if (ch == '\n' || ch == ' ') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += ch;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// What people read: `\"` and `\{` stand for the second character, and holes are left open.
std::string readable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') {
      const auto end = text.find('}', i);
      i = end == std::string_view::npos ? text.size() : end;
      out += "…";
      continue;
    }
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

struct Reader {
  const SourceMap& sources;
  const Interner& names;
  const ast::Arena& ast;
  Reference& out;
  std::map<std::string, std::vector<ReferenceRealization>, std::less<>>& realized;  ///< by the name of the kind

  std::string text(Symbol s) const { return std::string(names[s]); }
  std::string written(Span span) const { return flat(sources.text(span)); }
  std::string type(ast::TypeId id) const { return id.valid() ? written(ast.types[id].span) : ""; }
  std::string value(ast::ExprId id) const { return id.valid() ? written(ast.exprs[id].span) : ""; }

  ReferenceField field(const ast::DeclFieldEntry& one, Symbol doc) const {
    return {text(one.name.name), type(one.type), value(one.value), text(doc), one.modifiers.varies,
            one.type.valid() && ast.types[one.type].optional};
  }

  /// What is said when it is broken, without quotes; else the condition.
  std::string requirement(const ast::RequireEntry& one) const {
    auto said = one.message.valid() ? value(one.message) : "`" + value(one.condition) + "`";
    if (said.size() > 1 && (said.front() == '"' || said.front() == '\'') && said.back() == said.front())
      said = readable(said.substr(1, said.size() - 2));
    return one.id ? "`" + text(one.id->name) + "`: " + said : said;
  }

  void members(ast::BlockId id, ReferenceEntry& entry) const {
    if (!id.valid()) return;
    for (const auto& one : ast.blocks[id].entries) {
      if (const auto* declared = std::get_if<ast::DeclFieldEntry>(&one.node)) {
        const auto& m = declared->modifiers;
        if (m.output && (!m.silent || !names[one.doc].empty())) entry.outputs.push_back(field(*declared, one.doc));
        if (!m.output && !m.out && !m.option) entry.fields.push_back(field(*declared, one.doc));
      }
      if (const auto* part = std::get_if<ast::FieldEntry>(&one.node); part && part->key)
        entry.parts.push_back(text(part->label.name) + " " + text(part->key->name));
      if (const auto* rule = std::get_if<ast::RequireEntry>(&one.node)) entry.requirements.push_back(requirement(*rule));
    }
  }

  void options(ast::BlockId id, std::vector<ReferenceField>& found) const {
    if (!id.valid()) return;
    for (const auto& one : ast.blocks[id].entries)
      if (const auto* declared = std::get_if<ast::DeclFieldEntry>(&one.node); declared && declared->modifiers.option)
        found.push_back(field(*declared, one.doc));
  }

  std::string dotted(const ast::Path& path) const {
    std::string name;
    for (const auto& part : path.parts) name += (name.empty() ? "" : ".") + text(part.name);
    return name;
  }

  /// A realization may go on in other files: its options are those of all.
  void realization(const ast::RealizeDecl& one) const {
    const auto name = dotted(one.path);
    const auto dot = name.find('.');
    auto& of_kind = realized[name.substr(0, dot)];
    const auto part = dot == std::string::npos ? "" : name.substr(dot + 1);
    const auto platform = text(one.platform.name);
    auto at = std::find_if(of_kind.begin(), of_kind.end(),
                           [&](const auto& r) { return r.platform == platform && r.part == part; });
    if (at == of_kind.end()) at = of_kind.insert(of_kind.end(), {platform, part, {}});
    options(one.block, at->options);
  }

  /// The declaration up to where its block or its value begins.
  std::string head(const ast::Decl& decl, std::uint32_t end) const {
    auto said = written({decl.span.file, decl.span.begin, end == 0 ? decl.span.end : end});
    while (!said.empty() && (said.back() == '=' || said.back() == ' ')) said.pop_back();
    return said;
  }

  void declaration(const ast::Decl& decl, const sema::LibraryFile& file) const {
    ReferenceEntry entry;
    std::uint32_t end = 0;
    const auto begin_of = [&](ast::BlockId id) { return id.valid() ? ast.blocks[id].span.begin : 0; };
    if (const auto* d = std::get_if<ast::TypeDecl>(&decl.node)) {
      if (d->on || d->kind == ast::TypeDeclKind::Format) return;  // what realizations agree on, not what users write
      static constexpr std::string_view words[] = {"record", "interface", "kind", "platform"};
      entry.name = text(d->name.name), entry.what = words[static_cast<std::size_t>(d->kind)];
      for (const auto& base : d->bases) entry.bases.push_back(dotted(base));
      if (d->extends) entry.bases.push_back(dotted(*d->extends));
      members(d->block, entry);
      end = begin_of(d->block);
    } else if (const auto* u = std::get_if<ast::UnionDecl>(&decl.node)) {
      entry.name = text(u->name.name), entry.what = "union";
      for (const auto& one : u->cases) {
        ReferenceEntry fields;
        members(one.block, fields);
        entry.cases.push_back({text(one.name.name), std::move(fields.fields)});
      }
      end = u->name.span.end;
    } else if (const auto* e = std::get_if<ast::EnumDecl>(&decl.node)) {
      entry.name = text(e->name.name), entry.what = "enum";
      for (const auto& one : e->cases) entry.cases.push_back({text(one.name), {}});
    } else if (const auto* a = std::get_if<ast::AliasDecl>(&decl.node)) {
      entry.name = text(a->name.name), entry.what = "alias", entry.type = type(a->type);
    } else if (const auto* f = std::get_if<ast::FnDecl>(&decl.node)) {
      entry.name = text(f->name.name), entry.what = "fn", entry.type = type(f->result);
      end = f->body.valid() ? ast.exprs[f->body].span.begin : 0;
    } else {
      return;
    }
    entry.head = head(decl, end);
    entry.doc = text(decl.doc);
    entry.path = file.path;
    entry.line = sources.line_column(decl.span.file, decl.span.begin).line;
    out.entries.push_back(std::move(entry));
  }
};

}  // namespace

Reference library_reference(const sema::LibraryIndex& library) {
  Reference reference;
  std::map<std::string, std::vector<ReferenceRealization>, std::less<>> realized;
  SourceMap sources;
  for (const auto& file : library.files) {
    Interner names;
    ast::Arena ast;
    diag::Sink sink;
    const auto id = sources.add_view(std::string(file.path), file.text, SourceOwner::Library);
    const auto module = syntax::build(syntax::parse(sources, id, sink), sources, names, ast, sink);
    const Reader reader{sources, names, ast, reference, realized};
    for (auto one : module.decls) {
      const auto& decl = ast.decls[one];
      if (const auto* r = std::get_if<ast::RealizeDecl>(&decl.node)) reader.realization(*r);
      else if (!decl.is_private) reader.declaration(decl, file);
    }
  }
  for (auto& entry : reference.entries)
    if (auto found = realized.find(entry.name); found != realized.end() && entry.what == "kind") entry.realizations = found->second;
  return reference;
}

std::string first_sentence(std::string_view doc) {
  auto text = flat(doc);
  auto end = text.find(". ");
  if (end == std::string::npos) end = text.ends_with('.') ? text.size() - 1 : text.size();
  return text.substr(0, end);
}

}  // namespace envc::driver
