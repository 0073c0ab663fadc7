// Systems, components, environments: names and types of every layer, before
// anything is merged. Abstract environments are checked like concrete ones.
#include <algorithm>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

StructId Checker::kind_named(const ast::Path& path) {
  if (path.parts.empty()) return {};
  auto word = path.parts.back().name;
  auto found = find_struct(word, StructKind::Kind, path.span);
  if (found.valid() && path.parts.size() == 1) return complete(found);
  std::vector<std::string> kinds;
  for (auto& one : library_.entries)
    if (one.what == "kind") kinds.emplace_back(one.name);
  for (auto* where : {&table(Names::Types).user, &table(Names::Types).library})
  for (auto& [name, declared] : *where)
    if (declared.kind == DeclaredKind::Struct && p.structs[StructId(declared.index)].kind == StructKind::Kind) kinds.push_back(text(name));
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  auto written = std::string(p.sources->text(path.span));
  auto& d = sink_.report(diag::UnknownKind{}, path.span, written);
  if (auto near = diag::nearest(written, kinds); !near.empty()) {
    d.fix(fmt::format("did you mean `{}`?", near), path.span, near);
  } else {
    std::string list;
    for (auto& one : kinds)
      if (one != "system" && one != "environment") list += (list.empty() ? "" : ", ") + one;
    d.help(fmt::format("the kinds are {}", list));
  }
  return {};
}

