#include "eval/value.h"

#include <fmt/format.h>

namespace envc::eval {

using sema::Dimension;

Value Maker::list(const std::vector<Value>& items) const {
  Value v;
  v.tag = Tag::List;
  v.list = arena->make<ListData>(ListData{arena->copy(items)});
  return v;
}
Value Maker::map(const std::vector<Entry>& entries) const {
  Value v;
  v.tag = Tag::Map;
  v.map = arena->make<MapData>(MapData{arena->copy(entries)});
  return v;
}
Value Maker::record(sema::StructId s, const std::vector<Value>& fields) const {
  Value v;
  v.tag = Tag::Record;
  v.record = arena->make<RecordData>(RecordData{s, arena->copy(fields)});
  return v;
}
Value Maker::united(sema::UnionId u, std::uint32_t index, Value payload) const {
  Value v;
  v.tag = Tag::Union;
  v.united = arena->make<UnionData>(UnionData{u, index, payload});
  return v;
}
Value Maker::range(Value min, Value max) const {
  Value v;
  v.tag = Tag::Range;
  v.range = arena->make<RangeData>(RangeData{min, max});
  return v;
}
Value Maker::object(ObjectData data) const {
  Value v;
  v.tag = Tag::Object;
  v.object = arena->make<ObjectData>(data);
  return v;
}
Value Maker::late(const std::vector<Piece>& parts) const {
  std::vector<Piece> joined;
  for (auto& part : parts) {
    if (part.kind == PartKind::Literal && part.text.empty()) continue;
    if (part.kind == PartKind::Literal && !joined.empty() && joined.back().kind == PartKind::Literal) {
      auto text = std::string(joined.back().text) + std::string(part.text);
      joined.back().text = arena->copy(std::string_view(text));
      continue;
    }
    joined.push_back(part);
  }
  Value v;
  v.tag = Tag::Late;
  v.late = arena->make<LateData>(LateData{arena->copy(joined)});
  return v;
}
Value Maker::json(Value value) const {
  Value v;
  v.tag = Tag::Json;
  v.json = arena->make<Value>(value);
  return v;
}

bool equal(const sema::Program& p, const Value& a, const Value& b) {
  if (a.tag != b.tag) {
    // a case and its word, a literal type and a text
    if (a.tag == Tag::Enum && b.tag == Tag::Text) return p.text(Symbol{static_cast<std::uint32_t>(a.number)}) == *b.text;
    if (b.tag == Tag::Enum && a.tag == Tag::Text) return equal(p, b, a);
    if (a.tag == Tag::Decimal && b.tag == Tag::Int) return *a.text == std::to_string(b.number);
    if (b.tag == Tag::Decimal && a.tag == Tag::Int) return equal(p, b, a);
    return false;
  }
  switch (a.tag) {
    case Tag::Poison:
    case Tag::None:
    case Tag::Environment:
    case Tag::Platform: return true;
    case Tag::Bool: return a.boolean == b.boolean;
    case Tag::Int:
    case Tag::Enum:
    case Tag::Component: return a.number == b.number;
    case Tag::Quantity: return a.dimension == b.dimension && a.number == b.number;
    case Tag::Decimal:
    case Tag::Text: return *a.text == *b.text;
    case Tag::Union: return a.united->index == b.united->index && equal(p, a.united->payload, b.united->payload);
    case Tag::Record: {
      if (a.record->fields.size() != b.record->fields.size()) return false;
      for (std::size_t i = 0; i < a.record->fields.size(); ++i)
        if (!equal(p, a.record->fields[i], b.record->fields[i])) return false;
      return true;
    }
    case Tag::List: {
      if (a.list->items.size() != b.list->items.size()) return false;
      for (std::size_t i = 0; i < a.list->items.size(); ++i)
        if (!equal(p, a.list->items[i], b.list->items[i])) return false;
      return true;
    }
    case Tag::Map: {
      if (a.map->entries.size() != b.map->entries.size()) return false;
      for (std::size_t i = 0; i < a.map->entries.size(); ++i)
        if (!equal(p, a.map->entries[i].key, b.map->entries[i].key) || !equal(p, a.map->entries[i].value, b.map->entries[i].value)) return false;
      return true;
    }
    case Tag::Range: return equal(p, a.range->min, b.range->min) && equal(p, a.range->max, b.range->max);
    case Tag::Object: return a.object->owner == b.object->owner && a.object->handle == b.object->handle && a.object->key == b.object->key;
    case Tag::Late: {
      if (a.late->parts.size() != b.late->parts.size()) return false;
      for (std::size_t i = 0; i < a.late->parts.size(); ++i) {
        auto &x = a.late->parts[i], &y = b.late->parts[i];
        if (x.kind != y.kind || x.component != y.component || x.name != y.name || x.text != y.text || x.key != y.key) return false;
      }
      return true;
    }
    case Tag::Json: return equal(p, *a.json, *b.json);
  }
  return false;
}

std::string show_quantity(Dimension d, std::int64_t n) {
  if (d == Dimension::Percent) {
    auto whole = n / 1000, rest = n % 1000;
    if (rest == 0) return std::to_string(whole) + "%";
    auto text = fmt::format("{}.{:03}", whole, rest < 0 ? -rest : rest);
    while (text.back() == '0') text.pop_back();
    return text + "%";
  }
  if (d == Dimension::Rate) {
    for (auto [unit, worth] : {std::pair("/s", 86'400), std::pair("/min", 1440), std::pair("/h", 24), std::pair("/d", 1)})
      if (n % worth == 0) return std::to_string(n / worth) + unit;
  }
  if (d == Dimension::Cpu && n % 1000 != 0 && n > 0) {  // 0.5cpu reads better than 500mcpu
    auto text = fmt::format("{}.{:03}", n / 1000, n % 1000);
    while (text.back() == '0') text.pop_back();
    return text + "cpu";
  }
  auto& units = sema::units(d);
  if (n == 0) return "0" + std::string(d == Dimension::Duration ? "s" : d == Dimension::Bytes ? "B" : "cpu");
  for (auto at = units.rbegin(); at != units.rend(); ++at) {
    if (d == Dimension::Duration && at->name == "w") continue;
    if (n % at->worth == 0) return std::to_string(n / at->worth) + std::string(at->name);
  }
  return std::to_string(n);
}

bool in_unit(Dimension d, std::int64_t n, std::string_view unit, std::int64_t& whole) {
  for (auto& one : sema::units(d))
    if (one.name == unit) {
      whole = n / one.worth;
      return n % one.worth == 0;
    }
  return false;
}

std::string in_unit_text(Dimension d, std::int64_t n, std::string_view unit) {
  for (auto& one : sema::units(d)) {
    if (one.name != unit) continue;
    bool negative = n < 0;
    auto count = static_cast<std::uint64_t>(negative ? -n : n), worth = static_cast<std::uint64_t>(one.worth);
    auto text = (negative ? "-" : "") + std::to_string(count / worth);
    auto rest = count % worth;
    if (rest == 0) return text;
    text += '.';
    for (int digits = 0; rest != 0; ++digits) {
      if (digits == 12) return {};
      rest *= 10;  // worth is at most 2^40, so this fits
      text += static_cast<char>('0' + rest / worth);
      rest %= worth;
    }
    return text;
  }
  return {};
}

std::string nearest_whole(Dimension d, std::int64_t n, std::string_view unit) {
  for (auto& one : sema::units(d)) {
    if (one.name != unit) continue;
    const auto below = n / one.worth;
    auto above = fmt::format("`{}{}`", below + 1, unit);
    return below > 0 ? fmt::format("`{}{}` or ", below, unit) + above : above;
  }
  return {};
}

ReadQuantity read_quantity(std::string_view number, std::string_view unit, Dimension& d, std::int64_t& n) {
  std::int64_t worth = 0;
  for (auto dim : {Dimension::Duration, Dimension::Bytes, Dimension::Cpu, Dimension::Percent, Dimension::Rate})
    for (auto& one : sema::units(dim))
      if (one.name == unit) {
        d = dim;
        worth = one.worth;
      }
  if (worth == 0) return ReadQuantity::UnknownUnit;
  bool negative = !number.empty() && number[0] == '-';
  if (negative) number.remove_prefix(1);
  __extension__ typedef __int128 Wide;  // products of two 64-bit numbers, before they are judged
  Wide whole = 0, scale = 1;
  bool fraction = false;
  for (char c : number) {
    if (c == '.') {
      fraction = true;
      continue;
    }
    whole = whole * 10 + (c - '0');
    if (fraction) scale *= 10;
    if (whole > (static_cast<Wide>(1) << 100)) return ReadQuantity::TooLarge;
  }
  auto total = whole * worth;
  if (total % scale != 0) return ReadQuantity::NotExact;
  total /= scale;
  if (total > INT64_MAX) return ReadQuantity::TooLarge;
  n = static_cast<std::int64_t>(negative ? -total : total);
  return ReadQuantity::Good;
}

std::string show(const sema::Program& p, const Value& v) {
  switch (v.tag) {
    case Tag::Bool: return v.boolean ? "true" : "false";
    case Tag::Int: return std::to_string(v.number);
    case Tag::Decimal:
    case Tag::Text: return std::string(*v.text);
    case Tag::Quantity: return show_quantity(v.dimension, v.number);
    case Tag::Enum: return std::string(p.text(Symbol{static_cast<std::uint32_t>(v.number)}));
    case Tag::None: return "none";
    case Tag::Late: {
      std::string out;
      for (auto& part : v.late->parts) {
        if (part.kind == PartKind::Literal) out += part.text;
        else if (part.secret) out += "<secret>";
        else if (part.kind == PartKind::Input) out += "<" + std::string(p.text(p.bindings[part.component].name)) + ">";
        else out += "<" + std::string(p.text(part.name)) + (part.text.empty() ? "" : "." + std::string(part.text)) + ">";
      }
      return out;
    }
    case Tag::Union: {
      std::string out(p.text(p.unions[v.united->united].cases[v.united->index].name));
      if (v.united->payload.tag == Tag::Record) out += " " + display(p, v.united->payload);
      return out;
    }
    case Tag::Range: return show(p, v.range->min) + ".." + show(p, v.range->max);
    default: return display(p, v);
  }
}

std::string display(const sema::Program& p, const Value& v) {
  switch (v.tag) {
    case Tag::Poison: return "?";
    case Tag::Text: return "\"" + std::string(*v.text) + "\"";
    case Tag::Late: return "\"" + show(p, v) + "\"";
    case Tag::Record: {
      std::string out;
      auto& s = p.structs[v.record->structure];
      for (std::size_t i = 0; i < v.record->fields.size(); ++i)
        if (!v.record->fields[i].none()) out += (out.empty() ? "" : ", ") + std::string(p.text(s.fields[i].name)) + " = " + display(p, v.record->fields[i]);
      return "{ " + out + " }";
    }
    case Tag::List: {
      std::string out;
      for (auto& item : v.list->items) out += (out.empty() ? "" : ", ") + display(p, item);
      return "[" + out + "]";
    }
    case Tag::Map: {
      std::string out;
      for (auto& entry : v.map->entries) out += (out.empty() ? "" : ", ") + show(p, entry.key) + " = " + display(p, entry.value);
      return "{ " + out + " }";
    }
    case Tag::Component: return "a component";
    case Tag::Object: return std::string(p.text(v.object->handle));
    case Tag::Environment: return "environment";
    case Tag::Platform: return "platform";
    case Tag::Json: return display(p, *v.json);
    default: return show(p, v);
  }
}

}  // namespace envc::eval
