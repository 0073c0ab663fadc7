// "did you mean": the known word that a mistyped one is nearest to.
#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "diag/render.h"

namespace envc::diag {
namespace {

std::string lower(std::string_view word) {
  std::string out(word);
  for (auto& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// Insertions, deletions, replacements and swaps of neighbours between two
/// words; anything above `limit` is reported as limit + 1.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    before.swap(row);
    row.swap(next);
  }
  return std::min(row[b.size()], limit + 1);
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  const auto limit = std::max<std::size_t>(word.size(), 3) / 3;
  const auto wanted = lower(word);
  std::size_t best_distance = limit + 1;
  const std::string* best = nullptr;
  for (const auto& candidate : known) {
    if (candidate.empty()) continue;
    auto d = distance(wanted, lower(candidate), limit);
    if (d >= std::max(word.size(), candidate.size())) continue;  // nothing in common
    if (d < best_distance || (best && d == best_distance && candidate < *best)) {
      best_distance = d;
      best = &candidate;
    }
  }
  return best ? *best : std::string();
}

}  // namespace envc::diag
