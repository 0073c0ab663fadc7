// What became of every value that a user wrote: held, carried, ignored with a
// reason, or lost.
#include <algorithm>

#include "plan/objects.h"

namespace envc::plan {

using namespace eval;

namespace {

/// An `ignores` or `approximates` of a realization, ready to be compared with leaves.
struct Rule {
  const sema::Ignored* said;
  std::string path;
  std::map<std::uint32_t, bool> holds;  ///< its guard, by component
};

bool covers(std::string_view rule, std::string_view leaf) {
  return leaf.starts_with(rule) && (leaf.size() == rule.size() || leaf[rule.size()] == '.' || leaf[rule.size()] == '[');
}

}  // namespace

std::vector<Outcome> outcomes(model::Evaluator& e) {
  std::vector<Outcome> out;
  auto& env = e.env;
  std::map<const sema::Realization*, std::vector<Rule>> rules;
  for (auto& leaf : env.leaves) {
    auto& c = env.components[leaf.component];
    if (!c.realization || !c.kind.valid()) continue;  // kinds of pure data: nothing to lose
    auto& kind = e.p.structs[c.kind];
    if (kind.hosting != 0xffffffffu) {
      auto hosting = e.p.text(kind.fields[kind.hosting].name);
      if (covers(hosting, leaf.path) && leaf.path.size() == hosting.size()) continue;  // the case chose the realization: its effect
    }
    auto [known, added] = rules.try_emplace(c.realization);
    if (added)
      for (auto& one : c.realization->ignored) {
        std::string path;
        for (auto part : one.path) path += (path.empty() ? "" : ".") + std::string(e.p.text(part));
        known->second.push_back({&one, std::move(path), {}});
      }
    auto fate = leaf.seen & 1 ? Fate::Held : leaf.seen & 2 ? Fate::Carried : Fate::Lost;
    const sema::Ignored* because = nullptr;
    for (auto& rule : known->second) {
      if ((fate == Fate::Held && !rule.said->approximates) || !covers(rule.path, leaf.fields)) continue;
      auto [at, first] = rule.holds.try_emplace(leaf.component, true);
      if (first && rule.said->guard.valid()) {
        auto context = e.prelude(leaf.component, rule.said->lets);
        at->second = e.truth(rule.said->guard, context);
      }
      if (!at->second) continue;
      because = rule.said;
      break;
    }
    if (fate == Fate::Held && !because) continue;
    Outcome made;
    made.component = e.title(leaf.component);
    made.path = (c.pseudo ? "on " : "") + made.component + "." + leaf.path;
    made.span = leaf.span;
    made.fate = fate;
    if (because) {
      made.fate = because->approximates ? Fate::Approximated : Fate::Ignored;
      made.rule = because->span;
      auto context = e.prelude(leaf.component, because->lets);
      if (auto text = e.eval(because->because, context); text.tag == Tag::Text) made.reason = std::string(*text.text);
    }
    out.push_back(std::move(made));
  }
  for (auto& patch : env.patches) {
    auto owner = patch.component == 0xffffffffu ? model::Environment::on : patch.component;
    Outcome made;
    made.fate = Fate::Patched;
    made.component = e.title(owner);
    made.path = made.component;
    for (auto part : patch.path) made.path += "." + std::string(e.p.text(part));
    made.reason = "changed by hand";
    made.span = patch.span;
    out.push_back(std::move(made));
  }
  std::stable_sort(out.begin(), out.end(), [](const Outcome& a, const Outcome& b) { return std::tie(a.span, a.path) < std::tie(b.span, b.path); });
  out.erase(std::unique(out.begin(), out.end(), [](const Outcome& a, const Outcome& b) { return a.span == b.span && a.path == b.path && a.fate == b.fate; }), out.end());
  return out;
}

}  // namespace envc::plan
