// Identities of objects and what they are called: within each format's limits,
// deterministic, and never two of one name.
#include <algorithm>

#include "base/paths.h"
#include "plan/objects.h"

namespace envc::plan {

using namespace eval;
using namespace sema;

namespace {

/// Six letters and digits of the full identity (FNV-1a): stable on every machine.
std::string short_hash(std::string_view text) {
  std::uint64_t h = 1469598103934665603ull;
  for (unsigned char c : text) h = (h ^ c) * 1099511628211ull;
  std::string out;
  for (int i = 0; i < 6; ++i) {
    out += "abcdefghijklmnopqrstuvwxyz0123456789"[h % 36];
    h /= 36;
  }
  if (out[0] >= '0' && out[0] <= '9') out[0] = static_cast<char>('a' + (out[0] - '0'));
  return out;
}

}  // namespace

Symbol Realizer::handle_of(const ast::EmitEntry& x) const {
  if (x.handle) return x.handle->name;
  if (x.shape.parts.empty()) return {};
  auto word = p.text(x.shape.parts.back().name);
  std::string made;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (std::isupper(static_cast<unsigned char>(word[i])) && i > 0) made += '_';
    made += static_cast<char>(std::tolower(static_cast<unsigned char>(word[i])));
  }
  return e.sym(made);
}

Span Realizer::component_span(std::uint32_t component) const {
  auto& c = e.env.components[component];
  return c.span;
}

std::string Realizer::describe(std::uint32_t id) const {
  auto& made = objects_[id];
  auto& c = e.env.components[made.owner];
  auto handle = p.text(made.handle);
  std::string out = c.pseudo ? "the platform's" : "`" + e.title(made.owner) + "`'s";
  return out + " `" + std::string(handle) + (made.object.key.empty() ? "" : "[" + std::string(made.object.key) + "]") + "`";
}

const Realizer::Format& Realizer::format(Symbol name) {
  auto [at, added] = formats_.try_emplace(name);
  auto declared = p.formats.find(name);
  if (!added || declared == p.formats.end()) return at->second;
  auto& f = at->second;
  f.label = e.constant(declared->second, "references") == "by-attribute";
  f.max = static_cast<std::size_t>(std::strtoul(e.constant(declared->second, "id_max").c_str(), nullptr, 10));
  f.alphabet = e.constant(declared->second, "id");
  if (!f.pattern.compile(f.alphabet)) f.alphabet.clear();
  auto path = e.constant(declared->second, "name_at");
  auto dot = path.find('.');
  f.name_outer = path.substr(0, dot);
  if (dot != std::string::npos) f.name_inner = path.substr(dot + 1);
  return f;
}

/// Cuts a name that is too long; the hash of the whole identity keeps it unique.
std::string Realizer::within(std::string name, std::string_view identity, std::size_t max, char joint) {
  if (max == 0 || name.size() <= max) return name;
  name.resize(max > 7 ? max - 7 : 0);
  while (!name.empty() && (name.back() == '-' || name.back() == '_')) name.pop_back();
  return name + joint + short_hash(identity);
}

std::string Realizer::default_name(std::uint32_t owner, Symbol handle, std::string_view key, bool label) {
  auto& c = e.env.components[owner];
  std::string name;
  auto word = std::string(p.text(handle));
  bool main = word == "main";
  if (label) {
    auto add = [&](std::string_view part) {
      if (part.empty()) return;
      if (!name.empty()) name += '_';
      for (char ch : part) name += std::isalnum(static_cast<unsigned char>(ch)) ? static_cast<char>(std::tolower(static_cast<unsigned char>(ch))) : '_';
    };
    if (!c.pseudo) add(e.title(owner));
    if (!main || c.pseudo) add(word);
    add(key);
    if (!name.empty() && std::isdigit(static_cast<unsigned char>(name[0]))) name = "_" + name;
    return name;
  }
  name = c.pseudo ? std::string(plan.system) : std::string(c.full_name);
  auto add = [&](std::string_view part) {
    if (part.empty()) return;
    name += '-';
    for (char ch : part) name += std::isalnum(static_cast<unsigned char>(ch)) ? static_cast<char>(std::tolower(static_cast<unsigned char>(ch))) : '-';
  };
  if (!main) add(word);
  add(key);
  return name;
}

std::string Realizer::file_of(std::uint32_t owner, StructId shape) {
  auto& s = p.structs[shape];
  std::string pattern;
  if (s.file.valid())
    if (auto* lit = std::get_if<ast::StringLit>(&p.ast->exprs[s.file].node); lit && !lit->parts.empty()) pattern = std::string(p.text(lit->parts[0].literal));
  if (pattern.empty()) pattern = "{component}";
  auto& c = e.env.components[owner];
  auto name = c.pseudo ? std::string(p.text(e.env.platform)) : c.owner != 0xffffffffu ? std::string(e.env.components[c.owner].text) : std::string(c.text);
  if (auto at = pattern.find("{component}"); at != std::string::npos) pattern.replace(at, 11, name);
  return pattern;
}

