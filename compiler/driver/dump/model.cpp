#include "driver/dump/dump.h"

namespace envc::driver {
namespace {

class ModelText {
 public:
  ModelText(const model::Environment& environment, const SourceMap& sources)
      : env_(environment), p_(*environment.program), sources_(sources) {}

  std::string text() {
    out_ = fmt::format("# environment {} on {}\n", p_.text(env_.name), p_.text(env_.platform));
    for (std::uint32_t i = 0; i < env_.components.size(); ++i) component(i);
    for (const auto& [name, value] : env_.params) out_ += fmt::format("param {} = {}\n", p_.text(name), eval::display(p_, value));
    return std::move(out_);
  }

 private:
  std::string title(std::uint32_t index) const {
    const auto& c = env_.components[index];
    return (c.owner == 0xffffffffu ? "" : title(c.owner) + ".") + std::string(c.text);
  }
  std::string layer(const model::Layer& l) const {
    switch (l.kind) {
      case model::Layer::Default: return "default";
      case model::Layer::Declaration: return "declaration";
      case model::Layer::Environment: return std::string(p_.text(p_.environments[l.environment].name));
    }
    return "";
  }
  void component(std::uint32_t index) {
    const auto& c = env_.components[index];
    if (!c.kind.valid()) return;
    out_ += fmt::format("\n{} {}", p_.text(p_.structs[c.kind].name), title(index));
    if (!c.variant.empty()) out_ += fmt::format(" as {}", p_.text(c.variant));
    out_ += fmt::format("{}  {}\n", c.realization ? "" : " (nothing realizes it)", c.full_name);
    for (auto other : c.uses) out_ += fmt::format("  uses {}\n", title(other));
    for (const auto& [name, slot] : env_.slots[c.root].children) this->slot(slot, std::string(p_.text(name)));
  }
  void slot(std::uint32_t index, const std::string& path) {
    const auto& s = env_.slots[index];
    if (s.removed) out_ += fmt::format("  {} removed\n", path);
    else if (s.value.valid() || s.children.empty())
      out_ += fmt::format("  {} = {}  [{}{}] {}\n", path, s.mark == model::Mark::Done ? eval::display(p_, s.result) : "?",
                          layer(s.layer), s.is_final ? ", final" : "", sources_.place(s.span));
    for (const auto& one : s.overwritten)
      if (one.layer.kind != model::Layer::Default)
        out_ += fmt::format("    was written by {} at {}\n", layer(one.layer), sources_.place(one.span));
    for (const auto& [name, child] : s.children) slot(child, path + "." + std::string(p_.text(name)));
  }

  const model::Environment& env_;
  const sema::Program& p_;
  const SourceMap& sources_;
  std::string out_;
};

}  // namespace

std::string model_text(const model::Environment& environment, const SourceMap& sources) {
  return ModelText(environment, sources).text();
}

}  // namespace envc::driver
