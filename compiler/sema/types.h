// Types as small values: an index into the table and flags. The table interns,
// so equal types are equal values. Knows nothing of expressions' meaning.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "syntax/ast.h"

namespace envc::sema {

enum class Dimension : std::uint8_t { Duration, Bytes, Cpu, Percent, Rate };

/// Flags of a type; X <= Late<X>, X <= Secret<X>, X <= X?, each on its own.
inline constexpr std::uint8_t late = 1, secret = 2, maybe = 4;

struct Type {
  std::uint32_t id = 0;    ///< 0 is poison: an error that was reported already
  std::uint8_t flags = 0;
  [[nodiscard]] bool poison() const { return id == 0; }
  [[nodiscard]] bool is(std::uint8_t flag) const { return (flags & flag) != 0; }
  [[nodiscard]] Type with(std::uint8_t f) const { return {id, static_cast<std::uint8_t>(flags | f)}; }
  [[nodiscard]] Type without(std::uint8_t f) const { return {id, static_cast<std::uint8_t>(flags & ~f)}; }
  friend bool operator==(Type, Type) = default;
  friend auto operator<=>(Type, Type) = default;
};

enum class TypeKind : std::uint8_t {
  Poison, Nothing, Bool, Int, Decimal, String, Text, Date, Time, Address, Quantity,
  Literals, Enum, Union, Record, List, Map, Range, Component, Handle, Environment, Platform, Refined, Json
};

struct Struct;
struct Enum;
struct Union;
using StructId = Id<Struct>;
using EnumId = Id<Enum>;
using UnionId = Id<Union>;

/// What a type is made of. Which members count depends on `kind`.
struct TypeData {
  TypeKind kind = TypeKind::Poison;
  Dimension dimension = Dimension::Duration;  ///< Quantity
  StructId structure;                          ///< Record, Component (invalid: any component), Handle
  EnumId enumeration;
  UnionId united;
  Type first, second;                          ///< List, Range: element; Map: key and value; Refined: base
  std::vector<Symbol> texts;                   ///< Literals
  Symbol name;                                 ///< Refined: the alias that gave it a name, or empty
  ast::ExprId where;                           ///< Refined: the predicate over `it`, or invalid
  Symbol unit;                                 ///< Refined: how a quantity is written
  bool whole = false;
  Span span;                                   ///< Refined: where the rule stands
  friend auto operator<=>(const TypeData&, const TypeData&) = default;
};

class TypeTable {
 public:
  TypeTable();
  [[nodiscard]] const TypeData& operator[](Type t) const { return data_[t.id]; }
  Type intern(TypeData data);

  Type list(Type element);
  Type map(Type key, Type value);
  Type range(Type element);
  Type record(StructId s);
  Type component(StructId kind);   ///< an invalid id: any component
  Type handle(StructId shape);
  Type quantity(Dimension d);

  /// Without refinements (flags stay).
  [[nodiscard]] Type plain(Type t) const;
  [[nodiscard]] TypeKind kind(Type t) const { return data_[plain(t).id].kind; }
  [[nodiscard]] const TypeData& of(Type t) const { return data_[plain(t).id]; }

  Type poison, nothing, boolean, integer, decimal, string, text, date, time, address, environment, platform, any_component, json;

 private:
  std::vector<TypeData> data_;
  std::map<TypeData, std::uint32_t> index_;
};

/// Unit names of a dimension and what one of them is worth, largest last.
struct Unit { std::string_view name; std::int64_t worth; };
[[nodiscard]] const std::vector<Unit>& units(Dimension d);
[[nodiscard]] std::string_view dimension_name(Dimension d);

}  // namespace envc::sema
