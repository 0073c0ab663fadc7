// One environment as data: components as trees of slots. A slot keeps what was
// written to it, layer by layer: the list of overwritten writes is the
// provenance, nothing else is stored.
#pragma once

#include <deque>
#include <memory>
#include <set>

#include "eval/value.h"
#include "model/project_files.h"

namespace envc::model {

/// Which layer wrote: the library's default, the declaration, or a member of the chain.
struct Layer {
  enum Kind : std::uint8_t { Default, Declaration, Environment } kind = Default;
  std::uint32_t environment = 0xffffffffu;
  friend bool operator==(const Layer&, const Layer&) = default;
};

struct Write {
  ast::AssignOp op = ast::AssignOp::Set;
  ast::ExprId value;
  Layer layer;
  Span span;   ///< the entry
};

enum class Mark : std::uint8_t { New, Running, Done };

struct Slot {
  Symbol name;                       ///< the field or the key
  std::uint32_t parent = 0xffffffffu;
  std::uint32_t component = 0;
  sema::Type type;
  const sema::Field* field = nullptr;   ///< null for entries of maps
  ast::ExprId value;                 ///< the winning expression; invalid where only the inside was written
  Layer layer;                       ///< of the winning write
  Span span;
  std::vector<Write> overwritten;    ///< oldest first
  std::vector<Write> edits;          ///< += and -= after the winning write
  std::vector<std::pair<Symbol, std::uint32_t>> children;
  bool opened = false;               ///< `{ }` was written
  bool removed = false;              ///< absent by `remove`
  bool is_final = false;
  bool broken = false;               ///< a mistake below was reported: nothing is missing here
  Span final_span;
  std::uint32_t case_index = 0xffffffffu;  ///< unions written as `case { … }`: which
  Mark mark = Mark::New;
  eval::Value result;
  std::vector<std::uint32_t> reads;  ///< leaves that its value was computed from
};

/// A scalar that a user wrote, and whether anything came of it.
struct Leaf {
  std::uint32_t component;
  std::uint32_t slot;
  Span span;
  std::string path;          ///< "expose.http.host"
  std::string fields;        ///< "expose.host": without the keys of maps, as rules name it
  bool vital = false;
  std::uint8_t seen = 0;     ///< 1 held, 2 carried
};

struct Component {
  Symbol name;                       ///< as the user wrote it; parts: the part's name
  std::string_view text;             ///< "db"
  std::string_view full_name;        ///< by the system's naming
  sema::StructId kind;
  Span span;
  Symbol doc;
  std::uint32_t owner = 0xffffffffu; ///< of a part
  std::uint32_t root = 0;            ///< its slot
  bool broken = false;               ///< a mistake was reported in what a user wrote of it: rules do not judge it
  bool pseudo = false;               ///< the system, the environment, the platform
  Symbol variant;                    ///< the hosting case
  const sema::Realization* realization = nullptr;
  std::vector<std::uint32_t> uses;   ///< edges, by component index
  std::vector<std::uint32_t> used_by;
  std::vector<Span> use_spans;       ///< where each of `uses` comes from
  std::vector<std::pair<Symbol, std::uint32_t>> parts;
};

/// `remove`d, refined or added parts that later stages report.
struct PatchWrite { std::uint32_t component; std::vector<Symbol> path; ast::BlockId block; Span span; };

struct Environment {
  const sema::Program* program = nullptr;
  std::uint32_t info = 0;             ///< index into Program::environments
  Symbol name;
  Symbol platform;
  std::string_view label;
  std::vector<Component> components;  ///< 0 system, 1 environment, 2 platform, then by declaration
  std::map<Symbol, std::uint32_t> by_name;
  std::deque<Slot> slots;
  std::vector<Leaf> leaves;
  std::vector<PatchWrite> patches;
  std::map<Symbol, eval::Value> params;
  ProjectFiles* files = nullptr;        ///< what `file("…")` reads
  std::set<std::uint32_t> used_allows;  ///< indices into Program::allows that silenced a rule here
  std::string as_of;                    ///< "2027-01-31": the day that `allow … until` is judged by; empty: never
  std::unique_ptr<Arena> arena = std::make_unique<Arena>();
  bool broken = false;
  bool mirrored = false;              ///< made to be compared with another: its own mirror and policies are not asked

  static constexpr std::uint32_t system = 0, self = 1, on = 2, first = 3;
};

}  // namespace envc::model
