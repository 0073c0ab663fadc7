// The checker's own state: loading declarations on demand, resolving names and
// types, typing expressions and blocks. Private to sema/.
#pragma once

#include <deque>
#include <functional>

#include "base/file_system.h"
#include "sema/library.h"
#include "sema/program.h"

namespace envc::sema {

enum class DeclaredKind : std::uint8_t { Struct, Enum, Union, Alias, Function, Let, Binding, Component, Environment, Policy };
struct Declared { DeclaredKind kind; std::uint32_t index; Span span; };

/// Something known about a path in the current scope: "self.a.b" has that type.
struct Fact { std::string path; Type type; };
struct Local { Symbol name; Type type; ast::ExprId value = {}; };  ///< `value`: of a `let`

enum class Body : std::uint8_t { None, Component, Environment, Kind, Realization, Policy, Function, Record };

/// What a name means depends on where it stands.
struct Scope {
  Body body = Body::None;
  Type self;                       ///< poison where `self` has no meaning
  StructId own;                    ///< bare names that are its fields, outputs, parts
  Symbol platform;                 ///< realizations
  Symbol format;                   ///< inside shapes: names of the same format come first
  std::uint32_t realization = 0xffffffffu;
  std::uint32_t function = 0xffffffffu;
  std::uint32_t environment = 0xffffffffu;
  Type it;
  bool has_it = false;
  bool generic = false;            ///< guards and `for` are legal
  Symbol default_of;               ///< the field of `own` whose default this is
  std::vector<Local> locals;
  std::uint32_t lets = 0;          ///< realizations: the `let`s at the top that are known so far
  std::vector<Fact> facts;
  std::uint32_t deepest = 0;
};

class Checker {
 public:
  Checker(Program& program, const LibraryIndex& library, FileSystem& files, diag::Sink& sink)
      : p(program), library_(library), files_(files), sink_(sink), t(program.types) {}

  /// Everything: load, declare, check. `root` is the project folder.
  void run(const std::string& root, const std::vector<std::string>& sources);

 private:
  // modules.cpp
  void load_user_file(const std::string& path);
  void declare_module(const ast::Module& module, SourceOwner owner);
  void declare(ast::DeclId id, SourceOwner owner);
  void use(const ast::UseDecl& decl, const Span& span);
  void load_library_entry(const LibraryEntry& entry);
  bool load_from_library(Symbol name, std::string_view what = {}, std::string_view extra = {});
  void add_name(Symbol name, Declared declared);
  /// The library means its own declarations, a user's source the user's first: no
  /// name of a user's can break the library. `from` is where the name stands.
  enum class Names : std::uint8_t { Values, Functions, Types };
  const Declared* lookup(Names names, Symbol name, const Span& from);
  std::vector<std::string> known_names(bool types) const;

  // types_resolve.cpp
  Type resolve(ast::TypeId id, Scope& scope);
  Type resolve_named(const ast::NamedType& named, const Span& span, Scope& scope);
  Type type_of_name(const ast::Path& path, Scope& scope);
  Type declared_type(const Declared& d);
  StructId struct_named(const ast::Path& path, Scope& scope, StructKind kind, std::string_view what);
  StructId find_struct(Symbol name, StructKind kind, const Span& from = {});
  StructId shape(Symbol path, const Span& at);             ///< "kubernetes.Deployment"
  StructId shape_for(const ast::Path& path, Symbol platform);
  StructId complete(StructId id);
  void complete_type_decl(StructId id, const ast::TypeDecl& decl);
  void complete_shape(StructId id);
  void add_fields(StructId id, ast::BlockId block, Scope& scope, std::string_view what);
  void inherit(StructId id, StructId base);
  StructId self_struct(std::uint32_t realization);
  Type late_inside(Type type);
  Type made_type(Type type);

  // declarations.cpp
  void check_struct_bodies(StructId id);
  void check_function(std::uint32_t index);
  void check_recursion(std::uint32_t index, std::vector<std::uint32_t>& stack);
  void drain();

  // rules.cpp
  void edition(const ast::EditionDecl& e, const Span& span);
  void run_edition();
  void run_module(std::uint32_t file);
  std::set<StructId> kinds_in_use();
  void load_policies();
  Type policy_param(ast::TypeId id, Scope& scope);
  void check_policy(std::uint32_t index);
  [[nodiscard]] bool is_severity(const ast::Entry& entry) const;
  void check_severity(std::uint32_t policy, const ast::FieldEntry& f);
  void add_rule(const ast::Ident& id);
  void check_allows();

