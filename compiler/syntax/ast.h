// What a source text says, as plain data. Built from the lossless tree by
// build.h; every name is still just a name. The closed sets are std::variant:
// a new form does not compile where a visit forgets it.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/source.h"
#include "base/symbol.h"

namespace envc::ast {

struct Expr;
struct Block;
struct Type;
struct Decl;
using ExprId = Id<Expr>;
using BlockId = Id<Block>;
using TypeId = Id<Type>;
using DeclId = Id<Decl>;

struct Ident {
  Symbol name;
  Span span;
};

/// `a.b."c"`
struct Path {
  std::vector<Ident> parts;
  Span span;
};

/// `for x, y in list where cond`; `where` is invalid when absent.
struct ForClause {
  Ident first;
  std::optional<Ident> second;
  ExprId in;
  ExprId where;
};

// ---- expressions -----------------------------------------------------------
struct NoneLit {};
struct BoolLit {
  bool value;
};
struct NumberLit {
  Symbol text;
};  ///< "8000", "-1", "1.5"
struct QuantityLit {
  Symbol number;
  Symbol unit;
};  ///< "512" "MiB"; "70" "%"; "100" "/min"
struct DateLit {
  Symbol text;
};
struct TimeLit {
  Symbol text;
};
struct AddressLit {
  Symbol text;
};
/// One piece of a string: a decoded literal, or a hole `{expr in whole MiB}`.
struct StringPart {
  Symbol literal;  ///< used when `hole` is invalid; escapes are decoded, block indentation is removed
  ExprId hole;
  Symbol unit;  ///< empty when the hole has no `in`
  bool whole = false;
  Span span;
};
struct StringLit {
  std::vector<StringPart> parts;
  bool raw = false;
};  ///< no parts: the empty string
struct NameExpr {
  Symbol name;
};
struct MemberExpr {
  ExprId base;
  Ident member;
  bool optional = false;
};  ///< `a.b`, `a?.b`, `a."b-c"`
struct IndexExpr {
  ExprId base;
  ExprId index;
};
struct Arg {
  std::optional<Ident> name;
  ExprId value;
  std::vector<ForClause> fors;
};
struct CallExpr {
  ExprId callee;
  std::vector<Arg> args;
};
struct NotExpr {
  ExprId operand;
};
enum class BinaryOp : std::uint8_t {
  And,
  Or,
  Add,
  Subtract,
  Multiply,
  Divide,
  Coalesce,
  RangeTo,
  Over,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  In,
  Matches,
  Contains,
  StartsWith
};
struct BinaryExpr {
  BinaryOp op;
  ExprId left;
  ExprId right;
  Span op_span;
};
/// `x is none`, `x is not none`, `x is some.Kind`; no path means `none`.
struct IsExpr {
  ExprId operand;
  bool negated = false;
  std::optional<Path> path;
};
struct IfExpr {
  ExprId condition;
  ExprId then;
  ExprId otherwise;
};
struct MatchArm {
  Ident label;
  std::optional<Ident> as;
  ExprId value;
};
struct MatchExpr {
  ExprId subject;
  std::vector<MatchArm> arms;
};
struct ListItem {
  ExprId value;
  bool spread = false;
  std::vector<ForClause> fors;
  ExprId guard;
};
struct ListExpr {
  std::vector<ListItem> items;
};
struct BlockExpr {
  BlockId block;
};  ///< `{ … }`
struct ConstructExpr {
  ExprId head;
  BlockId block;
};  ///< `head { … }`
struct ErrorExpr {};  ///< already reported; stays silent

struct Expr {
  Span span;
  std::variant<NoneLit, BoolLit, NumberLit, QuantityLit, DateLit, TimeLit, AddressLit, StringLit, NameExpr, MemberExpr, IndexExpr,
               CallExpr, NotExpr, BinaryExpr, IsExpr, IfExpr, MatchExpr, ListExpr, BlockExpr, ConstructExpr, ErrorExpr>
      node;
};

// ---- types -----------------------------------------------------------------
struct Binding {
  Ident name;
  TypeId type;
  ExprId value;
};  ///< `value` is the default; invalid when absent
struct NamedType {
  Path path;
  std::vector<TypeId> args;
};
struct LiteralType {
  std::vector<Symbol> texts;
};  ///< `"a" | "b"`
struct RecordType {
  BlockId block;
};  ///< `{ a: Int, b: String? }`: DeclFieldEntry only
struct ErrorType {};
struct Type {
  Span span;
  std::variant<NamedType, LiteralType, RecordType, ErrorType> node;
  Symbol unit;  ///< `in whole GiB`; empty when absent
  bool whole = false;
  ExprId where;           ///< `where (it > 0)`
  bool optional = false;  ///< `?`
};

// ---- entries ---------------------------------------------------------------
enum class AssignOp : std::uint8_t { Set, Append, Subtract, Open, Bare };
struct Tail {
  std::vector<ForClause> fors;
  ExprId guard;
};

/// `label = v`, `label { … }`, `label key = v`, `label key { … }`, `label key`,
/// `label`. Open: `block` is set (an empty block for `label key`); Bare: neither.
struct FieldEntry {
  Ident label;
  std::optional<Ident> key;
  AssignOp op = AssignOp::Bare;
  ExprId value;
  BlockId block;
  Tail tail;
  bool is_final = false;
  bool quoted = false;  ///< the label was a string
  bool key_quoted = false;
};
struct Modifiers {
  bool varies = false, vital = false, silent = false, main = false, output = false, out = false, option = false;
};
struct DeclFieldEntry {
  Modifiers modifiers;
  Ident name;
  TypeId type;
  ExprId value;
  bool is_final = false;
};
struct ComputedEntry {
  ExprId key;
  ExprId value;
  Tail tail;
};
struct SpreadEntry {
  ExprId value;
  Tail tail;
};
struct LetEntry {
  Ident name;
  TypeId type;
  ExprId value;
};
/// `emit handle = Shape(args) { … } if guard`; `emit Shape …` has no handle.
/// `emit handle` alone (a bare name) parses as a shape path without a block.
struct EmitEntry {
  std::optional<Ident> handle;
  Path shape;
  std::vector<Arg> args;
  BlockId block;
  ExprId guard;
};
struct PatchEntry {
  Path target;
  BlockId block;
};
struct LoopEntry {
  ForClause clause;
  BlockId body;
};
struct BranchEntry {
  ExprId condition;
  BlockId then;
  BlockId otherwise;
};
/// `require id: condition else "message"`; what has an id can be allowed.
struct RequireEntry {
  std::optional<Ident> id;
  ExprId condition;
  ExprId message;
};
struct IgnoresEntry {
  bool approximates = false;
  std::vector<Path> paths;
  ExprId guard;
  ExprId because;
};
struct RemoveEntry {
  Path path;
};
struct AllowEntry {
  Path id;
  ExprId because;
  Symbol until;
};  ///< `until`: "2027-01-31" or empty
struct PlacedEntry {
  Ident platform;
  BlockId block;
};  ///< `on aws { … }`
struct SettingEntry {
  Binding binding;
};
struct ErrorEntry {};

struct Entry {
  Span span;
  Symbol doc;  ///< the text of its `///` lines, joined by newlines, marks stripped
  std::variant<FieldEntry, DeclFieldEntry, ComputedEntry, SpreadEntry, LetEntry, EmitEntry, PatchEntry, LoopEntry, BranchEntry,
               RequireEntry, IgnoresEntry, RemoveEntry, AllowEntry, PlacedEntry, SettingEntry, ErrorEntry>
      node;
};
struct Block {
  Span span;
  std::vector<Entry> entries;
};  ///< span includes the braces

// ---- declarations ----------------------------------------------------------
struct EditionDecl {
  Symbol year;
};
struct UseDecl {
  std::optional<Path> path;
  Symbol text;
  Span text_span;
  std::optional<Ident> as;
};  ///< `use std.x` or `use "./x"`
enum class BindingKind : std::uint8_t { Param, Input, Setting };
struct BindingDecl {
  BindingKind kind;
  Binding binding;
};
struct LetDecl {
  LetEntry let;
};
struct AliasDecl {
  Ident name;
  TypeId type;
};
struct EnumDecl {
  Ident name;
  std::vector<Ident> cases;
};
struct UnionCase {
  Ident name;
  BlockId block;
};  ///< block invalid: a case without fields
struct UnionDecl {
  Ident name;
  std::vector<UnionCase> cases;
};
struct FnDecl {
  bool native = false;
  Ident name;
  std::vector<Binding> params;
  TypeId result;
  ExprId body;
};
enum class TypeDeclKind : std::uint8_t { Record, Interface, Kind, Platform, Format };
struct TypeDecl {
  TypeDeclKind kind;
  Ident name;
  std::optional<Path> extends;
  std::optional<Ident> on;  ///< `interface endpoint on aws`: a facet
  std::vector<Path> bases;
  BlockId block;
};
struct ShapeDecl {
  Path path;
  ExprId file;
  BlockId block;
};  ///< `file`: the string after `in`, invalid when absent
struct RealizeDecl {
  Path path;
  Ident platform;
  BlockId block;
};
struct PolicyDecl {
  Ident name;
  std::vector<Binding> params;
  ExprId guard;
  BlockId block;
};
struct TestDecl {
  ExprId title;
  std::vector<ExprId> expects;
};
struct EnvironmentDecl {
  bool is_abstract = false;
  Ident name;
  std::optional<Ident> extends;
  std::optional<Ident> on;
  BlockId block;
};
struct AllowDecl {
  AllowEntry allow;
};
struct ComponentDecl {
  Path kind;
  Ident name;
  BlockId block;
};  ///< block invalid when absent
struct ErrorDecl {};

struct Decl {
  Span span;
  Symbol doc;
  bool is_private = false;
  std::variant<EditionDecl, UseDecl, BindingDecl, LetDecl, AliasDecl, EnumDecl, UnionDecl, FnDecl, TypeDecl, ShapeDecl,
               RealizeDecl, PolicyDecl, TestDecl, EnvironmentDecl, AllowDecl, ComponentDecl, ErrorDecl>
      node;
};

/// All nodes of a compilation. Files are appended one after the other.
struct Arena {
  Store<Expr> exprs;
  Store<Block> blocks;
  Store<Type> types;
  Store<Decl> decls;
};

/// The declarations of one file (or of one range of a library file) in order.
struct Module {
  FileId file;
  std::vector<DeclId> decls;
};

}  // namespace envc::ast
