// Realizations: what a kind becomes on a platform. Checked once and generically:
// they see kinds, interfaces, facets, options, their platform and shapes.
#include <algorithm>

#include "diag/render.h"
#include "sema/check.h"

namespace envc::sema {

void Checker::load_realizations(StructId kind, Symbol platform) {
  if (!realized_.insert({kind.index, platform}).second) return;
  complete(kind);
  auto bases = p.structs[kind].bases;
  for (auto base : bases)
    if (p.structs[base].kind == StructKind::Kind) load_realizations(base, platform);
  std::vector<Symbol> variants{Symbol{}};
  if (auto hosting = p.structs[kind].hosting; hosting != 0xffffffffu)
    for (auto& one : p.unions[t.of(p.structs[kind].fields[hosting].type).united].cases) variants.push_back(one.name);
  auto kind_name = p.structs[kind].name;
  for (auto variant : variants) {
    auto any = variant.empty() ? text(kind_name) : text(kind_name) + "." + text(variant);
    for (auto& entry : find(library_, any))
      if (entry.what == "realize") p.structs[kind].realizable = true;
  }
  for (auto& [key, index] : realization_index_)
    if (std::get<0>(key) == kind_name) p.structs[kind].realizable = true;
  // `on any` holds where a platform has no realization of its own
  for (auto variant : variants)
    for (auto where : {platform, p.names->add("any")}) {
      auto full = variant.empty() ? kind_name : p.names->add(text(kind_name) + "." + text(variant));
      if (!realization_index_.contains({kind_name, variant, where})) load_from_library(full, "realize", p.text(where));
      auto at = realization_index_.find({kind_name, variant, where});
      if (at == realization_index_.end()) continue;
      p.realizations[at->second].kind = kind;
      collect_handles(at->second, p.realizations[at->second].block);
      self_struct(at->second);
    }
  auto parts = p.structs[kind].parts;
  for (auto& part : parts) load_realizations(part.kind, platform);
}

Symbol Checker::handle_name(const ast::EmitEntry& e) {
  if (e.handle) return e.handle->name;
  if (e.shape.parts.empty()) return {};
  auto word = text(e.shape.parts.back().name);
  std::string made;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (std::isupper(static_cast<unsigned char>(word[i])) && i > 0) made += '_';
    made += static_cast<char>(std::tolower(static_cast<unsigned char>(word[i])));
  }
  return p.names->add(made);
}

void Checker::collect_handles(std::uint32_t index, ast::BlockId block) {
  if (!block.valid()) return;
  for (auto& entry : p.ast->blocks[block].entries) {
    if (auto* e = std::get_if<ast::EmitEntry>(&entry.node)) {
      auto shape_id = shape_for(e->shape, p.realizations[index].platform);
      if (!shape_id.valid()) {
        auto written = std::string(p.sources->text(e->shape.span));
        std::vector<std::string> known;
        for (auto& one : library_.entries)
          if (one.what == "shape")
            if (auto dot = one.name.find('.'); dot != std::string_view::npos) known.emplace_back(one.name.substr(dot + 1));
        auto& d = sink_.report(diag::UnknownShape{}, e->shape.span, written, p.text(p.realizations[index].platform));
        if (auto near = diag::nearest(written, known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), e->shape.span, near);
        continue;
      }
      p.realizations[index].handles.try_emplace(handle_name(*e), shape_id);
    } else if (auto* loop = std::get_if<ast::LoopEntry>(&entry.node)) {
      collect_handles(index, loop->body);
    } else if (auto* branch = std::get_if<ast::BranchEntry>(&entry.node)) {
      collect_handles(index, branch->then);
      collect_handles(index, branch->otherwise);
    }
  }
}

void Checker::check_realization(std::uint32_t index) {
  if (p.realizations[index].checked || !p.realizations[index].kind.valid()) return;
  p.realizations[index].checked = true;
  auto self = self_struct(index);
  Scope scope;
  scope.body = Body::Realization;
  scope.self = t.component(self);
  scope.platform = p.realizations[index].platform;
  scope.realization = index;
  scope.generic = true;
  if (auto hosting = p.structs[p.realizations[index].kind].hosting; hosting != 0xffffffffu && !p.realizations[index].variant.empty()) {
    // inside `realize postgres.external` the payload of that case is known to be there
    auto& field = p.structs[p.realizations[index].kind].fields[hosting];
    auto& united = p.unions[t.of(field.type).united];
    if (auto found = united.find(p.realizations[index].variant); found && united.cases[*found].payload.valid())
      scope.facts.push_back({"self." + text(field.name), t.record(united.cases[*found].payload)});
  }
  auto entries = p.ast->blocks[p.realizations[index].block].entries;
  for (auto& entry : entries)
    if (auto* d = std::get_if<ast::DeclFieldEntry>(&entry.node)) {
      if (!d->modifiers.option) {
        sink_.report(diag::EntryNotAllowed{}, entry.span, "a field", "a realization").help("fields belong into the kind; what only this platform understands is an `option`");
      } else if (d->value.valid()) {
        auto type = p.structs[self].find(d->name.name)->type;
        expect(d->value, type, scope);
      }
    }
  check_statements(p.realizations[index].block, scope, false);
}

