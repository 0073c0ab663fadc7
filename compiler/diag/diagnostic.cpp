// The sink: collects, and at the end orders and joins. One defect in a base is
// one diagnostic that lists the environments it breaks.
#include "diag/diagnostic.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace envc::diag {
namespace {

/// Nowhere first, then the user's files in the order of loading, then the library's.
auto order_of(const Diagnostic& d, const SourceMap& sources) {
  const bool placed = d.primary.valid();
  const bool library = placed && sources.owner(d.primary.file) == SourceOwner::Library;
  return std::tuple(placed, library, placed ? d.primary.file.index : 0, d.primary.begin, d.primary.end,
                    std::string_view(d.code.id), std::string_view(d.message), std::string_view(d.rule));
}

template <class T, class Same>
void add_missing(std::vector<T>& into, std::vector<T>&& from, Same same) {
  for (auto& item : from)
    if (std::none_of(into.begin(), into.end(), [&](const T& other) { return same(item, other); }))
      into.push_back(std::move(item));
}

/// What the second of two equal diagnostics knows beyond the first.
void join(Diagnostic& first, Diagnostic&& second) {
  first.severity = std::min(first.severity, second.severity);  // Error is the smallest
  if (first.primary_label.empty()) first.primary_label = std::move(second.primary_label);
  if (first.environments.empty() || second.environments.empty()) first.environments.clear();
  else add_missing(first.environments, std::move(second.environments), std::equal_to<>{});
  add_missing(first.labels, std::move(second.labels),
              [](const Label& a, const Label& b) { return a.span == b.span && a.text == b.text; });
  add_missing(first.notes, std::move(second.notes),
              [](const Note& a, const Note& b) { return a.role == b.role && a.text == b.text; });
  add_missing(first.helps, std::move(second.helps), std::equal_to<>{});
  add_missing(first.fixes, std::move(second.fixes), [](const Fix& a, const Fix& b) { return a.title == b.title; });
}

/// What helps in general, where the report says nothing of its own.
std::string_view way_out(std::string_view code) {
#define WAY_OUT(ID, TEXT) \
  if (code == #ID) return TEXT;
#include "diag/ways_out.def"
#undef WAY_OUT
  return {};
}

/// Whether the message of a rule says itself what to write.
bool says_way_out(const Diagnostic& d) {
  return std::string_view(d.code.id) == RequireBroken::code.id && d.message.find_first_of("`:") != std::string::npos;
}

}  // namespace

Diagnostic& Sink::add(Diagnostic d) {
  if (d.severity == Severity::Error) ++errors_;
  return items_.emplace_back(std::move(d));
}

void Sink::merge(Sink&& other) {
  errors_ += other.errors_;
  std::move(other.items_.begin(), other.items_.end(), std::back_inserter(items_));
  other.items_.clear();
  other.errors_ = 0;
}

void Sink::finish(const SourceMap& sources) {
  std::stable_sort(items_.begin(), items_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return order_of(a, sources) < order_of(b, sources); });
  std::vector<Diagnostic> joined;
  joined.reserve(items_.size());
  for (auto& item : items_) {
    if (!joined.empty() && order_of(joined.back(), sources) == order_of(item, sources)) join(joined.back(), std::move(item));
    else joined.push_back(std::move(item));
  }
  for (auto& item : joined)
    if (item.helps.empty() && item.fixes.empty() && !says_way_out(item))
      if (auto way = way_out(item.code.id); !way.empty()) item.help(std::string(way));
  items_ = std::move(joined);
  errors_ = static_cast<std::size_t>(
      std::count_if(items_.begin(), items_.end(), [](const Diagnostic& d) { return d.severity == Severity::Error; }));
}

}  // namespace envc::diag
