// Loading: user files whole, library declarations one by one when a name asks
// for them. Turns declarations into rows of the program's tables; looks into no
// body.
#include "sema/check.h"

#include <algorithm>

#include "diag/render.h"
#include "syntax/build.h"
#include "syntax/parse.h"

namespace envc::sema {
namespace {

std::string folder_of(const std::string& path) {
  auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

/// "a/./b/../c" -> "a/c"; nothing when it climbs above its start.
std::optional<std::string> normal(const std::string& path) {
  std::vector<std::string> parts;
  std::string part;
  for (std::size_t i = 0; i <= path.size(); ++i) {
    if (i < path.size() && path[i] != '/') { part += path[i]; continue; }
    if (part == "..") {
      if (parts.empty()) return std::nullopt;
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    part.clear();
  }
  std::string joined;
  for (auto& one : parts) joined += (joined.empty() ? "" : "/") + one;
  return joined;
}

/// The `///` lines above a declaration that was parsed alone.
std::string doc_above(std::string_view text, std::uint32_t at) {
  std::string doc;
  while (at > 0) {
    auto end = text.rfind('\n', at - 1);
    if (end == std::string_view::npos || end == 0) break;
    auto begin = text.rfind('\n', end - 1);
    begin = begin == std::string_view::npos ? 0 : begin + 1;
    auto line = text.substr(begin, end - begin);
    if (!line.starts_with("///")) break;
    line.remove_prefix(std::min<std::size_t>(line.find_first_not_of("/ "), line.size()));
    doc = doc.empty() ? std::string(line) : std::string(line) + "\n" + doc;
    at = static_cast<std::uint32_t>(begin);
  }
  return doc;
}

std::string_view declared_word(DeclaredKind kind) {
  switch (kind) {
    case DeclaredKind::Struct: return "kind or type";
    case DeclaredKind::Enum:
    case DeclaredKind::Union:
    case DeclaredKind::Alias: return "type";
    case DeclaredKind::Function: return "function";
    case DeclaredKind::Let: return "`let`";
    case DeclaredKind::Binding: return "param, input or setting";
    case DeclaredKind::Component: return "component";
    case DeclaredKind::Environment: return "environment";
    case DeclaredKind::Policy: break;
  }
  return "policy";
}

}  // namespace

void Checker::load_user_file(const std::string& path) {
  if (!used_files_.insert(path).second) return;
  auto full = root_.empty() ? path : root_ + "/" + path;
  auto text = files_.read(full);
  if (!text) {
    sink_.report(diag::UnreadableFile{}, {}, path, text.error().message);
    return;
  }
  auto file = p.sources->add(path, std::move(*text), SourceOwner::User);
  auto tree = syntax::parse(*p.sources, file, sink_);
  auto module = syntax::build(tree, *p.sources, *p.names, *p.ast, sink_);
  using_.push_back(path);
  declare_module(module, SourceOwner::User);
  using_.pop_back();
}

void Checker::declare_module(const ast::Module& module, SourceOwner owner) {
  for (auto id : module.decls) declare(id, owner);
}

void Checker::add_name(Symbol name, Declared declared) {
  auto names = Names::Values;
  if (declared.kind == DeclaredKind::Function) names = Names::Functions;
  if (declared.kind == DeclaredKind::Struct || declared.kind == DeclaredKind::Enum || declared.kind == DeclaredKind::Union || declared.kind == DeclaredKind::Alias) names = Names::Types;
  bool user = p.sources->is_user(declared.span);
  auto [at, added] = (user ? table(names).user : table(names).library).try_emplace(name, declared);
  if (added || !user) return;
  auto& earlier = at->second;
  sink_.report(diag::DuplicateName{}, declared.span, text(name))
      .here(fmt::format("a {}", declared_word(declared.kind)))
      .label(earlier.span, fmt::format("first declared here, as a {}", declared_word(earlier.kind)))
      .help("every name is one thing: rename one of them");
}

const Declared* Checker::lookup(Names names, Symbol name, const Span& from) {
  auto& t_ = table(names);
  bool library_first = from.valid() && !p.sources->is_user(from);
  auto in = [&](std::unordered_map<Symbol, Declared>& where) -> const Declared* {
    auto at = where.find(name);
    return at == where.end() ? nullptr : &at->second;
  };
  if (!library_first)
    if (auto* found = in(t_.user)) return found;
  if (!in(t_.library)) load_from_library(name);
  if (auto* found = in(t_.library)) return found;
  return library_first ? in(t_.user) : nullptr;
}

void Checker::load_library_entry(const LibraryEntry& entry) {
  if (!loaded_.insert({entry.file, entry.begin}).second) return;
  auto& file = library_files_[{entry.file, 0}];
  if (!file.valid())
    file = p.sources->add_view(std::string(library_.files[entry.file].path), library_.files[entry.file].text, SourceOwner::Library);
  auto tree = syntax::parse_range(*p.sources, file, entry.begin, entry.end, sink_);
  declare_module(syntax::build(tree, *p.sources, *p.names, *p.ast, sink_), SourceOwner::Library);
}

bool Checker::load_from_library(Symbol symbol, std::string_view what, std::string_view extra) {
  bool any = false;
  for (const auto& entry : find(library_, p.text(symbol))) {
    if (what.empty()) {
      if (entry.what == "shape" || entry.what == "realize" || entry.what == "policy" || entry.what == "facet" || entry.what == "use" || entry.what == "require") continue;
    } else if (entry.what != what || (!extra.empty() && entry.extra != extra)) {
      continue;
    }
    load_library_entry(entry);
    any = true;
  }
  return any;
}

void Checker::declare(ast::DeclId id, SourceOwner owner) {
  const auto decl = p.ast->decls[id];
  auto struct_decl = [&](StructKind kind, const ast::Ident& name) {
    Struct s;
    s.kind = kind;
    s.name = name.name;
    s.span = name.span;
    s.doc = decl.doc;
    s.decl = id;
    auto made = p.structs.add(std::move(s));
    add_name(name.name, {DeclaredKind::Struct, made.index, name.span});
    if (owner == SourceOwner::User) to_check_.push_back(made);
    return made;
  };
  struct Visitor {
    Checker& c;
    const ast::Decl& decl;
    ast::DeclId id;
    SourceOwner owner;
    std::function<StructId(StructKind, const ast::Ident&)> struct_decl;

    void operator()(const ast::EditionDecl& e) { c.edition(e, decl.span); }
    void operator()(const ast::UseDecl& u) { c.use(u, decl.span); }
    void operator()(const ast::BindingDecl& b) {
      c.p.bindings.push_back({b.kind, b.binding.name.name, {}, b.binding.value, b.binding.name.span, decl.doc, {}, b.binding.type});
      c.add_name(b.binding.name.name, {DeclaredKind::Binding, static_cast<std::uint32_t>(c.p.bindings.size() - 1), b.binding.name.span});
    }
    void operator()(const ast::LetDecl& l) {
      c.p.lets.push_back({l.let.name.name, {}, l.let.value, l.let.name.span, {}});
      c.add_name(l.let.name.name, {DeclaredKind::Let, static_cast<std::uint32_t>(c.p.lets.size() - 1), l.let.name.span});
    }
    void operator()(const ast::AliasDecl& a) {
      c.aliases_.push_back({a.name.name, {a.type, {}}});
      auto doc = decl.doc.empty() ? doc_above(c.p.sources->text(decl.span.file), decl.span.begin) : c.text(decl.doc);
      if (!doc.empty()) c.p.alias_docs.try_emplace(a.name.name, c.p.names->add(doc));
      c.add_name(a.name.name, {DeclaredKind::Alias, static_cast<std::uint32_t>(c.aliases_.size() - 1), a.name.span});
    }
    void operator()(const ast::EnumDecl& e) {
      Enum made{e.name.name, {}, e.name.span};
      for (auto& one : e.cases) made.cases.push_back(one.name);
      c.add_name(e.name.name, {DeclaredKind::Enum, c.p.enums.add(std::move(made)).index, e.name.span});
    }
    void operator()(const ast::UnionDecl& u) {
      Union made{u.name.name, {}, u.name.span};
      for (auto& one : u.cases) {
        StructId payload;
        if (one.block.valid()) {
          Struct s;
          s.kind = StructKind::Case;
          s.name = one.name.name;
          s.span = one.name.span;
          s.decl = id;
          payload = c.p.structs.add(std::move(s));
          c.struct_state_[payload.index] = 2;
          Scope scope;
          scope.body = Body::Record;
          // fields are resolved when the name is known, for unions that hold themselves in a list
          made.cases.push_back({one.name.name, payload, one.name.span});
          continue;
        }
        made.cases.push_back({one.name.name, payload, one.name.span});
      }
      auto united = c.p.unions.add(std::move(made));
      c.add_name(u.name.name, {DeclaredKind::Union, united.index, u.name.span});
      for (std::size_t i = 0; i < u.cases.size(); ++i) {
        auto payload = c.p.unions[united].cases[i].payload;
        if (!payload.valid()) continue;
        Scope scope;
        scope.body = Body::Record;
        c.add_fields(payload, u.cases[i].block, scope, "a case");
        c.to_check_.push_back(payload);
      }
    }
    void operator()(const ast::FnDecl& f) {
      Function made;
      made.name = f.name.name;
      made.params = f.params;
      made.body = f.body;
      made.native = f.native;
      made.span = f.name.span;
      c.p.functions.push_back(std::move(made));
      auto index = static_cast<std::uint32_t>(c.p.functions.size() - 1);
      c.add_name(f.name.name, {DeclaredKind::Function, index, f.name.span});
      Scope scope;
      std::vector<Type> types;
      for (auto& param : f.params) types.push_back(c.resolve(param.type, scope));
      auto result = c.resolve(f.result, scope);
      c.p.functions[index].types = std::move(types);
      c.p.functions[index].result = result;
    }
    void operator()(const ast::TypeDecl& d) {
      if (d.on) {  // a facet: what a platform must know of an interface
        Struct s;
        s.kind = StructKind::Facet;
        s.name = d.name.name;
        s.target = d.on->name;
        s.span = d.name.span;
        s.decl = id;
        auto made = c.p.structs.add(std::move(s));
        auto base = c.find_struct(d.name.name, StructKind::Interface, d.name.span);
        if (!base.valid()) base = c.find_struct(d.name.name, StructKind::Kind, d.name.span);
        if (base.valid()) c.p.facets[{base.index, d.on->name}] = made;
        return;
      }
      switch (d.kind) {
        case ast::TypeDeclKind::Record: struct_decl(StructKind::Record, d.name); return;
        case ast::TypeDeclKind::Interface: struct_decl(StructKind::Interface, d.name); return;
        case ast::TypeDeclKind::Kind: struct_decl(StructKind::Kind, d.name); return;
        case ast::TypeDeclKind::Platform: c.p.platforms[d.name.name] = struct_decl(StructKind::Platform, d.name); return;
        case ast::TypeDeclKind::Format: c.p.formats[d.name.name] = struct_decl(StructKind::Format, d.name); return;
      }
    }
    void operator()(const ast::ShapeDecl& s) {
      if (s.path.parts.empty()) return;
      std::string full;
      for (auto& part : s.path.parts) full += (full.empty() ? "" : ".") + c.text(part.name);
      auto name = c.p.names->add(full);
      auto [at, added] = c.shapes_.try_emplace(name, StructId{});
      if (added) {
        Struct made;
        made.kind = StructKind::Shape;
        made.name = name;
        made.format = s.path.parts.front().name;
        auto dot = full.find('.');
        made.target = c.p.names->add(dot == std::string::npos ? full : full.substr(dot + 1));
        made.span = s.path.span;
        made.doc = decl.doc;
        at->second = c.p.structs.add(std::move(made));
      }
      c.shape_decls_[at->second.index].push_back(id);
    }
    void operator()(const ast::RealizeDecl& r) {
      if (r.path.parts.empty()) return;
      Realization made;
      made.platform = r.platform.name;
      made.variant = r.path.parts.size() > 1 ? r.path.parts[1].name : Symbol{};
      made.decl = id;
      made.block = r.block;
      made.span = r.path.span;
      auto index = static_cast<std::uint32_t>(c.p.realizations.size());
      auto key = std::tuple(r.path.parts[0].name, made.variant, made.platform);
      auto [at, added] = c.realization_index_.try_emplace(key, index);
      if (!added) {
        auto& earlier = c.p.realizations[at->second];
        if (owner == SourceOwner::User) {
          c.sink_.report(diag::RealizationTwice{}, r.path.span, c.p.sources->text(r.path.span), c.p.text(made.platform))
              .label(earlier.span, "first realized here");
        } else if (!c.p.sources->is_user(earlier.span)) {  // the library may go on in another file
          const auto more = c.p.ast->blocks[r.block].entries;
          auto& all = c.p.ast->blocks[earlier.block].entries;
          all.insert(all.end(), more.begin(), more.end());
        }
        return;
      }
      c.p.realizations.push_back(std::move(made));
    }
    void operator()(const ast::PolicyDecl& d) {
      PolicyInfo made;
      made.name = d.name.name;
      made.decl = id;
      made.span = d.name.span;
      c.p.policies.push_back(std::move(made));
      if (owner == SourceOwner::User) c.rule_ids_.try_emplace(d.name.name, d.name.span);  // a second one is a name twice
      c.add_name(d.name.name, {DeclaredKind::Policy, static_cast<std::uint32_t>(c.p.policies.size() - 1), d.name.span});
    }
    void operator()(const ast::TestDecl&) {}
    void operator()(const ast::EnvironmentDecl& e) {
      EnvironmentInfo made;
      made.name = e.name.name;
      made.is_abstract = e.is_abstract;
      made.block = e.block;
      made.decl = id;
      made.span = e.name.span;
      c.p.environments.push_back(std::move(made));
      auto index = static_cast<std::uint32_t>(c.p.environments.size() - 1);
      if (!c.p.environment_index.try_emplace(e.name.name, index).second) c.p.environments[index].broken = true;
      c.add_name(e.name.name, {DeclaredKind::Environment, index, e.name.span});
    }
    void operator()(const ast::AllowDecl& a) {
      Allow made;
      for (auto& part : a.allow.id.parts) made.id.push_back(part.name);
      made.because = a.allow.because;
      made.until = a.allow.until;
      made.span = decl.span;
      made.id_span = a.allow.id.span;
      c.p.allows.push_back(std::move(made));
    }
    void operator()(const ast::ComponentDecl& d) {
      ComponentDecl made{d.name.name, {}, d.block, d.name.span, decl.span, decl.doc, d.kind};
      if (d.kind.parts.size() == 1 && c.p.text(d.kind.parts[0].name) == "system") {
        if (c.p.system) {
          c.sink_.report(diag::SecondSystem{}, d.name.span, c.p.text(d.name.name)).label(c.p.system->span, "the first one").help("a folder is one system");
          return;
        }
        c.p.system = made;
        return;
      }
      auto index = static_cast<std::uint32_t>(c.p.components.size());
      if (c.p.component_index.try_emplace(d.name.name, index).second) c.p.components.push_back(made);
      c.add_name(d.name.name, {DeclaredKind::Component, d.name.name.index, d.name.span});
    }
    void operator()(const ast::ErrorDecl&) {}
  };
  std::visit(Visitor{*this, decl, id, owner, struct_decl}, decl.node);
}

void Checker::use(const ast::UseDecl& u, const Span& span) {
  if (u.path) {
    std::string module;
    for (auto& part : u.path->parts) module += (module.empty() ? "" : ".") + text(part.name);
    if (auto file = find_module(library_, module)) {
      run_module(*file);
      return;
    }
    std::vector<std::string> known;
    for (auto& file : library_.files) known.push_back(module_name(file));
    auto& d = sink_.report(diag::UnknownModule{}, u.path->span, module);
    if (auto near = diag::nearest(module, known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), u.path->span, near);
    return;
  }
  std::string wanted(p.text(u.text));
  auto here = using_.empty() ? std::string() : folder_of(using_.back());
  auto target = normal(here.empty() ? wanted : here + "/" + wanted);
  if (wanted.starts_with("/") || !target) {
    sink_.report(diag::PathLeavesProject{}, u.text_span, wanted).help("modules stand below the project's folder: move it there");
    return;
  }
  auto full = root_.empty() ? *target : root_ + "/" + *target;
  auto real_root = files_.canonical(root_.empty() ? "." : root_);
  auto real = files_.canonical(full);
  if (real_root && real && !(*real == *real_root || real->starts_with(*real_root + "/"))) {
    sink_.report(diag::PathLeavesProject{}, u.text_span, wanted).note("note", fmt::format("`{}` is a link to {}", *target, *real));
    return;
  }
  std::vector<std::string> wanted_files;
  auto kind = files_.kind(full);
  if (kind == FileKind::Folder) {
    if (auto names = files_.list(full))
      for (auto& one : *names)
        if (one.ends_with(".envc")) wanted_files.push_back(*target + "/" + one);
  } else if (files_.kind(full + ".envc") == FileKind::File) {
    wanted_files.push_back(*target + ".envc");
  } else if (kind == FileKind::File) {
    wanted_files.push_back(*target);
  }
  if (wanted_files.empty()) {
    sink_.report(diag::UnknownModule{}, u.text_span, wanted).help(fmt::format("there is neither a folder `{}` nor a file `{}.envc`", *target, *target));
    return;
  }
  for (auto& file : wanted_files) {
    auto at = std::find(using_.begin(), using_.end(), file);
    if (at != using_.end()) {
      std::string cycle;
      for (; at != using_.end(); ++at) cycle += *at + " -> ";
      sink_.report(diag::ImportCycle{}, span, cycle + file).help("move what both need into a third file");
      continue;
    }
    load_user_file(file);
  }
}

std::vector<std::string> Checker::known_names(bool types) const {
  std::vector<std::string> known;
  for (auto names : {types ? Names::Types : Names::Values, types ? Names::Types : Names::Functions})
    for (auto* where : {&table(names).user, &table(names).library})
      for (auto& [name, declared] : *where) known.push_back(text(name));
  for (auto& entry : library_.entries) {
    bool is_type = entry.what == "kind" || entry.what == "interface" || entry.what == "record" || entry.what == "enum" || entry.what == "union" || entry.what == "alias";
    if (is_type == types && entry.what != "shape" && entry.what != "realize" && entry.what != "policy") known.emplace_back(entry.name);
  }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  return known;
}

}  // namespace envc::sema