void Checker::check_statements(ast::BlockId block, Scope& scope, bool guarded) {
  auto entries = p.ast->blocks[block].entries;
  auto locals = scope.locals.size();
  auto facts = scope.facts.size();
  bool policy = scope.body == Body::Policy;
  for (auto& entry : entries) {
    if (auto* let = std::get_if<ast::LetEntry>(&entry.node)) {
      Type want = let->type.valid() ? resolve(let->type, scope) : Type{};
      auto type = want.poison() ? check(let->value, {}, scope) : (expect(let->value, want, scope), want);
      scope.locals.push_back({let->name.name, type, let->value});
      if (!guarded && scope.body == Body::Realization) ++scope.lets;
    } else if (auto* e = std::get_if<ast::EmitEntry>(&entry.node)) {
      if (policy) sink_.report(diag::EntryNotAllowed{}, entry.span, "`emit`", "a policy");
      else check_emit(*e, entry.span, scope, guarded);
    } else if (auto* loop = std::get_if<ast::LoopEntry>(&entry.node)) {
      auto inner_locals = scope.locals.size();
      auto inner_facts = scope.facts.size();
      check_for(loop->clause, scope);
      check_statements(loop->body, scope, true);
      scope.locals.resize(inner_locals);
      scope.facts.resize(inner_facts);
    } else if (auto* branch = std::get_if<ast::BranchEntry>(&entry.node)) {
      condition(branch->condition, scope, "a condition");
      auto inner = scope.facts.size();
      assume(branch->condition, true, scope);
      check_statements(branch->then, scope, true);
      scope.facts.resize(inner);
      if (branch->otherwise.valid()) {
        assume(branch->condition, false, scope);
        check_statements(branch->otherwise, scope, true);
        scope.facts.resize(inner);
      }
    } else if (auto* r = std::get_if<ast::RequireEntry>(&entry.node)) {
      if (r->id && policy) {
        sink_.report(diag::EntryNotAllowed{}, r->id->span, "an id", "a policy").help("the policy's own name is the id of all its rules: leave this one out");
      } else if (r->id) {
        add_rule(*r->id);
      }
      condition(r->condition, scope, "a rule");
      expect(r->message, t.string, scope);
      if (policy || !r->id) assume(r->condition, true, scope);  // one with an id may be allowed to be false
    } else if (auto* i = std::get_if<ast::IgnoresEntry>(&entry.node); i && !policy) {
      if (i->guard.valid()) condition(i->guard, scope, "a guard");
      expect(i->because, t.string, scope);
      auto& realization = p.realizations[scope.realization];
      for (auto& path : i->paths) {
        if (path.parts.empty()) continue;
        Ignored made;
        made.field = path.parts[0].name;
        for (auto& part : path.parts) made.path.push_back(part.name);
        made.guard = i->guard;
        made.because = i->because;
        made.approximates = i->approximates;
        made.span = path.span;
        made.lets = scope.lets;
        // each step must exist
        auto at = realization.self;
        for (auto& part : path.parts) {
          if (!at.valid()) break;
          auto* field = p.structs[at].find(part.name);
          if (!field) {
            unknown_field(part, at);
            break;
          }
          const auto d = t.of(field->type);
          auto next = d.kind == TypeKind::Map || d.kind == TypeKind::List ? t.of(d.kind == TypeKind::Map ? d.second : d.first) : d;
          at = next.kind == TypeKind::Record ? complete(next.structure) : StructId{};
        }
        realization.ignored.push_back(std::move(made));
      }
    } else if (policy && is_severity(entry)) {  // read with the policy
      if (guarded) sink_.report(diag::EntryNotAllowed{}, entry.span, "`severity`", "a part of a policy").help("it holds for the whole policy: write two policies");
    } else if (auto* f = std::get_if<ast::FieldEntry>(&entry.node); f && !policy) {
      check_output(*f, entry.span, scope, guarded);
    } else if (std::holds_alternative<ast::DeclFieldEntry>(entry.node) && !policy) {
      // options: done already
    } else if (std::holds_alternative<ast::ErrorEntry>(entry.node)) {
      misspelt(scope);
    } else {
      sink_.report(diag::EntryNotAllowed{}, entry.span, "this statement", policy ? "a policy" : "a realization");
    }
  }
  scope.locals.resize(locals);
  scope.facts.resize(facts);
}