  // realizations.cpp
  void load_realizations(StructId kind, Symbol platform);
  void check_realization(std::uint32_t index);
  void collect_handles(std::uint32_t realization, ast::BlockId block);
  void check_statements(ast::BlockId block, Scope& scope, bool guarded);
  void check_emit(const ast::EmitEntry& e, const Span& span, Scope& scope, bool guarded);
  void check_output(const ast::FieldEntry& f, const Span& span, Scope& scope, bool guarded);
  void check_coverage(std::uint32_t realization);
  Symbol handle_name(const ast::EmitEntry& e);

  // components.cpp
  void check_system();
  void resolve_components();
  void resolve_environments();
  void environment_settings(std::uint32_t environment);
  void component_set(std::uint32_t environment);
  void check_layer(ast::BlockId block, StructId kind, std::uint32_t environment, std::string_view what);
  void check_environment(std::uint32_t environment);
  void check_patch(const ast::PatchEntry& patch, const Span& span, std::span<const ast::Ident> path, StructId kind, Symbol platform, std::string_view what, Scope& scope);
  void add_allow(const ast::AllowEntry& a, const Span& span, Symbol environment, Symbol component);
  StructId view(StructId kind, Symbol platform);
  StructId kind_named(const ast::Path& path);
  StructId platform_named(const ast::Ident& name);
  [[nodiscard]] std::set<Symbol> platforms_in_use() const;

  // expr.cpp, expr_*.cpp: `want` may be poison = no expectation
  Type check(ast::ExprId e, Type want, Scope& scope);
  Type expect(ast::ExprId e, Type want, Scope& scope, std::string_view sink_name = {});
  Type check_node(ast::ExprId e, Type want, Scope& scope);
  Type check_name(ast::ExprId e, Symbol name, Type want, Scope& scope);
  bool case_of(ast::ExprId e, Symbol name, Type want, Scope& scope, Type& result);
  Type check_string(const ast::StringLit& s, Scope& scope);
  Type check_quantity(const ast::QuantityLit& q, const Span& span, Type want);
  Type check_member(ast::ExprId e, const ast::MemberExpr& m, Scope& scope);
  Type member_of(ast::ExprId e, Type base, const ast::Ident& member, Scope& scope, bool report);
  Type member_of_struct(ast::ExprId e, StructId id, const ast::Ident& member, Scope& scope);
  Type check_index(ast::ExprId e, const ast::IndexExpr& x, Scope& scope);
  Type check_call(ast::ExprId e, const ast::CallExpr& c, Type want, Scope& scope);
  Type check_native(ast::ExprId e, std::string_view name, const ast::CallExpr& c, Type want, Scope& scope);
  void check_payload_args(const ast::CallExpr& c, StructId payload, const Span& span, Scope& scope, Symbol name);
  Type check_binary(ast::ExprId e, const ast::BinaryExpr& b, Type want, Scope& scope);
  Type check_compare(const ast::BinaryExpr& b, const Span& span, Scope& scope);

  // limits.cpp
  [[nodiscard]] bool is_limit(Type type) const;
  Type check_limit(ast::ExprId e, const ast::BinaryExpr& b, Type want, Scope& scope);

  Type check_is(const ast::IsExpr& x, const Span& span, Scope& scope);
  Type check_if(const ast::IfExpr& x, Type want, Scope& scope);
  Type check_match(const ast::MatchExpr& x, const Span& span, Type want, Scope& scope);
  Type check_list(const ast::ListExpr& x, Type want, Scope& scope);
  void check_for(const ast::ForClause& f, Scope& scope);
  Type condition(ast::ExprId e, Scope& scope, std::string_view use);
  bool decidable(Type type, ast::ExprId e, std::string_view use);

  // blocks.cpp
  Type check_block(ast::BlockId block, Type want, const Span& span, Scope& scope);
  Type check_record_block(ast::BlockId block, StructId id, const Span& span, Scope& scope, bool layer);
  void check_key(const ast::Ident& label, Type key);
  Type check_map_block(ast::BlockId block, Type map, Scope& scope, bool layer);
  Type infer_block(ast::BlockId block, Scope& scope);
  ast::ExprId bare_name(const ast::FieldEntry& f);
  void check_field(const ast::FieldEntry& f, const ast::Entry& entry, const Field& field, StructId owner, Scope& scope, bool layer);
  void check_value_entry(const ast::FieldEntry& f, const Span& span, Type want, Scope& scope, bool layer, std::string_view what);
  struct TailScope;
  Type field_sink(const Field& field, StructId owner) const;
  bool misspelt(const Scope& scope);
  void unknown_field(const ast::Ident& label, StructId id, Symbol platform = {});
  /// Where the name stands that `id` lacks: a field of the platform, an option of a realization; else nothing.
  std::string field_elsewhere(Symbol name, StructId id, Symbol platform);
  void form_of(diag::Diagnostic& d, ast::ExprId e, Type type, Type want);
  void text_or_name(diag::Diagnostic& d, std::string_view word, Type want, const Span& span);
  void missing_fields(StructId id, const std::set<Symbol>& given, const Span& span);
  std::string struct_title(StructId id) const;

