// The checked program as plain data: every declaration once, before any
// environment is looked at. Later stages read it and never change it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "diag/diagnostic.h"
#include "sema/types.h"

namespace envc::sema {

struct Field {
  Symbol name;
  Type type;
  ast::TypeId type_ast;
  ast::ExprId value;        ///< default, or the constant
  ast::Modifiers modifiers;
  bool constant = false;    ///< `apiVersion = "apps/v1"`: cannot be set
  bool is_final = false;
  Span span;
  Symbol doc;
  StructId owner;           ///< where it was declared
  std::uint32_t from_realization = 0xffffffffu;  ///< options: index into Program::realizations
};

/// `secret password { … }` in a kind: a component owned by each component of it.
struct Part {
  Symbol name;
  StructId kind;
  ast::BlockId block;
  Span span;
};

struct Require {
  Symbol id;               ///< empty: it cannot be allowed
  ast::ExprId condition;
  ast::ExprId message;
  Span span;
  std::uint32_t locals = 0;
};

enum class StructKind : std::uint8_t { Record, Case, Interface, Facet, Kind, Platform, Format, Shape, Environment };

/// Everything that has fields.
struct Struct {
  StructKind kind = StructKind::Record;
  Symbol name;                 ///< "postgres", "kubernetes.Deployment"; empty: written in place
  Span span;
  Symbol doc;
  ast::DeclId decl;
  std::vector<Field> fields;   ///< inherited ones first
  std::unordered_map<Symbol, std::uint32_t> index;
  std::vector<Part> parts;
  std::vector<Require> requires_;
  std::vector<StructId> bases;  ///< interfaces and the kind it extends, transitively, itself not included
  Symbol format;               ///< shapes and the records inside them: "kubernetes"
  Symbol target;               ///< facets: the platform; shapes: the path inside the format
  ast::ExprId file;            ///< shapes: the file its objects go to
  std::uint32_t main_output = 0xffffffffu;
  std::uint32_t hosting = 0xffffffffu;  ///< kinds: the field whose cases have realizations of their own
  bool realizable = false;     ///< kinds: something realizes it somewhere
  bool literal = false;        ///< inferred from a record literal without an expected type

  [[nodiscard]] const Field* find(Symbol n) const {
    auto at = index.find(n);
    return at == index.end() ? nullptr : &fields[at->second];
  }
};

struct Enum { Symbol name; std::vector<Symbol> cases; Span span; };
struct Case { Symbol name; StructId payload; Span span; };
struct Union { Symbol name; std::vector<Case> cases; Span span;
  [[nodiscard]] std::optional<std::uint32_t> find(Symbol n) const {
    for (std::uint32_t i = 0; i < cases.size(); ++i) if (cases[i].name == n) return i;
    return std::nullopt;
  }
};

/// What a name or a member means. `a` and `b` depend on the kind.
enum class Meaning : std::uint8_t {
  None,
  Local,            ///< a: index in the frame
  Self, It, Environment, System,
  Component,        ///< a: symbol
  Binding,          ///< a: index into Program::bindings (param, input, setting)
  Let,              ///< a: index into Program::lets
  Function,         ///< a: index into Program::functions
  Native,           ///< a: index into the table of natives
  EnumCase,         ///< a: case index
  UnionCase,        ///< a: case index; on a call or construct: with payload
  Own,              ///< a kind's own field, output or part by its bare name; a: symbol
  Handle,           ///< an emitted object of this realization; a: symbol
  Field,            ///< a member of a record or component; a: field index when b = 1, else by symbol
  Part,             ///< a: symbol
  Facet,            ///< a member that a facet declares; a: symbol
  Attribute,        ///< of a handle: a set field or an attribute after deployment; a: symbol
  ObjectName,       ///< of a handle in a format whose references are by name
  Builtin,          ///< a: Builtin
  Key,              ///< member of a map; a: symbol
  RangeEnd,         ///< a: 0 min, 1 max
  Template,         ///< a string whose holes are kept as they are written
  Limit             ///< a comparison that is kept as a record: operator, threshold, window
};

enum class Builtin : std::uint8_t { Name, FullName, Label, Platform, Uses, UsedBy, Kind, Doc, Components, IsPart };

struct Resolution { Meaning meaning = Meaning::None; std::uint32_t a = 0; std::uint32_t b = 0; };

struct BindingInfo {
  ast::BindingKind kind;
  Symbol name;
  Type type;
  ast::ExprId value;   ///< default
  Span span;
  Symbol doc;
  Symbol environment;  ///< settings: the environment that declares it; empty at system level
  ast::TypeId type_ast;
};

struct LetInfo { Symbol name; Type type; ast::ExprId value; Span span; Symbol environment; enum { New, Running, Done } state = New; };

struct Function {
  Symbol name;
  std::vector<ast::Binding> params;
  std::vector<Type> types;
  Type result;
  ast::ExprId body;
  std::uint32_t locals = 0;
  bool native = false;
  std::uint32_t native_index = 0;
  Span span;
  bool checked = false;
  bool recursive = false;                               ///< reported; evaluates to poison
  std::set<std::uint32_t> calls;                        ///< other functions
  std::set<std::pair<std::uint32_t, std::uint32_t>> reads;  ///< (struct, field symbol)
  std::set<std::uint32_t> takes_all;                    ///< structs read as a whole (spread, natives)
};

struct Ignored { Symbol field; std::vector<Symbol> path; ast::ExprId guard; ast::ExprId because; bool approximates = false; Span span; std::uint32_t lets = 0; };

struct Realization {
  StructId kind;
  Symbol variant;         ///< the hosting case, or empty
  Symbol platform;
  ast::DeclId decl;
  ast::BlockId block;
  StructId self;          ///< the kind's fields and this realization's options
  std::uint32_t locals = 0;
  std::map<Symbol, StructId> handles;                    ///< name -> shape
  std::map<Symbol, ast::ExprId> outputs;                 ///< assigned outputs and facet members
  std::map<Symbol, std::uint32_t> lets;                  ///< handle or output -> the `let`s at the top that stand before it
  std::vector<Ignored> ignored;
  std::set<std::uint32_t> calls;
  std::set<std::pair<std::uint32_t, std::uint32_t>> reads;
  std::set<std::uint32_t> takes_all;
  Span span;
  bool checked = false;
  bool misspelt = false;  ///< a field was unknown: what it reads cannot be told
};

struct PolicyInfo {
  Symbol name;             ///< its id: ids are flat, whatever module they stand in
  std::vector<std::pair<Symbol, Type>> params;
  ast::DeclId decl;
  std::uint32_t locals = 0;
  Span span;
  bool about_objects = false;  ///< some parameter is an emitted object: asked once they are made
  bool advice = false;         ///< `severity = warning`
  bool checked = false;
};

struct ComponentDecl {
  Symbol name;
  StructId kind;
  ast::BlockId block;      ///< may be invalid
  Span span;               ///< the name
  Span decl_span;
  Symbol doc;
  ast::Path kind_path;
};

struct EnvironmentInfo {
  Symbol name;
  bool is_abstract = false;
  std::uint32_t parent = 0xffffffffu;
  Symbol platform;         ///< of the chain; empty where no layer says it
  ast::BlockId block;
  ast::DeclId decl;
  Span span;
  std::vector<std::uint32_t> chain;   ///< root first, itself last
  StructId structure;      ///< the fields of `environment` and the settings of the chain
  std::map<Symbol, StructId> components;  ///< static component set: name -> kind
  bool broken = false;
};

/// One line of the source that silences a rule: `allow id because "…"`.
struct Allow {
  std::vector<Symbol> id;
  ast::ExprId because;
  Symbol until;           ///< "2027-01-31", or empty
  Span span;
  Span id_span;
  Symbol environment;     ///< empty: in all
  Symbol component;       ///< empty: for all
};

struct Program {
  SourceMap* sources = nullptr;
  Interner* names = nullptr;
  ast::Arena* ast = nullptr;