/// A path below the output folder, whoever chose it.
std::string_view Realizer::path(std::string_view path, const Value& v, ast::ExprId written, model::Context& c) {
  bool printable = std::none_of(path.begin(), path.end(), [](char ch) { return static_cast<unsigned char>(ch) < 0x20 || ch == 0x7f || ch == '\\'; });
  if (stays_inside(path) && printable) return path;
  auto at = e.written_at(v, written, c);
  auto& d = sink.report(diag::FileOutside{}, at, display(p, v)).in(e.environment_name);
  if (at != p.ast->exprs[written].span) d.label(p.ast->exprs[written].span, "a file is named so here");
  return path;
}

std::uint32_t Realizer::object(std::uint32_t owner, Symbol handle, std::string_view key, StructId shape, const ast::EmitEntry* x, model::Context* c) {
  auto id_key = std::tuple(owner, handle, std::string(key));
  if (auto at = ids_.find(id_key); at != ids_.end()) return at->second;
  auto id = static_cast<std::uint32_t>(objects_.size());
  ids_[id_key] = id;
  auto& made = objects_.emplace_back();
  made.owner = owner;
  made.handle = handle;
  auto& s = p.structs[shape];
  auto& arena = plan.arena;
  auto& component = e.env.components[owner];
  auto& object = made.object;
  object.format = p.text(s.format);
  object.shape = p.text(s.target);
  object.component = component.pseudo ? std::string_view() : arena.copy(std::string_view(e.title(owner)));
  object.handle = p.text(handle);
  object.key = arena.copy(key);
  object.file = arena.copy(std::string_view(file_of(owner, shape)));
  object.doc = {};
  object.span = component.span;

  auto* r = component.realization;
  if (!x && r) x = e.find_emit(*r, handle);
  std::string name;
  if (x && !x->args.empty()) {
    model::Context own = c ? *c : e.prelude(owner, handle);
    for (auto& arg : x->args) {
      if (!arg.name) continue;
      auto word = p.text(arg.name->name);
      if (word == "key" || word == "shared") continue;
      auto v = e.eval(arg.value, own);
      if (word == "name" && v.tag == Tag::Text) name = std::string(*v.text);
      if (word == "file" && v.tag == Tag::Text) objects_[id].object.file = path(arena.copy(*v.text), v, arg.value, own);
      if (word == "doc" && v.tag == Tag::Text) objects_[id].object.doc = arena.copy(*v.text);
      if (word == "hashed" && v.tag == Tag::Bool) objects_[id].hashed = objects_[id].object.hashed = v.boolean;
    }
  }
  auto& rules = format(s.format);
  auto max = rules.max;
  bool explicit_name = !name.empty();
  if (!explicit_name) name = default_name(owner, handle, key, rules.label);
  auto identity = std::string(plan.environment) + "/" + e.title(owner) + "/" + std::string(p.text(handle)) + "/" + std::string(key) + "/" + name;
  // a hashed name grows by eleven characters when it is printed
  if (objects_[id].hashed && max > 11) max -= 11;
  name = within(std::move(name), identity, max, rules.label ? '_' : '-');
  if (!rules.alphabet.empty() && !rules.pattern.matches(name))
    sink.report(diag::NameInvalid{}, component.span, name, object.format)
        .in(e.environment_name)
        .note("rule", rules.alphabet)
        .help("rename the component, or change the system's `naming`");
  objects_[id].object.name = arena.copy(std::string_view(name));
  return id;
}

/// Where the format keeps an object's name inside the object (`metadata.name`).
void Realizer::place_name(StructId shape, std::string_view name, std::vector<Field>& fields) {
  auto& rules = format(p.structs[shape].format);
  auto& first = rules.name_outer;
  auto& second = rules.name_inner;
  if (first.empty() || !p.structs[shape].find(e.sym(first))) return;
  Node value;
  value.value = name;
  auto put_first = [&](std::vector<Field>& into, std::string_view key, Node n) {
    for (auto& field : into)
      if (field.key == key) return;
    into.insert(into.begin(), Field{plan.arena.copy(key), n, false});
  };
  if (second.empty()) {
    put_first(fields, first, value);
    return;
  }
  for (auto& field : fields)
    if (field.key == first) {
      std::vector<Field> inner;
      if (auto* m = field.value.as<Map>()) inner.assign(m->begin(), m->end());
      put_first(inner, second, value);
      field.value.value = Map(plan.arena.copy(inner));
      return;
    }
  Node holder;
  std::vector<Field> inner{Field{plan.arena.copy(std::string_view(second)), value, false}};
  holder.value = Map(plan.arena.copy(inner));
  // behind the constants (apiVersion, kind), before the rest
  std::size_t constants = 0;
  for (auto& f : p.structs[shape].fields) constants += f.constant;
  fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(std::min(constants, fields.size())), Field{plan.arena.copy(std::string_view(first)), holder, false});
}

}  // namespace envc::plan
