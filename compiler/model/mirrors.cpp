#include "model/mirrors.h"

#include <algorithm>

#include "model/merge.h"
#include "model/rules.h"

namespace envc::model {

using namespace eval;
using namespace sema;

namespace {

class Comparison {
 public:
  Comparison(Evaluator& mine, Evaluator& other, const Span& mirror, diag::Sink& sink)
      : mine_(mine), other_(other), p_(mine.p), mirror_(mirror), sink_(sink) {}

  void run() {
    component(Environment::on, Environment::on, "on." + std::string(p_.text(mine_.env.platform)));
    for (auto& [name, index] : mine_.env.by_name) {
      auto found = other_.env.by_name.find(name);
      const auto title = std::string(p_.text(name));
      if (found == other_.env.by_name.end()) differ(title, mine_.env.components[index].span, {}, "there", "absent");
      else if (mine_.env.components[index].kind != other_.env.components[found->second].kind)
        differ(title, mine_.env.components[index].span, other_.env.components[found->second].span, kind_of(mine_, index),
               kind_of(other_, found->second));
      else component(index, found->second, title);
    }
    for (auto& [name, index] : other_.env.by_name)
      if (!mine_.env.by_name.contains(name))
        differ(std::string(p_.text(name)), {}, other_.env.components[index].span, "absent", "there");
  }

 private:
  using SlotIndex = std::optional<std::uint32_t>;

  std::string kind_of(const Evaluator& e, std::uint32_t c) const {
    return std::string(p_.text(p_.structs[e.env.components[c].kind].name));
  }

  static SlotIndex child(const Evaluator& e, SlotIndex slot, Symbol name) {
    if (slot)
      for (auto& [n, s] : e.env.slots[*slot].children)
        if (n == name) return s;
    return std::nullopt;
  }

  void component(std::uint32_t a, std::uint32_t b, const std::string& title) {
    auto kind = mine_.env.components[a].kind;
    if (!kind.valid()) return;
    for (auto& field : p_.structs[kind].fields) {
      if (field.modifiers.output || field.modifiers.out || field.modifiers.varies || field.constant) continue;
      auto x = mine_.field(a, field.name, {}), y = other_.field(b, field.name, {});
      value(x, y, title + "." + std::string(p_.text(field.name)), child(mine_, mine_.env.components[a].root, field.name),
            child(other_, other_.env.components[b].root, field.name));
    }
  }

  /// Written by the same expressions, down to the last leaf.
  bool one_source(SlotIndex a, SlotIndex b) const {
    if (!a || !b) return false;
    auto &x = mine_.env.slots[*a], &y = other_.env.slots[*b];
    if (x.value != y.value || x.removed != y.removed || x.edits.size() != y.edits.size() ||
        x.children.size() != y.children.size())
      return false;
    for (std::size_t i = 0; i < x.edits.size(); ++i)
      if (x.edits[i].value != y.edits[i].value) return false;
    for (std::size_t i = 0; i < x.children.size(); ++i)
      if (x.children[i].first != y.children[i].first || !one_source(x.children[i].second, y.children[i].second)) return false;
    return x.value.valid() || !x.children.empty() || !x.edits.empty() || x.removed;
  }

  void value(const Value& x, const Value& y, const std::string& path, SlotIndex a, SlotIndex b) {
    if (x.poison() || y.poison() || one_source(a, b)) return;
    if (x.tag != y.tag) return differ(path, x, y, a, b);
    switch (x.tag) {
      case Tag::Record: {
        auto& s = p_.structs[x.record->structure];
        for (std::size_t i = 0; i < x.record->fields.size() && i < y.record->fields.size(); ++i) {
          auto& field = s.fields[i];
          if (field.modifiers.varies) continue;
          value(x.record->fields[i], y.record->fields[i], path + "." + std::string(p_.text(field.name)),
                child(mine_, a, field.name), child(other_, b, field.name));
        }
        return;
      }
      case Tag::Union:
        if (x.united->index != y.united->index) return differ(path, x, y, a, b);
        return value(x.united->payload, y.united->payload, path, a, b);
      case Tag::Map: return map(x, y, path, a, b);
      case Tag::List: {
        auto &l = x.list->items, &r = y.list->items;
        bool equal_all = l.size() == r.size();
        for (std::size_t i = 0; equal_all && i < l.size(); ++i) equal_all = same(l[i], r[i]);
        if (!equal_all) differ(path, x, y, a, b);
        return;
      }
      default:
        if (!same(x, y)) differ(path, x, y, a, b);
    }
  }

