// What became of every value that a user wrote: held, carried, ignored with a
// reason, or lost.
#include <algorithm>

#include "plan/objects.h"

namespace envc::plan {

using namespace eval;

std::vector<Outcome> outcomes(model::Evaluator& e) {
  std::vector<Outcome> out;
  auto& env = e.env;
  std::map<const sema::Ignored*, std::map<std::uint32_t, bool>> guards;
  for (auto& leaf : env.leaves) {
    auto& c = env.components[leaf.component];
    if (!c.realization || !c.kind.valid()) continue;  // kinds of pure data: nothing to lose
    auto word = leaf.path.substr(0, leaf.path.find_first_of(".["));
    if (auto* f = e.p.structs[c.kind].find(e.sym(word)); f && e.p.structs[c.kind].hosting != 0xffffffffu && f == &e.p.structs[c.kind].fields[e.p.structs[c.kind].hosting])
      continue;  // the case chose the realization: it had its effect
    Outcome made;
    made.component = e.title(leaf.component);
    made.path = made.component + "." + leaf.path;
    if (c.pseudo) made.path = "on " + made.component + "." + leaf.path;
    made.span = leaf.span;
    made.fate = leaf.seen & 1 ? Fate::Held : leaf.seen & 2 ? Fate::Carried : Fate::Lost;
    for (auto& one : c.realization->ignored) {
      std::string path;
      for (auto part : one.path) path += (path.empty() ? "" : ".") + std::string(e.p.text(part));
      bool covers = leaf.path == path || leaf.path.starts_with(path + ".") || leaf.path.starts_with(path + "[");
      if (!covers || (made.fate == Fate::Held && !one.approximates)) continue;
      auto [at, added] = guards[&one].try_emplace(leaf.component, true);
      if (added && one.guard.valid()) {
        auto context = e.prelude(leaf.component);
        at->second = e.truth(one.guard, context);
      }
      if (!at->second) continue;
      made.fate = one.approximates ? Fate::Approximated : Fate::Ignored;
      made.rule = one.span;
      auto context = e.prelude(leaf.component);
      auto because = e.eval(one.because, context);
      if (because.tag == Tag::Text) made.reason = std::string(*because.text);
      break;
    }
    if (made.fate != Fate::Held) out.push_back(std::move(made));
  }
  std::stable_sort(out.begin(), out.end(), [](const Outcome& a, const Outcome& b) { return std::tie(a.span, a.path) < std::tie(b.span, b.path); });
  out.erase(std::unique(out.begin(), out.end(), [](const Outcome& a, const Outcome& b) { return a.span == b.span && a.path == b.path && a.fate == b.fate; }), out.end());
  return out;
}

}  // namespace envc::plan