  TypeTable types;
  Store<Struct> structs;
  Store<Enum> enums;
  Store<Union> unions;
  std::vector<BindingInfo> bindings;
  std::vector<LetInfo> lets;
  std::vector<Function> functions;
  std::vector<Realization> realizations;
  std::vector<PolicyInfo> policies;
  std::vector<ComponentDecl> components;       ///< system level, in order
  std::map<Symbol, std::uint32_t> component_index;
  std::vector<EnvironmentInfo> environments;
  std::map<Symbol, std::uint32_t> environment_index;
  std::vector<Allow> allows;
  std::map<std::pair<std::uint32_t, Symbol>, StructId> facets;   ///< (interface, platform)
  std::map<Symbol, StructId> platforms;
  std::map<Symbol, StructId> formats;
  std::optional<ComponentDecl> system;
  StructId system_kind, environment_kind;
  Symbol edition;
  std::map<Symbol, Symbol> alias_docs;  ///< what a named type is, in its own words
  std::vector<Span> mistakes;           ///< where errors were reported: what was meant there is not known
  std::set<std::uint32_t> broken;       ///< expressions whose mistake was reported: they evaluate to poison

  std::vector<Resolution> meanings;   ///< by expression
  std::vector<Type> expr_types;       ///< by expression: the type it was checked as
  std::map<std::pair<std::uint32_t, std::uint32_t>, ast::ExprId> bare_names;  ///< (file, offset) of a bare entry -> the name it stands for

  [[nodiscard]] const Resolution& meaning(ast::ExprId e) const { return meanings[e.index]; }
  [[nodiscard]] std::string_view text(Symbol s) const { return (*names)[s]; }
};

/// The realization of a kind (or of a kind it extends) for a variant on a platform.
[[nodiscard]] const Realization* find_realization(const Program& p, StructId kind, Symbol variant, Symbol platform);
/// The case of a union that a value of this type stands for without its name; invalid: none.
[[nodiscard]] StructId value_case(const Program& p, Type united, TypeKind kind, Dimension dimension);
[[nodiscard]] bool is_a(const Program& p, StructId kind, StructId base);
[[nodiscard]] std::string type_name(const Program& p, Type t);

/// Names of natives, in the order that Meaning::Native counts.
[[nodiscard]] const std::vector<std::string_view>& native_names();

}  // namespace envc::sema
