// Columns: the longest way from those whom nobody calls, circles cut, then moves
// that shorten edges.
#include <algorithm>

#include "graph/sketch.h"

namespace envc::graph {
namespace {

class Columns {
 public:
  explicit Columns(const Graph& graph) : graph_(graph), after_(graph.nodes.size()), before_(graph.nodes.size()), column_(graph.nodes.size(), 0) {
    cut_circles();
  }

  std::vector<int> run() {
    std::vector<std::uint32_t> connected, alone;
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      if (graph_.nodes[i].outside) continue;
      const bool on_its_own = after_[i].empty() && before_[i].empty() && outside_calls(i) == 0 && graph_.nodes[i].urls.empty();
      (on_its_own ? alone : connected).push_back(i);
    }
    int last = 0;
    for (auto i : connected) last = std::max(last, depth(i));
    for (auto i : connected) late(i, last);
    for (bool moved = true; moved;) {
      moved = false;
      for (auto i : connected) moved |= shorten(i, last);
    }
    spread(alone, last);
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) last = std::max(last, column_[i]);
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i)
      if (graph_.nodes[i].outside) column_[i] = last + 1;
    return column_;
  }

 private:
  /// Depth first from those whom nobody calls; an edge back to where the way came from does not count.
  void cut_circles() {
    std::vector<std::vector<std::uint32_t>> calls(graph_.nodes.size());
    std::vector<bool> called(graph_.nodes.size(), false);
    for (const auto& edge : graph_.edges) {
      if (graph_.nodes[edge.from].outside || graph_.nodes[edge.to].outside) continue;
      calls[edge.from].push_back(edge.to);
      called[edge.to] = true;
    }
    std::vector<char> state(graph_.nodes.size(), 0);
    auto visit = [&](auto& self, std::uint32_t at) -> void {
      if (state[at] != 0) return;
      state[at] = 1;
      for (auto next : calls[at]) {
        if (state[next] == 1) continue;
        after_[at].push_back(next);
        before_[next].push_back(at);
        self(self, next);
      }
      state[at] = 2;
    };
    for (int round = 0; round < 3; ++round)
      for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i)
        if (round == 2 || (round == 0 && !called[i]) || (round == 1 && !graph_.nodes[i].urls.empty())) visit(visit, i);
  }

  int depth(std::uint32_t i) {
    if (column_[i] != 0) return column_[i];
    int deepest = 0;
    for (auto one : before_[i]) deepest = std::max(deepest, depth(one));
    return column_[i] = deepest + 1;
  }

  /// As far to the right as those it calls allow.
  int late(std::uint32_t i, int last) {
    if (late_.empty()) late_.assign(graph_.nodes.size(), 0);
    if (late_[i] != 0) return late_[i];
    int limit = last + 1;
    for (auto one : after_[i]) limit = std::min(limit, late(one, last));
    return late_[i] = column_[i] = limit - 1;
  }

  [[nodiscard]] int outside_calls(std::uint32_t i) const {
    return static_cast<int>(std::count_if(graph_.edges.begin(), graph_.edges.end(),
                                          [&](const Edge& edge) { return edge.from == i && graph_.nodes[edge.to].outside; }));
  }

  bool shorten(std::uint32_t i, int last) {
    constexpr int entry_weight = 6;  // the way in is what a reader looks for first
    int low = 1, high = last;
    for (auto one : before_[i]) low = std::max(low, column_[one] + 1);
    for (auto one : after_[i]) high = std::min(high, column_[one] - 1);
    const int pull = static_cast<int>(after_[i].size()) + outside_calls(i) - static_cast<int>(before_[i].size()) -
                     (graph_.nodes[i].urls.empty() ? 0 : entry_weight);
    const int to = pull < 0 ? low : pull > 0 ? high : column_[i];
    if (to == column_[i]) return false;
    column_[i] = to;
    return true;
  }

  /// Those that have no edges go where there is room.
  void spread(const std::vector<std::uint32_t>& alone, int last) {
    int wide = std::max(last, 1);
    while (wide < 4 && wide * wide < static_cast<int>(alone.size())) ++wide;
    std::vector<int> count(static_cast<std::size_t>(wide), 0);
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i)
      if (!graph_.nodes[i].outside && column_[i] > 0) ++count[static_cast<std::size_t>(column_[i]) - 1];
    for (auto i : alone) {
      auto least = std::min_element(count.begin(), count.end());
      ++*least;
      column_[i] = static_cast<int>(least - count.begin()) + 1;
    }
  }

  const Graph& graph_;
  std::vector<std::vector<std::uint32_t>> after_, before_;
  std::vector<int> column_, late_;
};

}  // namespace

std::vector<int> columns_of(const Graph& graph) { return Columns(graph).run(); }

}  // namespace envc::graph