StructId Checker::platform_named(const ast::Ident& name) {
  if (auto at = p.platforms.find(name.name); at != p.platforms.end()) return complete(at->second);
  load_from_library(name.name, "platform");
  if (auto at = p.platforms.find(name.name); at != p.platforms.end()) return complete(at->second);
  std::vector<std::string> known;
  for (auto& one : library_.entries)
    if (one.what == "platform") known.emplace_back(one.name);
  for (auto& [symbol, id] : p.platforms) known.push_back(text(symbol));
  std::string list;
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  for (auto& one : known) list += (list.empty() ? "" : ", ") + one;
  auto& d = sink_.report(diag::UnknownPlatform{}, name.span, text(name.name));
  if (auto near = diag::nearest(text(name.name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), name.span, near);
  d.help(fmt::format("the platforms are {}", list));
  return {};
}

void Checker::check_system() {
  p.system_kind = find_struct(p.names->add("system"), StructKind::Kind);
  p.environment_kind = find_struct(p.names->add("environment"), StructKind::Kind);
  if (p.system_kind.valid()) complete(p.system_kind);
  if (p.environment_kind.valid()) complete(p.environment_kind);
  if (!p.system) return;
  p.system->kind = p.system_kind;
}

void Checker::resolve_components() {
  for (std::size_t i = 0; i < p.components.size(); ++i) p.components[i].kind = kind_named(p.components[i].kind_path);
}

std::set<Symbol> Checker::platforms_in_use() const {
  std::set<Symbol> used;
  for (auto& env : p.environments)
    if (!env.platform.empty()) used.insert(env.platform);
  return used;
}

void Checker::resolve_environments() {
  auto count = static_cast<std::uint32_t>(p.environments.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    auto decl = std::get<ast::EnvironmentDecl>(p.ast->decls[p.environments[i].decl].node);
    if (!decl.extends) continue;
    auto at = p.environment_index.find(decl.extends->name);
    if (at == p.environment_index.end()) {
      std::vector<std::string> known;
      for (auto& env : p.environments) known.push_back(text(env.name));
      auto& d = sink_.report(diag::UnknownEnvironment{}, decl.extends->span, text(decl.extends->name));
      if (auto near = diag::nearest(text(decl.extends->name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), decl.extends->span, near);
      p.environments[i].broken = true;
      continue;
    }
    p.environments[i].parent = at->second;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    auto& env = p.environments[i];
    std::vector<std::uint32_t> chain;
    std::set<std::uint32_t> seen;
    for (auto at = i; at != 0xffffffffu; at = p.environments[at].parent) {
      if (!seen.insert(at).second) {
        if (*std::min_element(seen.begin(), seen.end()) == i) {
          std::string cycle;
          for (auto one : chain) cycle += text(p.environments[one].name) + " -> ";
          sink_.report(diag::ExtendsCycle{}, env.span, cycle + text(p.environments[at].name));
        }
        env.broken = true;
        chain = {i};
        break;
      }
      chain.push_back(at);
    }
    std::reverse(chain.begin(), chain.end());
    env.chain = chain;
    for (auto one : chain)
      if (p.environments[one].broken) env.broken = true;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    auto& env = p.environments[i];
    Span said;
    auto say = [&](const ast::Ident& name) {
      auto id = platform_named(name);
      if (!id.valid()) {
        env.broken = true;
        return;
      }
      if (!env.platform.empty() && env.platform != name.name) {
        sink_.report(diag::TwoPlatforms{}, name.span, text(env.name), text(env.platform), text(name.name)).label(said, "said here");
        env.broken = true;
        return;
      }
      env.platform = name.name;
      said = name.span;
    };
    for (auto layer : env.chain) {
      auto decl = std::get<ast::EnvironmentDecl>(p.ast->decls[p.environments[layer].decl].node);
      if (decl.on) say(*decl.on);
      for (auto& entry : p.ast->blocks[decl.block].entries)
        if (auto* placed = std::get_if<ast::PlacedEntry>(&entry.node)) say(placed->platform);
    }
    if (env.platform.empty() && !env.is_abstract && !env.broken) {
      std::string list;
      for (auto& one : library_.entries)
        if (one.what == "platform") list += (list.empty() ? "" : ", ") + std::string(one.name);
      sink_.report(diag::NoPlatform{}, env.span, text(env.name)).help(fmt::format("write `environment {} on …`, or an entry `on … {{ }}`; the platforms are {}", text(env.name), list));
      env.broken = true;
    }
  }
  for (std::uint32_t i = 0; i < count; ++i) environment_settings(i);
  for (std::uint32_t i = 0; i < count; ++i) component_set(i);
}

/// The fields of the environment itself: those of its kind and the chain's settings.
void Checker::environment_settings(std::uint32_t index) {
  Struct made;
  made.kind = StructKind::Environment;
  if (p.environment_kind.valid()) {
    made = p.structs[p.environment_kind];
    made.kind = StructKind::Environment;
    made.decl = {};
  }
  made.name = p.environments[index].name;
  made.span = p.environments[index].span;
  auto id = p.structs.add(std::move(made));
  struct_state_[id.index] = 2;
  p.environments[index].structure = id;
  auto chain = p.environments[index].chain;
  auto add = [&](const ast::Binding& b, Symbol doc) {
    Scope scope;
    Field field;
    field.name = b.name.name;
    field.type = resolve(b.type, scope);
    field.type_ast = b.type;
    field.value = b.value;
    field.span = b.name.span;
    field.doc = doc;
    field.owner = id;
    auto& s = p.structs[id];
    auto [at, added] = s.index.try_emplace(field.name, static_cast<std::uint32_t>(s.fields.size()));
    if (added) s.fields.push_back(std::move(field));
    else if (chain.back() == index) sink_.report(diag::DuplicateName{}, b.name.span, text(b.name.name)).label(s.fields[at->second].span, "first declared here");
  };
  for (auto& b : p.bindings)
    if (b.kind == ast::BindingKind::Setting) add(ast::Binding{{b.name, b.span}, b.type_ast, b.value}, b.doc);
  for (auto layer : chain) {
    auto decl = std::get<ast::EnvironmentDecl>(p.ast->decls[p.environments[layer].decl].node);
    auto entries = p.ast->blocks[decl.block].entries;
    for (auto& entry : entries) {
      if (auto* s = std::get_if<ast::SettingEntry>(&entry.node)) add(s->binding, entry.doc);
      if (auto* let = std::get_if<ast::LetEntry>(&entry.node); let && layer == index)
        p.lets.push_back({let->name.name, {}, let->value, let->name.span, p.environments[index].name});
    }
  }
}

void Checker::component_set(std::uint32_t index) {
  std::map<Symbol, StructId> set;
  for (auto& c : p.components) set[c.name] = c.kind;
  auto chain = p.environments[index].chain;
  for (auto layer : chain) {
    auto decl = std::get<ast::EnvironmentDecl>(p.ast->decls[p.environments[layer].decl].node);
    auto entries = p.ast->blocks[decl.block].entries;
    for (auto& entry : entries) {
      if (auto* f = std::get_if<ast::FieldEntry>(&entry.node); f && f->key) {
        auto* env_field = p.structs[p.environments[index].structure].find(f->label.name);
        if (env_field) continue;
        ast::Path path{{f->label}, f->label.span};
        auto known = find_struct(f->label.name, StructKind::Kind);
        if (!known.valid()) {
          if (set.contains(f->label.name)) continue;
          if (layer == index) kind_named(path);
          set.try_emplace(f->key->name);  // what reads it stays silent
          continue;
        }
        complete(known);
        if (set.contains(f->key->name)) {
          if (layer == index)
            sink_.report(diag::AlreadyThere{}, f->key->span, text(f->key->name)).help(fmt::format("to change it, open it without its kind: `{} {{ … }}`", text(f->key->name)));
          continue;
        }
        set[f->key->name] = known;
      } else if (auto* r = std::get_if<ast::RemoveEntry>(&entry.node)) {
        if (r->path.parts.size() != 1) continue;
        if (set.erase(r->path.parts[0].name) == 0 && layer == index) {
          std::vector<std::string> known;
          for (auto& [name, kind] : set) known.push_back(text(name));
          auto& d = sink_.report(diag::RemovesNothing{}, r->path.span, p.sources->text(r->path.span));
          if (auto near = diag::nearest(p.sources->text(r->path.span), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), r->path.span, near);
        }
      }
    }
  }
  p.environments[index].components = std::move(set);
}

StructId Checker::view(StructId kind, Symbol platform) {
  auto [at, added] = views_.try_emplace({kind.index, platform}, StructId{});
  if (!added) return at->second;
  complete(kind);
  Struct made = p.structs[kind];
  made.decl = {};
  auto id = p.structs.add(std::move(made));
  struct_state_[id.index] = 2;
  p.structs[id].bases.push_back(kind);
  views_[{kind.index, platform}] = id;
  if (platform.empty()) return id;
  load_realizations(kind, platform);
  std::vector<StructId> kinds{kind};
  for (auto base : p.structs[kind].bases) kinds.push_back(base);
  for (std::size_t i = 0; i < p.realizations.size(); ++i) {
    auto& r = p.realizations[i];
    if (r.platform != platform || !r.kind.valid() || std::find(kinds.begin(), kinds.end(), r.kind) == kinds.end()) continue;
    auto self = self_struct(static_cast<std::uint32_t>(i));
    for (auto& field : p.structs[self].fields) {
      if (field.from_realization == 0xffffffffu) continue;
      auto& s = p.structs[id];
      if (s.index.try_emplace(field.name, static_cast<std::uint32_t>(s.fields.size())).second) s.fields.push_back(field);
    }
  }
  return id;
}

void Checker::add_allow(const ast::AllowEntry& a, const Span& span, Symbol environment, Symbol component) {
  Allow made;
  for (auto& part : a.id.parts) made.id.push_back(part.name);
  made.because = a.because;
  made.until = a.until;
  made.span = span;
  made.id_span = a.id.span;
  made.environment = environment;
  made.component = component;
  if (a.because.valid()) {
    Scope plain;
    expect(a.because, t.string, plain);
  }
  p.allows.push_back(std::move(made));
}

/// One layer of one component: its declaration or an environment's refinement.
void Checker::check_layer(ast::BlockId block, StructId kind, std::uint32_t environment, std::string_view what) {
  auto component = p.names->add(what);
  if (!block.valid() || !kind.valid()) return;
  Symbol platform;
  if (environment != 0xffffffffu) platform = p.environments[environment].platform;
  Scope scope;
  scope.body = Body::Component;
  scope.self = t.component(kind);
  scope.environment = environment;
  auto structure = view(kind, platform);
  check_record_block(block, structure, p.ast->blocks[block].span, scope, true);
  auto entries = p.ast->blocks[block].entries;
  for (auto& entry : entries) {
    if (auto* placed = std::get_if<ast::PlacedEntry>(&entry.node)) {
      auto id = platform_named(placed->platform);
      if (!id.valid()) continue;
      check_record_block(placed->block, view(kind, placed->platform.name), entry.span, scope, true);
      auto inner = p.ast->blocks[placed->block].entries;
      for (auto& one : inner)
        if (auto* patch = std::get_if<ast::PatchEntry>(&one.node)) check_patch(*patch, one.span, patch->target.parts, kind, placed->platform.name, what, scope);
    } else if (auto* patch = std::get_if<ast::PatchEntry>(&entry.node)) {
      check_patch(*patch, entry.span, patch->target.parts, kind, platform, what, scope);
    } else if (auto* a = std::get_if<ast::AllowEntry>(&entry.node)) {
      add_allow(*a, entry.span, environment == 0xffffffffu ? Symbol{} : p.environments[environment].name, component);
    }
  }
}

void Checker::check_environment(std::uint32_t index) {
  auto env = p.environments[index];
  auto structure = env.structure;
  Scope scope;
  scope.body = Body::Environment;
  scope.environment = index;
  // settings' defaults and lets
  for (std::size_t i = 0; i < p.structs[structure].fields.size(); ++i) {
    auto field = p.structs[structure].fields[i];
    if (field.owner == structure && field.value.valid()) expect(field.value, field.type, scope);
  }
  for (std::uint32_t i = 0; i < p.lets.size(); ++i)
    if (p.lets[i].environment == env.name && !env.name.empty()) {
      auto type = check(p.lets[i].value, {}, scope);
      p.lets[i].type = type;
      let_state_[i] = 2;
    }
  auto decl = std::get<ast::EnvironmentDecl>(p.ast->decls[env.decl].node);
  auto entries = p.ast->blocks[decl.block].entries;
  std::map<Symbol, Span> written;
  for (auto& entry : entries) {
    if (auto* f = std::get_if<ast::FieldEntry>(&entry.node)) {
      if (!f->tail.fors.empty() || f->tail.guard.valid())
        sink_.report(diag::EntryNotAllowed{}, entry.span, f->tail.guard.valid() ? "a guard" : "`for`", "an environment").help("write the value in the environments that need it");
      if (auto* field = p.structs[structure].find(f->label.name); field && !env.components.contains(f->label.name)) {
        auto copy = *field;
        if (f->op == ast::AssignOp::Set && !f->key) {
          auto [at, added] = written.try_emplace(f->label.name, f->label.span);
          if (!added) sink_.report(diag::WrittenTwice{}, f->label.span, text(f->label.name)).label(at->second, "first written here");
        }
        check_field(*f, entry, copy, structure, scope, true);
        continue;
      }
      if (f->key) {  // a component of this environment
        auto at = env.components.find(f->key->name);
        if (at != env.components.end()) check_layer(f->block, at->second, index, text(f->key->name));
        continue;
      }
      if (auto at = env.components.find(f->label.name); at != env.components.end()) {
        if (f->op == ast::AssignOp::Open) {
          check_layer(f->block, at->second, index, text(f->label.name));
        } else {
          sink_.report(diag::EntryNotAllowed{}, entry.span, "an assignment to a component", "an environment").help(fmt::format("open it: `{} {{ … }}`", text(f->label.name)));
        }
        continue;
      }
      std::vector<std::string> known;
      for (auto& [name, kind] : env.components) known.push_back(text(name));
      if (f->op == ast::AssignOp::Open) {
        auto& d = sink_.report(diag::RefinesNothing{}, f->label.span, text(f->label.name), env.is_abstract ? "the system" : fmt::format("environment `{}`", text(env.name)));
        if (auto near = diag::nearest(text(f->label.name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), f->label.span, near);
        d.help(fmt::format("a new component is declared with its kind: `service {} {{ … }}`", text(f->label.name)));
      } else {
        unknown_field(f->label, structure, env.platform);
      }
    } else if (auto* placed = std::get_if<ast::PlacedEntry>(&entry.node)) {
      auto id = platform_named(placed->platform);
      if (!id.valid()) continue;
      check_record_block(placed->block, view(id, placed->platform.name), entry.span, scope, true);
      auto inner = p.ast->blocks[placed->block].entries;
      for (auto& one : inner)
        if (auto* patch = std::get_if<ast::PatchEntry>(&one.node)) check_patch(*patch, one.span, patch->target.parts, id, placed->platform.name, text(placed->platform.name), scope);
    } else if (auto* a = std::get_if<ast::AllowEntry>(&entry.node)) {
      add_allow(*a, entry.span, env.name, {});
    } else if (auto* patch = std::get_if<ast::PatchEntry>(&entry.node)) {
      std::span<const ast::Ident> path(patch->target.parts);
      auto component = path.empty() ? env.components.end() : env.components.find(path[0].name);
      if (component != env.components.end()) check_patch(*patch, entry.span, path.subspan(1), component->second, env.platform, text(path[0].name), scope);
      else if (auto on = p.platforms.find(env.platform); on != p.platforms.end()) check_patch(*patch, entry.span, path, on->second, env.platform, text(env.platform), scope);
    } else if (std::holds_alternative<ast::SettingEntry>(entry.node) || std::holds_alternative<ast::LetEntry>(entry.node) ||
               std::holds_alternative<ast::RemoveEntry>(entry.node) ||
               std::holds_alternative<ast::ErrorEntry>(entry.node)) {
    } else {
      sink_.report(diag::EntryNotAllowed{}, entry.span, "this statement", "an environment");
    }
  }
}

void Checker::run(const std::string& root, const std::vector<std::string>& sources) {
  root_ = root;
  for (auto& source : sources) load_user_file(source);
  run_edition();
  check_system();
  if (!p.system && !sources.empty()) {
    Span at;
    if (p.sources->size() > 0) at = Span{FileId{0}, 0, 0};
    sink_.report(diag::NoSystem{}, at).help("a project has one line `system name { }`");
  }
  resolve_components();
  resolve_environments();
  drain();
  for (std::uint32_t i = 0; i < p.bindings.size(); ++i) {
    if (p.bindings[i].type.poison()) {
      Scope scope;
      auto id = p.bindings[i].type_ast;
      auto type = resolve(id, scope);
      p.bindings[i].type = type;
    }
    if (p.bindings[i].value.valid() && p.bindings[i].kind != ast::BindingKind::Setting) {
      Scope scope;
      expect(p.bindings[i].value, p.bindings[i].type, scope);
    }
  }
  for (std::uint32_t i = 0; i < p.lets.size(); ++i)
    if (p.lets[i].environment.empty() && let_state_[i] == 0) {
      let_state_[i] = 1;
      Scope scope;
      let_stack_ = {i};
      auto type = check(p.lets[i].value, {}, scope);
      p.lets[i].type = type;
      let_state_[i] = 2;
    }
  auto platforms = platforms_in_use();
  for (auto platform : platforms) {
    load_realizations(p.platforms[platform], platform);
    for (auto& env : p.environments)
      if (env.platform == platform)
        for (auto& [name, kind] : env.components)
          if (kind.valid()) load_realizations(kind, platform);
  }
  // a user's own realizations are checked even where no environment uses them
  for (std::size_t i = 0; i < p.realizations.size(); ++i) {
    if (p.realizations[i].kind.valid() || !p.sources->is_user(p.realizations[i].span)) continue;
    auto decl = std::get<ast::RealizeDecl>(p.ast->decls[p.realizations[i].decl].node);
    ast::Path kind_path{{decl.path.parts[0]}, decl.path.parts[0].span};
    auto platform = platform_named(decl.platform);
    auto kind = find_struct(decl.path.parts[0].name, StructKind::Kind);
    if (!kind.valid()) kind = find_struct(decl.path.parts[0].name, StructKind::Platform);
    if (!kind.valid()) kind = kind_named(kind_path);
    if (kind.valid() && platform.valid()) {
      load_realizations(platform, decl.platform.name);
      load_realizations(kind, decl.platform.name);
    }
  }
  load_policies();
  if (p.system) {
    if (p.system->kind.valid()) check_layer(p.system->block, p.system->kind, 0xffffffffu, "system");
  }
  for (std::size_t i = 0; i < p.components.size(); ++i) check_layer(p.components[i].block, p.components[i].kind, 0xffffffffu, text(p.components[i].name));
  for (std::uint32_t i = 0; i < p.environments.size(); ++i) check_environment(i);
  drain();
  for (std::uint32_t i = 0; i < p.realizations.size(); ++i) check_realization(i);
  for (std::uint32_t i = 0; i < p.policies.size(); ++i) check_policy(i);
  for (std::uint32_t i = 0; i < p.functions.size(); ++i)
    if (p.sources->is_user(p.functions[i].span)) check_function(i);
  drain();
  for (std::uint32_t i = 0; i < p.functions.size(); ++i) {
    std::vector<std::uint32_t> stack;
    check_recursion(i, stack);
  }
  for (std::uint32_t i = 0; i < p.realizations.size(); ++i)
    if (p.realizations[i].checked) check_coverage(i);
  check_allows();
  for (auto& a : p.allows)
    if (a.because.valid() && a.environment.empty()) {
      Scope plain;
      expect(a.because, t.string, plain);
    }
  if (p.expr_types.size() < p.ast->exprs.size()) p.expr_types.resize(p.ast->exprs.size());
  if (p.meanings.size() < p.ast->exprs.size()) p.meanings.resize(p.ast->exprs.size());
}

}  // namespace envc::sema