  // flow.cpp
  [[nodiscard]] Type used_as_value(Type type);
  void secret_way(ast::ExprId e, const Scope& scope, std::vector<std::string>& way, diag::Diagnostic& d);
  void show_way(diag::Diagnostic& d, ast::ExprId e, const Scope& scope, std::string_view sink);
  [[nodiscard]] bool asks_environment(ast::ExprId e, const Scope& scope);
  bool refuse_environment(ast::ExprId e, const Scope& scope);
  void explain_literal(StructId literal, StructId want, const Span& span);
  void check_default_cycles(StructId id);

  // facts.cpp
  std::string path_of(ast::ExprId e, const Scope& scope) const;
  void assume(ast::ExprId e, bool truth, Scope& scope);
  [[nodiscard]] bool fits(Type actual, Type want);
  bool literal_fits(StructId literal, Type want);
  [[nodiscard]] bool is_template(Type type) const;
  [[nodiscard]] bool by_name(Symbol format) const;   ///< objects of this format refer to each other by name
  Type join_types(Type a, Type b);
  Type element_of(Type iterable);
  std::string name(Type type) const { return type_name(p, type); }
  std::string text(Symbol s) const { return std::string(p.text(s)); }
  [[nodiscard]] const ast::Expr& expr(ast::ExprId e) const { return p.ast->exprs[e]; }
  void mean(ast::ExprId e, Meaning m, std::uint32_t a = 0, std::uint32_t b = 0);
  void read(Scope& scope, StructId id, Symbol field);
  void take_all(Scope& scope, Type type);

  Program& p;
  const LibraryIndex& library_;
  FileSystem& files_;
  diag::Sink& sink_;
  TypeTable& t;
  std::string root_;
  bool partial_ = false;   ///< a patch: fields that are not written stay as they are
  /// Values, functions and types never meet: `redis redis { }`.
  struct Table { std::unordered_map<Symbol, Declared> user, library; };
  Table tables_[3];
  [[nodiscard]] Table& table(Names names) { return tables_[static_cast<std::size_t>(names)]; }
  [[nodiscard]] const Table& table(Names names) const { return tables_[static_cast<std::size_t>(names)]; }
  std::unordered_map<Symbol, StructId> shapes_;
  std::set<Symbol> asked_shapes_;   ///< whose declarations in the library are loaded
  std::vector<std::pair<Symbol, std::pair<ast::TypeId, Type>>> aliases_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, FileId> library_files_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> loaded_;      ///< (library file, begin)
  std::set<std::string> used_files_;
  std::set<std::uint32_t> running_;                              ///< library files whose policies run
  std::map<Symbol, Span> rule_ids_;                              ///< of the project: policies, and rules with an id
  Span edition_span_;
  std::vector<std::string> using_;                               ///< the chain of imports
  std::map<std::uint32_t, std::vector<ast::DeclId>> shape_decls_; ///< by struct
  std::map<std::uint32_t, int> struct_state_;                     ///< 0 new, 1 running, 2 done
  std::map<std::uint32_t, int> let_state_;
  std::vector<StructId> to_check_;
  std::vector<std::uint32_t> let_stack_;                          ///< the lets that are being typed
  std::map<std::pair<std::uint32_t, Symbol>, std::set<Symbol>> default_reads_;  ///< (struct, field) -> fields of its own
  Symbol entry_;                                                  ///< the field whose value is checked
  std::string sink_name_;                                         ///< what the checked value is for
  std::map<std::tuple<Symbol, Symbol, Symbol>, std::uint32_t> realization_index_;  ///< (kind name, variant, platform)
  std::map<std::pair<std::uint32_t, Symbol>, StructId> views_;    ///< (kind, platform): fields and options
  std::set<std::pair<std::uint32_t, std::uint32_t>> kind_reads_;  ///< fields that defaults and outputs read
  std::set<std::uint32_t> kind_takes_all_;
  std::set<std::uint32_t> checked_structs_, visited_functions_, reported_recursion_;
  std::set<std::pair<std::uint32_t, Symbol>> realized_;           ///< (kind, platform) whose realizations are loaded
};

}  // namespace envc::sema