void Checker::check_emit(const ast::EmitEntry& e, const Span& span, Scope& scope, bool guarded) {
  auto& r = p.realizations[scope.realization];
  r.lets.try_emplace(handle_name(e), scope.lets);
  auto shape_id = shape_for(e.shape, r.platform);
  auto facts = scope.facts.size();
  if (e.guard.valid()) {
    condition(e.guard, scope, "a guard");
    assume(e.guard, true, scope);
  }
  for (auto& arg : e.args) {
    auto word = arg.name ? text(arg.name->name) : std::string();
    if (word == "key") {
      auto type = check(arg.value, {}, scope);
      if (!decidable(type, arg.value, "a key")) continue;
      if (t.kind(type) != TypeKind::Component && !fits(type, t.text)) sink_.report(diag::WrongType{}, expr(arg.value).span, name(type), "a component or a text");
    } else if (word == "name" || word == "file" || word == "doc") {
      auto type = expect(arg.value, t.string.with(maybe), scope);
      if (!type.poison()) decidable(type, arg.value, "a name");
    } else if (word == "hashed" || word == "shared") {
      expect(arg.value, t.boolean, scope);
    } else {
      sink_.report(diag::WrongArguments{}, expr(arg.value).span, fmt::format("an emitted object takes `key`, `name`, `file`, `doc`, `hashed`, not `{}`", word));
    }
  }
  if (shape_id.valid()) {
    if (e.block.valid()) check_record_block(e.block, complete(shape_id), e.shape.span, scope, false);
    else missing_fields(shape_id, {}, e.shape.span);
  }
  // a facet's promise cannot depend on a condition
  auto handle = handle_name(e);
  auto bases = p.structs[r.kind].bases;
  bases.push_back(r.kind);
  for (auto base : bases) {
    load_from_library(p.structs[base].name, "facet", p.text(r.platform));
    auto at = p.facets.find({base.index, r.platform});
    if (at == p.facets.end()) continue;
    complete(at->second);
    auto* field = p.structs[at->second].find(handle);
    if (field && (guarded || e.guard.valid()) && !field->type.is(maybe))
      sink_.report(diag::GuardedFacet{}, e.handle ? e.handle->span : span, text(handle), text(p.structs[base].name)).label(field->span, "promised here").help("make the facet's member optional (`?`), or emit it always");
  }
  scope.facts.resize(facts);
}

void Checker::check_output(const ast::FieldEntry& f, const Span& span, Scope& scope, bool guarded) {
  auto index = scope.realization;
  auto kind = p.realizations[index].kind;
  auto platform = p.realizations[index].platform;
  auto* field = p.structs[kind].find(f.label.name);
  Type want;
  if (field && field->modifiers.output) want = field->type;
  if (want.poison()) {
    auto bases = p.structs[kind].bases;
    bases.push_back(kind);
    for (auto base : bases) {
      load_from_library(p.structs[base].name, "facet", p.text(platform));
      auto at = p.facets.find({base.index, platform});
      if (at == p.facets.end()) continue;
      complete(at->second);
      if (auto* member = p.structs[at->second].find(f.label.name)) want = member->type;
    }
  }
  if (want.poison()) {
    std::vector<std::string> known;
    for (auto& one : p.structs[kind].fields)
      if (one.modifiers.output) known.push_back(text(one.name));
    auto& d = sink_.report(diag::UnknownField{}, f.label.span, struct_title(kind), text(f.label.name)).here("no output of that name");
    if (auto near = diag::nearest(text(f.label.name), known); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), f.label.span, near);
    return;
  }
  if (f.op != ast::AssignOp::Set || f.key) {
    sink_.report(diag::EntryNotAllowed{}, span, "a block", "an output's assignment").help(fmt::format("write `{} = …`", text(f.label.name)));
    return;
  }
  if (guarded || f.tail.guard.valid() || !f.tail.fors.empty()) {
    sink_.report(diag::EntryNotAllowed{}, span, "a condition", "an output's assignment").help("use `if … then … else …` in its value");
    return;
  }
  expect(f.value, want.with(late), scope, fmt::format("the output `{}`", text(f.label.name)));
  p.realizations[index].outputs[f.label.name] = f.value;
  p.realizations[index].lets[f.label.name] = scope.lets;
}

