// The realizer's state: objects by identity, names, trees. Private to plan/.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "plan/realize.h"

namespace envc::plan {

class Realizer {
 public:
  Realizer(model::Evaluator& evaluator, diag::Sink& s) : e(evaluator), p(evaluator.p), sink(s) {}
  void run();
  /// Whether some component breaks a rule of its realization: then nothing of it is made.
  [[nodiscard]] bool broken() const { return !broken_.empty(); }
  Plan plan;

 private:
  // realize.cpp
  void frame(std::uint32_t component);
  void parts();
  void named_secrets();
  void statements(ast::BlockId block, model::Context& c);
  void require(const ast::RequireEntry& r, const Span& span, model::Context& c);
  void emit(const ast::EmitEntry& x, const ast::Entry& entry, model::Context& c);
  void finish();
  std::string key_text(const eval::Value& v);

  // names.cpp: identities and names
  Symbol handle_of(const ast::EmitEntry& x) const;
  std::uint32_t object(std::uint32_t owner, Symbol handle, std::string_view key, sema::StructId shape, const ast::EmitEntry* x, model::Context* c);
  std::string default_name(std::uint32_t owner, Symbol handle, std::string_view key, bool label);
  std::string within(std::string name, std::string_view identity, std::size_t max, char joint);
  std::string file_of(std::uint32_t owner, sema::StructId shape);
  std::string_view path(std::string_view path, const eval::Value& v, ast::ExprId written, model::Context& c);
  void place_name(sema::StructId shape, std::string_view name, std::vector<Field>& fields);
  std::string describe(std::uint32_t id) const;
  [[nodiscard]] Span component_span(std::uint32_t component) const;

  // trees.cpp: expressions and values -> nodes
  void block(ast::BlockId id, sema::StructId shape, model::Context& c, std::vector<Field>& fields);
  void constants(sema::StructId shape, std::vector<Field>& fields);
  void map(ast::BlockId id, sema::Type type, model::Context& c, std::vector<Field>& fields);
  Node node(ast::ExprId x, sema::Type want, model::Context& c);
  Node node_of(const eval::Value& v, sema::Type want, const Span& at, model::Context& c);
  Node number(const eval::Value& v, const sema::TypeData& refined, const Span& at);
  Node late(const eval::Value& v, const Span& at);
  void resolve(const eval::Piece& piece, std::vector<Part>& parts, const Span& at, int depth);
  std::uint32_t secret(std::uint32_t component);
  std::uint32_t input(std::uint32_t binding);
  Node text(std::string_view s);

  // patches.cpp
  void patches();

  // seen.cpp: nodes -> values
  void policies();
  eval::Value seen_fields(Map fields, sema::StructId structure);
  eval::Value seen_value(const Node& node, sema::Type type);
  eval::Value seen_scalar(std::string_view text, bool is_number, sema::Type type);
  eval::Value seen_late(Late late_value);

  struct Made {
    std::uint32_t owner = 0;
    Symbol handle;
    Object object;
    bool emitted = false;
    bool hashed = false;
  };

  /// What a format's declaration says of names, read once.
  struct Format {
    bool label = false;          ///< names are labels of the format's own, never the user's text
    std::size_t max = 0;
    std::string alphabet;
    eval::Pattern pattern;
    std::string name_outer, name_inner;  ///< `name_at = "metadata.name"`
  };
  const Format& format(Symbol name);

  model::Evaluator& e;
  const sema::Program& p;
  diag::Sink& sink;
  std::map<Symbol, Format> formats_;
  std::deque<Made> objects_;
  std::map<std::tuple<std::uint32_t, Symbol, std::string>, std::uint32_t> ids_;
  std::vector<std::uint32_t> order_;
  std::vector<std::span<Part>> late_;
  bool in_json_ = false;  ///< a JSON document is being made
  std::map<std::uint32_t, std::uint32_t> secrets_, inputs_;
  std::set<std::uint32_t> named_;                      ///< objects whose plain name was written somewhere
  std::set<std::uint32_t> reported_missing_, broken_;  ///< objects; components
};

/// The fate of every user leaf, once all frames have run.
[[nodiscard]] std::vector<Outcome> outcomes(model::Evaluator& evaluator);

}  // namespace envc::plan