  void map(const Value& x, const Value& y, const std::string& path, SlotIndex a, SlotIndex b) {
    auto find = [&](const Value& m, const Value& key) -> const Value* {
      for (auto& entry : m.map->entries)
        if (show(p_, entry.key) == show(p_, key)) return &entry.value;
      return nullptr;
    };
    auto slot = [&](const Evaluator& e, SlotIndex parent, const Value& key) {
      return child(e, parent, p_.names->find(show(p_, key)));
    };
    for (auto& entry : x.map->entries) {
      auto inner = path + "." + show(p_, entry.key);
      if (auto* there = find(y, entry.key))
        value(entry.value, *there, inner, slot(mine_, a, entry.key), slot(other_, b, entry.key));
      else differ(inner, entry.value, Maker::none(), slot(mine_, a, entry.key), {});
    }
    for (auto& entry : y.map->entries)
      if (!find(x, entry.key))
        differ(path + "." + show(p_, entry.key), Maker::none(), entry.value, {}, slot(other_, b, entry.key));
  }

  /// Late values are the same when they refer to the same; components when they are called the same.
  bool same(const Value& x, const Value& y) const {
    if (x.tag != y.tag) return false;
    if (x.tag == Tag::Component)
      return mine_.title(static_cast<std::uint32_t>(x.number)) == other_.title(static_cast<std::uint32_t>(y.number));
    if (x.tag != Tag::Late) return equal(p_, x, y);
    auto &l = x.late->parts, &r = y.late->parts;
    if (l.size() != r.size()) return false;
    for (std::size_t i = 0; i < l.size(); ++i) {
      if (l[i].kind != r[i].kind || l[i].name != r[i].name || l[i].text != r[i].text || l[i].key != r[i].key) return false;
      bool owned = l[i].kind == PartKind::Output || l[i].kind == PartKind::Attribute || l[i].kind == PartKind::ObjectName;
      if (owned && mine_.title(l[i].component) != other_.title(r[i].component)) return false;
    }
    return true;
  }

  static Span written(const Evaluator& e, SlotIndex slot) {
    return slot && e.env.slots[*slot].layer.kind != Layer::Default ? e.env.slots[*slot].span : Span{};
  }

  static bool by_environment(const Evaluator& e, SlotIndex slot) {
    return slot && e.env.slots[*slot].layer.kind == Layer::Environment;
  }

  std::string shown(const Value& v) const {
    auto text = v.none() ? std::string("absent") : display(p_, v);
    return text.size() < 100 ? text : "another value";
  }

  void differ(const std::string& path, const Value& x, const Value& y, SlotIndex a, SlotIndex b) {
    auto here = written(mine_, a), there = written(other_, b);
    // the line of an environment is the one to change, not the declaration that both share
    if (there.valid() && !by_environment(mine_, a) && by_environment(other_, b)) here = {};
    differ(path, here, there, shown(x), shown(y));
  }

  void differ(const std::string& path, const Span& here, const Span& there, const std::string& x, const std::string& y) {
    std::vector<std::string> id{"mirrors"};
    for (std::size_t begin = 0; begin <= path.size();) {
      auto end = std::min(path.find('.', begin), path.size());
      id.push_back(path.substr(begin, end - begin));
      begin = end + 1;
    }
    if (auto allow = find_allow(mine_.env, id, {})) {
      use_allow(mine_, *allow, path + " differs from " + other_.environment_name, sink_);
      return;
    }
    auto at = here.valid() ? here : there.valid() ? there : mirror_;
    auto& d = sink_.report(diag::MirrorsDiffer{}, at, mine_.environment_name, other_.environment_name, "`" + path + "`");
    if (there.valid() && there != at) d.label(there, fmt::format("`{}` says this", other_.environment_name));
    d.label(mirror_, "nothing may differ but what varies");
    d.note("value", fmt::format("{} in {}, {} in {}", x, mine_.environment_name, y, other_.environment_name));
    d.help(fmt::format("write it once for both, or `allow mirrors.{} because \"…\"` in `{}`", path, mine_.environment_name));
  }

  Evaluator& mine_;
  Evaluator& other_;
  const Program& p_;
  Span mirror_;
  diag::Sink& sink_;
};

}  // namespace

void check_mirror(Evaluator& e, diag::Sink& sink) {
  auto name = e.sym("mirrors");
  auto& self = e.env.components[Environment::self];
  if (!self.kind.valid() || !e.p.structs[self.kind].find(name)) return;
  auto mirrored = e.field(Environment::self, name, {});
  if (mirrored.tag != Tag::Environment) return;
  auto index = static_cast<std::uint32_t>(mirrored.number);
  if (index == e.env.info || e.p.environments[index].broken) return;
  Span span = self.span;
  for (auto& [field, slot] : e.env.slots[self.root].children)
    if (field == name) span = e.env.slots[slot].span;
  diag::Sink silent;  // what is wrong over there is reported over there
  auto other = merge(e.p, index, silent);
  other.params = e.env.params;
  other.files = e.env.files;
  other.mirrored = true;
  Evaluator there(other, silent);
  there.freeze();
  Comparison(e, there, span, sink).run();
}

}  // namespace envc::model