/// A patch is typed like the object that it changes.
void Checker::check_patch(const ast::PatchEntry& patch, const Span& span, std::span<const ast::Ident> path, StructId kind, Symbol platform, std::string_view what, Scope& scope) {
  if (!kind.valid()) return;
  if (platform.empty()) {
    sink_.report(diag::EntryNotAllowed{}, span, "a patch", "a component that may stand on any platform").help("say which platform's object is meant: `on compose { patch main { … } }`, or patch in the environment");
    return;
  }
  load_realizations(kind, platform);
  auto handle = path.empty() ? p.names->add("main") : path[0].name;
  StructId shape_id;
  std::set<std::string> known;
  for (auto& r : p.realizations) {
    if (r.platform != platform || !r.kind.valid() || !is_a(p, kind, r.kind)) continue;
    for (auto& [name, id] : r.handles) known.insert(text(name));
    if (auto at = r.handles.find(handle); at != r.handles.end() && !shape_id.valid()) shape_id = at->second;
  }
  if (!shape_id.valid()) {
    std::vector<std::string> words(known.begin(), known.end());
    std::string list;
    for (auto& one : words) list += (list.empty() ? "" : ", ") + one;
    auto at = path.empty() ? patch.target.span : path[0].span;
    auto& d = sink_.report(diag::PatchUnknown{}, at, text(handle), what, list.empty() ? "nothing" : list);
    if (auto near = diag::nearest(text(handle), words); !near.empty()) d.fix(fmt::format("did you mean `{}`?", near), at, near);
    return;
  }
  partial_ = true;
  check_record_block(patch.block, complete(shape_id), span, scope, false);
  partial_ = false;
}

/// The static twin of loss: a field that the realization can never read must be
/// named in `ignores` or `approximates`.
void Checker::check_coverage(std::uint32_t index) {
  auto& r = p.realizations[index];
  if (!r.kind.valid() || r.misspelt || p.structs[r.kind].kind == StructKind::Platform) return;
  std::set<std::pair<std::uint32_t, std::uint32_t>> reads = r.reads;
  std::set<std::uint32_t> whole = r.takes_all;
  std::vector<std::uint32_t> queue(r.calls.begin(), r.calls.end());
  std::set<std::uint32_t> seen;
  while (!queue.empty()) {
    auto fn = queue.back();
    queue.pop_back();
    if (!seen.insert(fn).second) continue;
    auto& f = p.functions[fn];
    reads.insert(f.reads.begin(), f.reads.end());
    whole.insert(f.takes_all.begin(), f.takes_all.end());
    queue.insert(queue.end(), f.calls.begin(), f.calls.end());
  }
  reads.insert(kind_reads_.begin(), kind_reads_.end());
  whole.insert(kind_takes_all_.begin(), kind_takes_all_.end());
  auto is_read = [&](StructId s, Symbol field) { return whole.contains(s.index) || reads.contains({s.index, field.index}); };
  std::vector<StructId> owners{r.kind, r.self};
  for (auto base : p.structs[r.kind].bases) owners.push_back(base);
  for (auto& field : p.structs[r.self].fields) {
    if (field.modifiers.output || field.constant || text(field.name) == "hosting") continue;
    bool read = std::any_of(owners.begin(), owners.end(), [&](StructId s) { return is_read(s, field.name); });
    const Ignored* ignored = nullptr;
    for (auto& one : r.ignored)
      if (one.field == field.name && one.path.size() == 1) ignored = &one;
    if (read && ignored && !ignored->guard.valid() && !ignored->approximates && reads.contains({r.self.index, field.name.index}))
      sink_.report(diag::IgnoredButRead{}, ignored->span, text(field.name));
    if (!read && !ignored) {
      bool partly = std::any_of(r.ignored.begin(), r.ignored.end(), [&](auto& one) { return one.field == field.name; });
      if (!partly)
        sink_.report(diag::UnreadField{}, r.span, struct_title(r.kind), p.text(r.platform), text(field.name))
            .label(field.span, "declared here")
            .help(fmt::format("read it, or say `ignores {} because \"…\"`", text(field.name)));
      continue;
    }
    if (ignored) continue;
    const auto d = t.of(field.type);
    auto inner = d.kind == TypeKind::Map ? t.of(d.second) : d.kind == TypeKind::List ? t.of(d.first) : d;
    if (inner.kind != TypeKind::Record) continue;
    for (auto& sub : p.structs[complete(inner.structure)].fields) {
      if (is_read(inner.structure, sub.name)) continue;
      bool said = std::any_of(r.ignored.begin(), r.ignored.end(), [&](auto& one) { return one.field == field.name && one.path.size() > 1 && one.path[1] == sub.name; });
      if (!said)
        sink_.report(diag::UnreadField{}, r.span, struct_title(r.kind), p.text(r.platform), text(field.name) + "." + text(sub.name))
            .label(sub.span, "declared here")
            .help(fmt::format("read it, or say `ignores {}.{} because \"…\"`", text(field.name), text(sub.name)));
    }
  }
}

}  // namespace envc::sema
