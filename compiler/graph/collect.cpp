#include "graph/collect.h"

#include <algorithm>
#include <array>

#include "graph/networks.h"

namespace envc::graph {
namespace {

using namespace eval;
using model::Environment;

constexpr std::array<std::string_view, 8> figures{
#define FIGURE(word, name, open, close, shape) #word,
#include "graph/figures.def"
#undef FIGURE
};

class Collector {
 public:
  explicit Collector(model::Evaluator& evaluator) : e_(evaluator), p_(evaluator.p), env_(evaluator.env) {}

  Graph run() {
    if (p_.system) graph_.system = p_.text(p_.system->name);
    graph_.environment = p_.text(env_.name);
    graph_.platform = p_.text(env_.platform);
    index_.assign(env_.components.size(), nothing);
    std::vector<std::pair<std::string, std::uint32_t>> names;  // by name: files may stand in any order
    for (auto i = Environment::first; i < env_.components.size(); ++i)
      if (env_.components[i].owner == nothing) names.emplace_back(e_.title(i), i);
    std::sort(names.begin(), names.end());
    for (const auto& [name, i] : names) node(i);
    for (auto i = Environment::first; i < env_.components.size(); ++i) edges(i);
    std::sort(graph_.edges.begin(), graph_.edges.end());
    graph_.edges.erase(std::unique(graph_.edges.begin(), graph_.edges.end()), graph_.edges.end());
    nest(graph_, networks_);
    return std::move(graph_);
  }

 private:
  void node(std::uint32_t component) {
    const auto& c = env_.components[component];
    auto figure = output(component, "figure");
    if (figure.tag != Tag::Enum) return;
    const auto word = p_.text(Symbol{static_cast<std::uint32_t>(figure.number)});
    const auto known = std::find(figures.begin(), figures.end(), word);
    Node made;
    made.name = e_.title(component);
    made.caption = p_.text(p_.structs[c.kind].name);
    if (!c.variant.empty()) made.caption += ", " + std::string(p_.text(c.variant));
    made.figure = known == figures.end() ? Figure::Service : static_cast<Figure>(known - figures.begin());
    made.outside = made.figure == Figure::Outside || !c.realization || c.realization->handles.empty();
    made.ports = texts(output(component, "listens"));
    made.urls = texts(output(component, "public_urls"));
    networks_.push_back(texts(output(component, "networks")));
    index_[component] = static_cast<std::uint32_t>(graph_.nodes.size());
    graph_.nodes.push_back(std::move(made));
  }

  /// An output, where the kind declares it.
  Value output(std::uint32_t component, std::string_view name) {
    const auto& c = env_.components[component];
    const auto* field = c.kind.valid() ? p_.structs[c.kind].find(e_.sym(name)) : nullptr;
    return field && field->modifiers.output ? e_.output(component, *field, c.span) : Value{};
  }

  /// The texts of a list, each once.
  std::vector<std::string> texts(const Value& list) {
    std::vector<std::string> all;
    if (list.tag != Tag::List) return all;
    for (const auto& item : list.list->items) {
      auto text = shown(item, 0);
      if (!text.empty() && std::find(all.begin(), all.end(), text) == all.end()) all.push_back(std::move(text));
    }
    return all;
  }

  /// What is not known before deployment stands in braces: "http://{balancer.dns_name}".
  std::string shown(const Value& v, int depth) {
    if (v.poison() || v.none() || depth > 50) return "";
    if (v.tag != Tag::Late) return show(p_, v);
    std::string text;
    for (const auto& piece : v.late->parts) {
      if (piece.kind == PartKind::Literal) {
        text += piece.text;
      } else if (piece.kind == PartKind::Input) {
        text += "{" + std::string(p_.text(p_.bindings[piece.component].name)) + "}";
      } else if (const auto* value = assigned(piece)) {
        auto c = e_.prelude(piece.component, piece.name);
        text += shown(e_.eval(*value, c), depth + 1);
      } else {
        text += "{" + std::string(p_.text(piece.name)) + (piece.text.empty() ? "" : "." + std::string(piece.text)) + "}";
      }
    }
    return text;
  }

  /// What the realization says of an output that is no secret, or null.
  [[nodiscard]] const ast::ExprId* assigned(const Piece& piece) const {
    const auto* r = env_.components[piece.component].realization;
    if (piece.kind != PartKind::Output || piece.secret || !r) return nullptr;
    const auto found = r->outputs.find(piece.name);
    return found == r->outputs.end() ? nullptr : &found->second;
  }

  /// The node that a component, or the owner of a part, is drawn as.
  [[nodiscard]] std::uint32_t drawn(std::uint32_t component) const {
    const auto owner = env_.components[component].owner;
    return index_[owner == nothing ? component : owner];
  }

  void edge(std::uint32_t from, std::uint32_t to) {
    if (from != nothing && to != nothing && from != to) graph_.edges.push_back({from, to});
  }

  /// Who reads an output of another, or names it in one of its fields (a volume that is mounted, a store that is copied).
  void edges(std::uint32_t component) {
    const auto& c = env_.components[component];
    const auto from = drawn(component);
    for (auto used : c.uses) edge(from, drawn(used));
    if (!c.kind.valid()) return;
    for (const auto& [name, slot] : env_.slots[c.root].children)
      if (env_.slots[slot].mark == model::Mark::Done) named(from, env_.slots[slot].result);
  }

  void named(std::uint32_t from, const Value& v) {
    switch (v.tag) {
      case Tag::Component: edge(from, drawn(static_cast<std::uint32_t>(v.number))); return;
      case Tag::List:
        for (const auto& item : v.list->items) named(from, item);
        return;
      case Tag::Map:
        for (const auto& entry : v.map->entries) named(from, entry.value);
        return;
      case Tag::Record:
        for (const auto& field : v.record->fields) named(from, field);
        return;
      case Tag::Union: named(from, v.united->payload); return;
      default: return;
    }
  }

  model::Evaluator& e_;
  const sema::Program& p_;
  const Environment& env_;
  Graph graph_;
  std::vector<std::uint32_t> index_;  ///< component -> node
  std::vector<std::vector<std::string>> networks_;
};

}  // namespace

Graph collect(model::Evaluator& evaluator) { return Collector(evaluator).run(); }

}  // namespace envc::graph
