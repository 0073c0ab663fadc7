// Rules: which policies run here, what they ask about, and which ids there are to
// allow. Of the library's policies only those are loaded whose things occur.
#include <algorithm>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

void Checker::edition(const ast::EditionDecl& e, const Span& span) {
  const auto known = editions(library_);
  if (known.empty()) return;  // a library that runs no policies by itself
  if (std::find(known.begin(), known.end(), p.text(e.year)) == known.end()) {
    sink_.report(diag::UnknownEdition{}, span, p.text(e.year), diag::enumerate(known))
        .fix(fmt::format("write `edition {}`", known.back()), span, "edition " + known.back());
    return;
  }
  if (!p.edition.empty() && p.edition != e.year) {
    sink_.report(diag::TwoEditions{}, span, p.text(e.year), text(p.edition)).label(edition_span_, "the other");
    return;
  }
  p.edition = e.year;
  edition_span_ = span;
}

/// The edition says which modules run; without one, the newest does.
void Checker::run_edition() {
  const auto known = editions(library_);
  if (p.edition.empty() && !known.empty()) p.edition = p.names->add(known.back());
  if (auto file = find_module(library_, "std.editions." + text(p.edition))) run_module(*file);
}

void Checker::run_module(std::uint32_t file) {
  for (auto one : with_uses(library_, file)) running_.insert(one);
}

/// The kinds of all components of all environments, their parts, and what they extend.
std::set<StructId> Checker::kinds_in_use() {
  std::set<StructId> used;
  auto add = [&](auto& self, StructId kind) -> void {
    if (!kind.valid() || !used.insert(complete(kind)).second) return;
    used.insert(p.structs[kind].bases.begin(), p.structs[kind].bases.end());
    auto parts = p.structs[kind].parts;
    for (auto& part : parts) self(self, part.kind);
  };
  for (auto& component : p.components) add(add, component.kind);
  for (auto& environment : p.environments)
    for (auto& [name, kind] : environment.components) add(add, kind);
  return used;
}

void Checker::load_policies() {
  const auto kinds = kinds_in_use();
  const auto platforms = platforms_in_use();
  auto occurs = [&](std::string_view word) {
    if (word == "environment" || word == "component") return true;
    auto name = p.names->find(word);
    if (name.empty()) return false;
    if (shapes_.contains(name) || platforms.contains(name)) return true;
    auto& types = table(Names::Types).library;
    auto at = types.find(name);
    return at != types.end() && at->second.kind == DeclaredKind::Struct && kinds.contains(StructId(at->second.index));
  };
  for (auto& entry : library_.entries) {
    if (entry.what != "policy" || !running_.contains(entry.file)) continue;
    bool asked = true;
    for (auto rest = entry.extra; asked && !rest.empty();) {
      auto blank = std::min(rest.find(' '), rest.size());
      asked = occurs(rest.substr(0, blank));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    if (asked) load_library_entry(entry);
  }
}

/// What a policy asks about: a component, an object, the environment, its platform; or all of a kind at once.
Type Checker::policy_param(ast::TypeId id, Scope& scope) {
  if (auto* named = std::get_if<ast::NamedType>(&p.ast->types[id].node); named && named->path.parts.size() == 1) {
    auto word = named->path.parts[0].name;
    if (!p.platforms.contains(word)) load_from_library(word, "platform");
    if (auto at = p.platforms.find(word); at != p.platforms.end()) return t.component(complete(at->second));
  }
  auto type = resolve(id, scope);
  if (type.poison()) return type;
  auto asked = t.kind(type) == TypeKind::List ? t.of(type).first : type;
  auto kind = t.kind(asked);
  if (kind == TypeKind::Component || kind == TypeKind::Handle || (kind == TypeKind::Environment && asked == type)) return type;
  sink_.report(diag::WrongType{}, p.ast->types[id].span, name(type), "a kind, an interface, a shape, a platform or `environment`")
      .help("a policy is asked once for each component or object of that type; `List<…>` takes them all at once");
  return {};
}

void Checker::check_policy(std::uint32_t index) {
  auto decl = std::get<ast::PolicyDecl>(p.ast->decls[p.policies[index].decl].node);
  Scope scope;
  scope.body = Body::Policy;
  scope.generic = true;
  for (auto& param : decl.params) {
    auto type = policy_param(param.type, scope);
    auto asked = t.kind(type) == TypeKind::List ? t.of(type).first : type;
    p.policies[index].about_objects |= t.kind(asked) == TypeKind::Handle;
    p.policies[index].params.emplace_back(param.name.name, type);
    scope.locals.push_back({param.name.name, type});
  }
  if (decl.guard.valid()) {
    condition(decl.guard, scope, "a guard");
    assume(decl.guard, true, scope);
  }
  if (decl.block.valid()) {
    check_statements(decl.block, scope, false);
    for (auto& entry : p.ast->blocks[decl.block].entries)
      if (is_severity(entry)) check_severity(index, std::get<ast::FieldEntry>(entry.node));
  }
  p.policies[index].checked = true;
}

/// `severity = warning`: what a policy finds is advice.
bool Checker::is_severity(const ast::Entry& entry) const {
  auto* f = std::get_if<ast::FieldEntry>(&entry.node);
  return f && p.text(f->label.name) == "severity" && f->op == ast::AssignOp::Set && !f->key && !f->tail.guard.valid() && f->tail.fors.empty();
}

void Checker::check_severity(std::uint32_t policy, const ast::FieldEntry& f) {
  auto* word = std::get_if<ast::NameExpr>(&expr(f.value).node);
  auto said = word ? text(word->name) : std::string();
  if (said != "warning" && said != "error")
    sink_.report(diag::UnknownCase{}, expr(f.value).span, p.sources->text(expr(f.value).span), "`severity`").help("its cases are error and warning");
  p.policies[policy].advice = said == "warning";
}

/// An id is one rule. The library's are held unique by a test.
void Checker::add_rule(const ast::Ident& id) {
  if (!p.sources->is_user(id.span)) return;
  auto [at, added] = rule_ids_.try_emplace(id.name, id.span);
  if (added) return;
  sink_.report(diag::DuplicateName{}, id.span, text(id.name))
      .here("a rule")
      .label(at->second, "first declared here, as a rule")
      .help("an id is one rule, so that `allow` lets one pass: rename one of them");
}

/// An `allow` names a policy that runs, a `require` with an id, or `mirrors` and a path.
void Checker::check_allows() {
  if (p.allows.empty()) return;
  std::vector<std::string> known{"mirrors"};
  for (auto& [id, span] : rule_ids_) known.push_back(text(id));
  for (auto& entry : library_.entries)
    if (entry.what == "require" || (entry.what == "policy" && running_.contains(entry.file))) known.emplace_back(entry.name);
  for (auto& allow : p.allows) {
    if (allow.id.empty()) continue;
    auto first = text(allow.id.front());
    if (std::find(known.begin(), known.end(), first) != known.end()) continue;
    std::string id;
    for (auto part : allow.id) id += (id.empty() ? "" : ".") + text(part);
    auto& d = sink_.report(diag::AllowUnknown{}, allow.id_span, id);
    allow.id.clear();
    if (auto near = diag::nearest(first, known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), allow.id_span, near);
    for (auto& entry : library_.entries)
      if (entry.what == "policy" && entry.name == first) d.help(fmt::format("`use {}` switches that policy on", module_name(library_.files[entry.file])));
  }
}

}  // namespace envc::sema
