#include "sema/types.h"

namespace envc::sema {

TypeTable::TypeTable() {
  auto basic = [&](TypeKind kind) { TypeData d; d.kind = kind; return intern(d); };
  poison = basic(TypeKind::Poison);
  nothing = basic(TypeKind::Nothing).with(maybe);
  boolean = basic(TypeKind::Bool);
  integer = basic(TypeKind::Int);
  decimal = basic(TypeKind::Decimal);
  string = basic(TypeKind::String);
  text = basic(TypeKind::Text);
  date = basic(TypeKind::Date);
  time = basic(TypeKind::Time);
  address = basic(TypeKind::Address);
  environment = basic(TypeKind::Environment);
  platform = basic(TypeKind::Platform);
  json = basic(TypeKind::Json);
  any_component = component({});
}

Type TypeTable::intern(TypeData data) {
  auto [at, added] = index_.try_emplace(data, static_cast<std::uint32_t>(data_.size()));
  if (added) data_.push_back(std::move(data));
  return Type{at->second, 0};
}

Type TypeTable::list(Type element) { TypeData d; d.kind = TypeKind::List; d.first = element; return intern(d); }
Type TypeTable::map(Type key, Type value) { TypeData d; d.kind = TypeKind::Map; d.first = key; d.second = value; return intern(d); }
Type TypeTable::range(Type element) { TypeData d; d.kind = TypeKind::Range; d.first = element; return intern(d); }
Type TypeTable::record(StructId s) { TypeData d; d.kind = TypeKind::Record; d.structure = s; return intern(d); }
Type TypeTable::component(StructId s) { TypeData d; d.kind = TypeKind::Component; d.structure = s; return intern(d); }
Type TypeTable::handle(StructId s) { TypeData d; d.kind = TypeKind::Handle; d.structure = s; return intern(d); }
Type TypeTable::quantity(Dimension dim) { TypeData d; d.kind = TypeKind::Quantity; d.dimension = dim; return intern(d); }

Type TypeTable::plain(Type t) const {
  auto flags = t.flags;
  while (data_[t.id].kind == TypeKind::Refined) { t = data_[t.id].first; flags |= t.flags; }
  return {t.id, flags};
}

const std::vector<Unit>& units(Dimension d) {
  static const std::vector<Unit> duration{{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}, {"w", 604'800'000}};
  static const std::vector<Unit> bytes{{"B", 1}, {"kB", 1000}, {"KiB", 1024}, {"MB", 1'000'000}, {"MiB", 1 << 20},
                                       {"GB", 1'000'000'000}, {"GiB", 1 << 30}, {"TB", 1'000'000'000'000}, {"TiB", 1ll << 40}};
  static const std::vector<Unit> cpu{{"mcpu", 1}, {"cpu", 1000}};
  static const std::vector<Unit> percent{{"%", 1000}, {"percent", 1000}, {"ratio", 100'000}};  // words for holes: "in percent"
  // A rate is a count and its duration, kept as count per day: 86,400 is divisible by every unit.
  static const std::vector<Unit> rate{{"/d", 1}, {"/h", 24}, {"/m", 1440}, {"/min", 1440}, {"/s", 86'400}};
  switch (d) {
    case Dimension::Duration: return duration;
    case Dimension::Bytes: return bytes;
    case Dimension::Cpu: return cpu;
    case Dimension::Percent: return percent;
    case Dimension::Rate: break;
  }
  return rate;
}

std::string_view dimension_name(Dimension d) {
  switch (d) {
    case Dimension::Duration: return "Duration";
    case Dimension::Bytes: return "Bytes";
    case Dimension::Cpu: return "Cpu";
    case Dimension::Percent: return "Percent";
    case Dimension::Rate: break;
  }
  return "Rate";
}

}  // namespace envc::sema
