// Values against types: coercions and refinements.
#include <algorithm>

#include "diag/render.h"
#include "model/evaluator.h"

namespace envc::model {

using namespace eval;
using namespace sema;

Value Evaluator::conform(Value v, Type want, const Span& at, Context& c) {
  if (v.poison() || want.poison() || v.none()) return v;
  const auto& data = p.types[want];
  auto keep = [&](Value made) {
    made.origin = v.origin;
    return made;
  };
  switch (data.kind) {
    case TypeKind::Refined: {
      v = conform(v, data.first, at, c);
      if (v.poison() || v.tag == Tag::Late || !data.where.valid()) return v;
      Context inner;
      inner.it = v;
      Quiet quiet(*this);
      auto good = eval(data.where, inner);
      if (good.tag != Tag::Bool || good.boolean) return v;
      auto span = origin(v);
      if (!span.valid() || !p.sources->is_user(span)) span = at;
      auto rule = std::string(p.sources->text(node(data.where).span));
      std::string reason = fmt::format("`{}` must hold", rule);
      if (!data.name.empty()) {
        auto doc = p.alias_docs.find(data.name);
        auto said = doc == p.alias_docs.end() ? std::string() : std::string(p.text(doc->second));
        said = said.substr(0, said.find('\n'));
        if (said.ends_with('.')) said.pop_back();
        if (said.size() > 2 && std::isupper(static_cast<unsigned char>(said[0])) && !std::isupper(static_cast<unsigned char>(said[1]))) said[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(said[0])));
        reason = said.empty() ? fmt::format("for a {}, `{}` must hold", p.text(data.name), rule) : fmt::format("a {} is {}", p.text(data.name), said);
      }
      auto& d = sink.report(diag::RefinementBroken{}, span, display(p, v), reason).in(environment_name);
      d.note("rule", rule);
      d.label(data.span, "the rule");
      if (at != span && p.sources->is_user(at)) d.label(at, "used here");
      return {};
    }
    case TypeKind::List: {
      if (v.tag == Tag::List) {
        auto element = p.types.kind(data.first);
        auto raw = p.types[data.first].kind;
        if (raw == TypeKind::String || raw == TypeKind::Handle || raw == TypeKind::Int || raw == TypeKind::Bool) {
          bool same = std::none_of(v.list->items.begin(), v.list->items.end(), [&](const Value& item) { return item.tag == Tag::Component || item.tag == Tag::Enum || item.tag == Tag::Record; });
          if (same) return v;
        }
        (void)element;
        std::vector<Value> items;
        for (auto item : v.list->items) items.push_back(conform(item, data.first, at, c));
        return keep(make.list(items));
      }
      return keep(make.list({conform(v, data.first, at, c)}));
    }
    case TypeKind::Map: {
      std::vector<Entry> entries;
      if (v.tag == Tag::Map) {
        for (auto& entry : v.map->entries) entries.push_back({conform(entry.key, data.first, at, c), conform(entry.value, data.second, at, c)});
        return keep(make.map(entries));
      }
      if (v.tag == Tag::Record) {
        auto& s = p.structs[v.record->structure];
        for (std::size_t i = 0; i < v.record->fields.size(); ++i)
          if (!v.record->fields[i].none()) entries.push_back({make.view(p.text(s.fields[i].name)), conform(v.record->fields[i], data.second, at, c)});
        return keep(make.map(entries));
      }
      return v;
    }
    case TypeKind::Record:
    case TypeKind::Handle: {
      if (v.tag == Tag::Component) break;  // its main output is meant
      if (v.tag != Tag::Record || v.record->structure == data.structure) return v;
      auto& from = p.structs[v.record->structure];
      auto& into = p.structs[data.structure];
      std::vector<Value> fields(into.fields.size(), Maker::none());
      std::vector<bool> given(fields.size(), false);
      for (std::size_t i = 0; i < from.fields.size(); ++i) {
        auto found = into.index.find(from.fields[i].name);
        if (found == into.index.end() || v.record->fields[i].none()) continue;
        fields[found->second] = conform(v.record->fields[i], into.fields[found->second].type, at, c);
        given[found->second] = true;
      }
      return keep(complete_record(data.structure, std::move(fields), std::move(given), c));
    }
    case TypeKind::Component: return v;
    case TypeKind::Union: {
      if (v.tag == Tag::Union || v.tag == Tag::Record) return v;
      auto payload = value_case(p, want, v.tag == Tag::Int ? TypeKind::Int : v.tag == Tag::Quantity ? TypeKind::Quantity : TypeKind::String, v.dimension);
      if (!payload.valid()) return v;
      auto& cases = p.unions[data.united].cases;
      auto chosen = std::find_if(cases.begin(), cases.end(), [&](const Case& one) { return one.payload == payload; });
      return keep(make.united(data.united, static_cast<std::uint32_t>(chosen - cases.begin()), make.record(payload, {conform(v, p.structs[payload].fields[0].type, at, c)})));
    }
    case TypeKind::Range: return v.tag == Tag::Range ? v : keep(make.range(v, v));
    default: break;
  }
  if (v.tag == Tag::Component && data.kind != TypeKind::Platform && data.kind != TypeKind::Environment) {
    auto span = origin(v);
    auto made = main_output(static_cast<std::uint32_t>(v.number), span.valid() && p.sources->is_user(span) ? span : at);
    if (made.origin == 0x7fffffff) made.origin = v.origin;
    return conform(made, want, at, c);
  }
  switch (data.kind) {
    case TypeKind::String:
    case TypeKind::Text:
      if (v.tag == Tag::Bool || v.tag == Tag::Int || v.tag == Tag::Decimal || v.tag == Tag::Enum) return keep(make.text(show(p, v)));
      return v;
    case TypeKind::Decimal: return v.tag == Tag::Int ? keep(make.view(env.arena->copy(std::string_view(show(p, v))), Tag::Decimal)) : v;
    case TypeKind::Literals: {
      if (v.tag == Tag::Enum) v = keep(make.view(p.text(Symbol{static_cast<std::uint32_t>(v.number)})));
      if (v.tag != Tag::Text) return v;
      std::vector<std::string> known;
      std::string list;
      for (auto one : data.texts) {
        if (p.text(one) == *v.text) return v;
        known.emplace_back(p.text(one));
        list += (list.empty() ? "\"" : ", \"") + known.back() + "\"";
      }
      auto span = origin(v);
      if (!span.valid() || !p.sources->is_user(span)) span = at;
      auto& d = sink.report(diag::NotOneOf{}, span, *v.text, list).in(environment_name);
      if (auto near = diag::nearest(*v.text, known); !near.empty()) d.fix(fmt::format("did you mean \"{}\"?", near), span, "\"" + near + "\"");
      return {};
    }
    case TypeKind::Date:
    case TypeKind::Time:
    case TypeKind::Address: {
      if (v.tag != Tag::Text) return v;
      std::string_view pattern = data.kind == TypeKind::Date ? "\\d{4}-\\d\\d-\\d\\d" : data.kind == TypeKind::Time ? "([01]\\d|2[0-3]):[0-5]\\d" : "((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)(/(3[0-2]|[12]?\\d))?";
      if (matches(*v.text, pattern).value_or(true)) return v;
      auto span = origin(v);
      sink.report(diag::NotFinite{}, span.valid() ? span : at, *v.text, type_name(p, want.without(late | secret | maybe))).in(environment_name);
      return {};
    }
    case TypeKind::Enum:  // the key of a map is written as a word
      return v.tag == Tag::Text ? keep(Maker::enumeration(sym(*v.text))) : v;
    case TypeKind::Json: return v.tag == Tag::Json ? v : keep(make.json(v));
    default: return v;
  }
}

}  // namespace envc::model
