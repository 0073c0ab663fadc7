// The order from top to bottom in each group: sorted by the mean height of what
// is connected, again and again; then neighbours change places where that helps.
#include <algorithm>

#include "graph/sketch.h"

namespace envc::graph {
namespace {

class Order {
 public:
  explicit Order(Sketch& sketch) : s_(sketch), neighbours_(sketch.leaves.size()) {
    for (const auto& channel : s_.channels)
      for (const auto& span : channel)
        for (const auto& link : span.links) {
          neighbours_[link[0]].push_back(link[1]);
          neighbours_[link[1]].push_back(link[0]);
        }
  }

  void run() {
    constexpr int sweeps = 24;
    auto best = orders();
    auto least = cost();
    for (int i = 0; i < sweeps; ++i) {
      sort(page, i % 3);
      if (const auto now = cost(); now < least) least = now, best = orders();
    }
    for (std::uint32_t i = 0; i < s_.groups.size(); ++i) s_.groups[i].order = best[i];
    constexpr int rounds = 12;
    for (int i = 0; i < rounds && exchange(least); ++i) {
    }
    (void)cost();  // leaves the heights of the best
  }

 private:
  [[nodiscard]] std::vector<std::vector<Item>> orders() const {
    std::vector<std::vector<Item>> all;
    for (const auto& group : s_.groups) all.push_back(group.order);
    return all;
  }

  [[nodiscard]] std::pair<int, int> columns(const Item& item) const {
    if (!item.group) return {s_.leaves[item.index].column, s_.leaves[item.index].column};
    return {s_.groups[item.index].first, s_.groups[item.index].last};
  }

  /// Stacks everything as high as it goes; `free` is the first free height of each column.
  void stack(std::uint32_t index, std::vector<int>& free) {
    auto& group = s_.groups[index];
    auto range = [](std::vector<int>& heights, int first, int last) {
      return std::pair{heights.begin() + first, heights.begin() + last + 1};
    };
    auto [begin, end] = range(free, group.first, group.last);
    const int top = group.top = *std::max_element(begin, end);
    std::vector<int> inner(free.size(), top + frame_head);
    for (const auto& item : group.order) {
      if (item.group) {
        stack(item.index, inner);
        continue;
      }
      auto& leaf = s_.leaves[item.index];
      auto& at = inner[static_cast<std::size_t>(leaf.column)];
      leaf.y = at + leaf.above;
      at = leaf.y + leaf.below + (leaf.bend() ? wire_gap : box_gap);
    }
    auto [inside, outside] = range(inner, group.first, group.last);
    group.bottom = *std::max_element(inside, outside);
    std::fill(begin, end, group.bottom + frame_pad);
  }

  /// Crossings first, then how far lines climb.
  std::int64_t cost() {
    std::vector<int> free(static_cast<std::size_t>(s_.columns()), 0);
    stack(page, free);
    std::int64_t crossings = 0, climb = 0;
    for (const auto& channel : s_.channels) {
      links_.clear();
      for (const auto& span : channel)
        for (const auto& link : span.links) {
          climb += std::abs(s_.leaves[link[0]].y - s_.leaves[link[1]].y);
          if (s_.leaves[link[0]].column == s_.leaves[link[1]].column) continue;
          const bool forward = s_.leaves[link[0]].column < s_.leaves[link[1]].column;
          links_.push_back({span.net, s_.leaves[link[forward ? 0 : 1]].y, s_.leaves[link[forward ? 1 : 0]].y});
        }
      for (std::size_t i = 0; i < links_.size(); ++i)
        for (std::size_t j = i + 1; j < links_.size(); ++j)
          if (links_[i].net != links_[j].net && (links_[i].left < links_[j].left) != (links_[i].right < links_[j].right) &&
              links_[i].left != links_[j].left && links_[i].right != links_[j].right)
            ++crossings;
    }
    constexpr int crossing = 400;  // worth a climb of so many pixels
    return crossings * crossing + climb;
  }

  /// The mean height of the neighbours to the left (1), to the right (2), or of all (0); its own where it has none.
  struct Mean { std::int64_t sum = 0, count = 0; };
  void add(const Item& item, int side, Mean& mean) const {
    if (item.group) {
      for (const auto& one : s_.groups[item.index].order) add(one, side, mean);
      return;
    }
    const auto& leaf = s_.leaves[item.index];
    for (auto other : neighbours_[item.index]) {
      const auto& neighbour = s_.leaves[other];
      if ((side == 1 && neighbour.column > leaf.column) || (side == 2 && neighbour.column < leaf.column)) continue;
      mean.sum += neighbour.y;
      ++mean.count;
    }
  }

  void sort(std::uint32_t index, int side) {
    auto& order = s_.groups[index].order;
    struct Keyed { std::int64_t key; Item item; };
    std::vector<Keyed> keyed;
    for (const auto& item : order) {
      if (item.group) sort(item.index, side);
      Mean mean;
      add(item, side, mean);
      if (mean.count == 0) mean = {item.group ? s_.groups[item.index].top : s_.leaves[item.index].y, 1};
      keyed.push_back({mean.sum * 16 / mean.count, item});
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
    for (std::size_t i = 0; i < keyed.size(); ++i) order[i] = keyed[i].item;
  }

  /// Each item and the next one below it that shares a column change places where the cost falls.
  bool exchange(std::int64_t& least) {
    bool better = false;
    for (auto& group : s_.groups)
      for (std::size_t i = 0; i + 1 < group.order.size(); ++i) {
        const auto [first, last] = columns(group.order[i]);
        auto j = i + 1;
        for (; j < group.order.size(); ++j)
          if (const auto [low, high] = columns(group.order[j]); low <= last && first <= high) break;
        if (j == group.order.size()) continue;
        auto before = group.order;
        std::rotate(group.order.begin() + static_cast<std::ptrdiff_t>(i), group.order.begin() + static_cast<std::ptrdiff_t>(j),
                    group.order.begin() + static_cast<std::ptrdiff_t>(j) + 1);
        if (const auto now = cost(); now < least) least = now, better = true;
        else group.order = std::move(before);
      }
    return better;
  }

  struct Link { std::uint32_t net; int left, right; };
  Sketch& s_;
  std::vector<std::vector<std::uint32_t>> neighbours_;
  std::vector<Link> links_;
};

}  // namespace

void settle_order(Sketch& sketch) { Order(sketch).run(); }

}  // namespace envc::graph
