// Values: 16 bytes, immutable, in an arena. What is not known before deployment
// or secret is a list of parts (`Late`); everything else is plain data.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "sema/program.h"

namespace envc::eval {

enum class Tag : std::uint8_t {
  Poison, None, Bool, Int, Decimal, Text, Quantity, Enum, Union, Record, List, Map, Range, Component, Object, Environment, Platform, Late, Json
};

struct UnionData;
struct RecordData;
struct ListData;
struct MapData;
struct RangeData;
struct ObjectData;
struct LateData;
struct Value;

/// `origin` is the expression that made the value, or, with the top bit set,
/// the user leaf it was read from; none = 0x7fffffff.
struct Value {
  Tag tag = Tag::Poison;
  sema::Dimension dimension = sema::Dimension::Duration;  ///< Quantity
  std::uint32_t origin = 0x7fffffff;
  union {
    bool boolean;
    std::int64_t number;          ///< Int, Quantity; Enum: case symbol; Component: index
    const std::string_view* text; ///< Text, Decimal
    const UnionData* united;
    const RecordData* record;
    const ListData* list;
    const MapData* map;
    const RangeData* range;
    const ObjectData* object;
    const LateData* late;
    const Value* json;
  };
  Value() : number(0) {}
  [[nodiscard]] bool poison() const { return tag == Tag::Poison; }
  [[nodiscard]] bool none() const { return tag == Tag::None; }
  [[nodiscard]] bool leaf() const { return origin & 0x80000000u; }
  [[nodiscard]] bool scalar() const {
    return tag == Tag::Bool || tag == Tag::Int || tag == Tag::Decimal || tag == Tag::Text || tag == Tag::Quantity || tag == Tag::Enum || tag == Tag::Late ||
           tag == Tag::Component;
  }
};
static_assert(sizeof(Value) == 16);

struct UnionData { sema::UnionId united; std::uint32_t index; Value payload; };  ///< payload: a Record, or None
struct RecordData { sema::StructId structure; std::span<const Value> fields; };  ///< in the order of the structure
struct ListData { std::span<const Value> items; };
struct Entry { Value key; Value value; };
struct MapData { std::span<const Entry> entries; };
struct RangeData { Value min, max; };
/// A handle: an object that component `owner` emits. `key` tells objects of a loop apart.
struct ObjectData { std::uint32_t owner; Symbol handle; sema::StructId shape; std::string_view key; };

enum class PartKind : std::uint8_t { Literal, Output, Attribute, Input, ObjectName };
struct Piece {
  PartKind kind = PartKind::Literal;
  bool secret = false;
  std::uint32_t component = 0;      ///< Output, Attribute, ObjectName: the owner; Input: the binding
  Symbol name;                      ///< Output: which; Attribute, ObjectName: the handle
  std::string_view text;            ///< Literal; Attribute: the path
  std::string_view key;             ///< Attribute: of a loop
};
struct LateData { std::span<const Piece> parts; };

/// Makes values in one arena.
struct Maker {
  Arena* arena;
  [[nodiscard]] static Value boolean(bool b) { Value v; v.tag = Tag::Bool; v.boolean = b; return v; }
  [[nodiscard]] static Value integer(std::int64_t i) { Value v; v.tag = Tag::Int; v.number = i; return v; }
  [[nodiscard]] static Value none() { Value v; v.tag = Tag::None; return v; }
  [[nodiscard]] static Value quantity(sema::Dimension d, std::int64_t n) { Value v; v.tag = Tag::Quantity; v.dimension = d; v.number = n; return v; }
  [[nodiscard]] static Value component(std::uint32_t index) { Value v; v.tag = Tag::Component; v.number = index; return v; }
  [[nodiscard]] static Value enumeration(Symbol s) { Value v; v.tag = Tag::Enum; v.number = s.index; return v; }
  /// The text must outlive the value (an interned name, a literal).
  [[nodiscard]] Value view(std::string_view s, Tag tag = Tag::Text) const { Value v; v.tag = tag; v.text = arena->make<std::string_view>(s); return v; }
  [[nodiscard]] Value text(std::string_view s) const { return view(arena->copy(s)); }
  [[nodiscard]] Value list(const std::vector<Value>& items) const;
  [[nodiscard]] Value map(const std::vector<Entry>& entries) const;
  [[nodiscard]] Value record(sema::StructId s, const std::vector<Value>& fields) const;
  [[nodiscard]] Value united(sema::UnionId u, std::uint32_t index, Value payload) const;
  [[nodiscard]] Value range(Value min, Value max) const;
  [[nodiscard]] Value object(ObjectData data) const;
  /// One part: still a Late; neighbouring literals are joined.
  [[nodiscard]] Value late(const std::vector<Piece>& parts) const;
  [[nodiscard]] Value json(Value v) const;
};

/// Equality of known values; late ones compare by reference.
[[nodiscard]] bool equal(const sema::Program& p, const Value& a, const Value& b);
/// The canonical text of a scalar: `true`, `8000`, `512MiB`, a case's name.
[[nodiscard]] std::string show(const sema::Program& p, const Value& v);
/// As `show`, with quotes around texts and structure for the rest; secrets redacted.
[[nodiscard]] std::string display(const sema::Program& p, const Value& v);
/// "512MiB": the largest unit that divides.
[[nodiscard]] std::string show_quantity(sema::Dimension d, std::int64_t n);
/// How many `unit`s; nothing when that is not whole.
[[nodiscard]] bool in_unit(sema::Dimension d, std::int64_t n, std::string_view unit, std::int64_t& whole);
/// "0.5": how many `unit`s, exactly, with up to nine decimals; empty when that does not end.
[[nodiscard]] std::string in_unit_text(sema::Dimension d, std::int64_t n, std::string_view unit);
/// The whole numbers of `unit` on both sides: "`953MiB` or `954MiB`".
[[nodiscard]] std::string nearest_whole(sema::Dimension d, std::int64_t n, std::string_view unit);
/// "0.5" "cpu" -> 500. False: not exact, unknown unit or too large.
enum class ReadQuantity : std::uint8_t { Good, UnknownUnit, NotExact, TooLarge };
[[nodiscard]] ReadQuantity read_quantity(std::string_view number, std::string_view unit, sema::Dimension& d, std::int64_t& n);

}  // namespace envc::eval
