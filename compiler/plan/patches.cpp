// `patch handle { … }`: fields of an emitted object overwritten by hand, checked
// against its shape.
#include <algorithm>

#include "diag/render.h"
#include "plan/objects.h"

namespace envc::plan {

using namespace sema;
using model::Context;

namespace {

/// Lays `over` on `base`, key by key.
Map lay(Arena& arena, Map base, Map over) {
  std::vector<Field> fields(base.begin(), base.end());
  for (auto& field : over) {
    auto at = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == field.key; });
    if (at == fields.end()) {
      fields.push_back(field);
      continue;
    }
    auto* a = at->value.as<Map>();
    auto* b = field.value.as<Map>();
    if (a && b) at->value.value = lay(arena, *a, *b);
    else at->value = field.value;
  }
  return Map(arena.copy(fields));
}

}  // namespace

void Realizer::patches() {
  for (auto& patch : e.env.patches) {
    auto component = patch.component == 0xffffffffu ? model::Environment::on : patch.component;
    auto& c = e.env.components[component];
    auto handle = patch.path.empty() ? e.sym("main") : patch.path[0];
    bool any = false;
    std::vector<std::string> known;
    for (auto id : order_) {
      auto& made = objects_[id];
      if (made.owner != component) continue;
      known.emplace_back(p.text(made.handle));
      if (made.handle != handle) continue;
      any = true;
      if (!c.realization) continue;
      auto shape = c.realization->handles.find(handle);
      if (shape == c.realization->handles.end()) continue;
      Context context;
      context.self = component;
      std::vector<Field> fields;
      block(patch.block, shape->second, context, fields);
      if (auto* base = made.object.body.as<Map>()) made.object.body.value = lay(plan.arena, *base, Map(plan.arena.copy(fields)));
    }
    if (any) continue;
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    std::string list;
    for (auto& one : known) list += (list.empty() ? "" : ", ") + one;
    auto& d = sink.report(diag::PatchUnknown{}, patch.span, p.text(handle), e.title(component), list.empty() ? "nothing" : list).in(e.environment_name);
    if (auto near = diag::nearest(p.text(handle), known); !near.empty()) d.help(fmt::format("did you mean `{}`?", near));
  }
}

}  // namespace envc::plan
