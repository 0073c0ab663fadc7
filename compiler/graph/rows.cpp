// Heights. What must stay apart are rules (`b` at least `room` below `a`); what is
// connected pulls at each other. Starting from the stacked order, whatever is
// pulled moves together with all that it would push, as far as the nearest rule:
// each move shortens the lines, so that this ends.
#include <algorithm>
#include <set>

#include "graph/sketch.h"

namespace envc::graph {
namespace {

class Rows {
 public:
  explicit Rows(Sketch& sketch) : s_(sketch), leaves_(static_cast<std::uint32_t>(sketch.leaves.size())) {
    const auto count = leaves_ + 2 * s_.groups.size();
    at_.resize(count);
    below_.resize(count);
    above_.resize(count);
    pulls_.resize(leaves_);
    for (std::uint32_t i = 0; i < leaves_; ++i) at_[i] = s_.leaves[i].y;
    for (std::uint32_t i = 0; i < s_.groups.size(); ++i) {
      at_[top(i)] = s_.groups[i].top;
      at_[bottom(i)] = s_.groups[i].bottom;
      rules(i);
    }
    spread();
    pulls();
  }

  /// Tries small moves of the two leaves of a clash, where there is room at first, then
  /// pushing down what is in the way; keeps what leaves fewer clashes. Where none does,
  /// one is pushed all the same, for another start; the best is kept.
  void part() {
    constexpr int rounds = 40, reach = 36;
    auto best = at_;
    auto fewest = s_.clashes.size();
    for (int round = 0; round < rounds && fewest > 0; ++round) {
      if (!relieve(reach)) {
        const auto& one = s_.clashes[static_cast<std::size_t>(round) % s_.clashes.size()];
        at_[one[static_cast<std::size_t>(round) % 2]] += least_apart * (1 + round % 3);
        spread();
        write();
        settle_wires(s_);
      }
      if (s_.clashes.size() < fewest) fewest = s_.clashes.size(), best = at_;
    }
    at_ = best;
    write();
    settle_wires(s_);
  }

  void run() {
    constexpr int most = 400;  // far more than pictures need; a bound on time
    for (int i = 0; i < most; ++i) {
      bool moved = false;
      for (std::uint32_t n = 0; n < leaves_; ++n) moved |= move(i % 2 == 0 ? n : leaves_ - 1 - n);
      tighten();
      if (!moved) break;
    }
    constexpr int rounds = 3;  // a line that is out of the way makes room for others
    for (int i = 0; i < rounds; ++i)
      for (const auto& net : s_.nets) {
        align(net, net.ahead);
        align(net, net.back);
      }
    write();
  }

 private:
  struct Rule { std::uint32_t other; int room; };
  struct Pull { std::uint32_t other; int offset, weight; };  ///< wants to be `offset` below `other`

  bool relieve(int reach) {
    const auto clashes = s_.clashes;
    for (std::size_t i = 0; i < 2 * clashes.size(); ++i)
      for (auto leaf : clashes[i % clashes.size()])
        for (int by = least_apart; by <= reach; ++by)
          if (i < clashes.size() ? shift(leaf, -by, clashes.size()) || shift(leaf, by, clashes.size()) : push(leaf, by, clashes.size())) return true;
    settle_wires(s_);
    return false;
  }

  bool shift(std::uint32_t leaf, int by, std::size_t clashes) {
    const auto [low, high] = free(leaf);
    if (at_[leaf] + by < low || at_[leaf] + by > high) return false;
    const auto before = at_;
    at_[leaf] += by;
    return keep(before, clashes);
  }

  bool push(std::uint32_t leaf, int by, std::size_t clashes) {
    const auto before = at_;
    at_[leaf] += by;
    spread();
    return keep(before, clashes);
  }

  bool keep(const std::vector<int>& before, std::size_t clashes) {
    write();
    settle_wires(s_);
    if (s_.clashes.size() < clashes) return true;
    at_ = before;
    write();
    return false;
  }

  void write() {
    tighten();
    for (std::uint32_t i = 0; i < leaves_; ++i) s_.leaves[i].y = at_[i];
    for (std::uint32_t i = 0; i < s_.groups.size(); ++i) {
      s_.groups[i].top = at_[top(i)];
      s_.groups[i].bottom = at_[bottom(i)];
    }
  }

  [[nodiscard]] std::uint32_t top(std::uint32_t group) const { return leaves_ + 2 * group; }
  [[nodiscard]] std::uint32_t bottom(std::uint32_t group) const { return leaves_ + 2 * group + 1; }

  void rule(std::uint32_t a, std::uint32_t b, int room) {
    if (!known_.insert({a, b}).second) return;
    below_[a].push_back({b, room});
    above_[b].push_back({a, room});
  }

  /// In each column one below the other; all between the borders of the group.
  void rules(std::uint32_t index) {
    const auto& group = s_.groups[index];
    std::vector<const Item*> over(static_cast<std::size_t>(s_.columns()), nullptr);
    for (const auto& item : group.order) {
      const auto [first, last] = columns(item);
      const auto upper = item.group ? top(item.index) : item.index;
      const auto lower = item.group ? bottom(item.index) : item.index;
      const int above = item.group ? 0 : s_.leaves[item.index].above;
      const int below = item.group ? 0 : s_.leaves[item.index].below;
      rule(top(index), upper, frame_head + above);
      rule(lower, bottom(index), below + frame_pad);
      for (int k = first; k <= last; ++k) {
        if (const auto* before = over[static_cast<std::size_t>(k)])
          rule(before->group ? bottom(before->index) : before->index, upper,
               (before->group ? 0 : s_.leaves[before->index].below) + above + gap(*before, item));
        over[static_cast<std::size_t>(k)] = &item;
      }
    }
    if (group.order.empty()) rule(top(index), bottom(index), frame_head + frame_pad);
  }

  /// Down, until every rule holds: the stacked order knows of no borders.
  void spread() {
    for (bool moved = true; moved;) {
      moved = false;
      for (std::uint32_t a = 0; a < at_.size(); ++a)
        for (const auto& one : below_[a])
          if (at_[one.other] < at_[a] + one.room) at_[one.other] = at_[a] + one.room, moved = true;
    }
  }

  [[nodiscard]] std::pair<int, int> columns(const Item& item) const {
    if (!item.group) return {s_.leaves[item.index].column, s_.leaves[item.index].column};
    return {s_.groups[item.index].first, s_.groups[item.index].last};
  }

  [[nodiscard]] int gap(const Item& a, const Item& b) const {
    if (a.group && b.group) return frame_pad;
    auto passes = [&](const Item& one) { return !one.group && s_.leaves[one.index].bend(); };
    return passes(a) || passes(b) ? wire_gap : box_gap;
  }

  void pulls() {
    for (const auto& channel : s_.channels)
      for (const auto& span : channel)
        for (const auto& link : span.links) {
          const auto& net = s_.nets[span.net];
          auto stub = [&](std::uint32_t leaf) { return leaf == net.target ? net.stub : 0; };
          const int bends = (s_.leaves[link[0]].bend() ? 1 : 0) + (s_.leaves[link[1]].bend() ? 1 : 0);
          const int weight = bends == 2 ? 8 : bends == 1 ? 2 : 1;  // long lines are straight
          pulls_[link[0]].push_back({link[1], stub(link[1]) - stub(link[0]), weight});
          pulls_[link[1]].push_back({link[0], stub(link[0]) - stub(link[1]), weight});
        }
  }

  /// One leaf and everything that it pushes in the direction in which it is pulled.
  bool move(std::uint32_t leaf) {
    const auto own = force(leaf);
    if (own.sum == 0) return false;
    const bool down = own.sum > 0;
    std::vector<std::uint32_t> moving{leaf};
    std::set<std::uint32_t> in{leaf};
    for (std::size_t i = 0; i < moving.size(); ++i)
      for (const auto& one : down ? below_[moving[i]] : above_[moving[i]])
        if (slack(moving[i], one, down) == 0 && in.insert(one.other).second) moving.push_back(one.other);
    std::int64_t sum = 0, weight = 0;
    for (auto one : moving) {
      if (one >= leaves_) continue;
      for (const auto& pull : pulls_[one]) {
        if (in.contains(pull.other)) continue;
        sum += static_cast<std::int64_t>(pull.weight) * (at_[pull.other] + pull.offset - at_[one]);
        weight += pull.weight;
      }
    }
    if (weight == 0 || (sum > 0) != down) return false;
    int step = static_cast<int>(std::abs(sum) / weight);
    for (auto one : moving)
      for (const auto& rule : down ? below_[one] : above_[one])
        if (!in.contains(rule.other)) step = std::min(step, slack(one, rule, down));
    if (step == 0) return false;
    for (auto one : moving) at_[one] += down ? step : -step;
    return true;
  }

  [[nodiscard]] int slack(std::uint32_t one, const Rule& rule, bool down) const {
    return down ? at_[rule.other] - at_[one] - rule.room : at_[one] - at_[rule.other] - rule.room;
  }

  struct Force { std::int64_t sum = 0; };
  [[nodiscard]] Force force(std::uint32_t leaf) const {
    Force all;
    for (const auto& pull : pulls_[leaf]) all.sum += static_cast<std::int64_t>(pull.weight) * (at_[pull.other] + pull.offset - at_[leaf]);
    return all;
  }

  /// How far a leaf can go up and down while everything else stays.
  [[nodiscard]] std::pair<int, int> free(std::uint32_t leaf) const {
    int low = at_[leaf] - far, high = at_[leaf] + far;
    for (const auto& one : above_[leaf]) low = std::max(low, at_[one.other] + one.room);
    for (const auto& one : below_[leaf]) high = std::min(high, at_[one.other] - one.room);
    return {low, high};
  }

  /// Pulls that add up to zero leave long lines as stairs: as many bends as can share
  /// a height do, that of the line's end where it is in reach.
  void align(const Net& net, const std::vector<std::uint32_t>& bends) {
    for (std::size_t first = 0; first < bends.size();) {
      if (bends[first] == nothing) {
        ++first;
        continue;
      }
      auto [low, high] = free(bends[first]);
      auto last = first;
      std::int64_t sum = at_[bends[first]];
      for (; last + 1 < bends.size() && bends[last + 1] != nothing; ++last) {
        const auto [a, b] = free(bends[last + 1]);
        if (std::max(a, low) > std::min(b, high)) break;
        low = std::max(a, low);
        high = std::min(b, high);
        sum += at_[bends[last + 1]];
      }
      int to = std::clamp(static_cast<int>(sum / static_cast<std::int64_t>(last - first + 1)), low, high);
      auto prefer = [&](int height) { to = height >= low && height <= high ? height : to; };
      if (net.sources.size() == 1) prefer(at_[net.sources[0]]);
      prefer(at_[net.target] + net.stub);
      for (auto i = first; i <= last; ++i) at_[bends[i]] = to;
      first = last + 1;
    }
  }

  /// Borders close around what they hold; inner groups first.
  void tighten() {
    for (auto i = static_cast<std::uint32_t>(s_.groups.size()); i-- > 0;) {
      if (s_.groups[i].order.empty()) continue;
      int high = at_[below_[top(i)].front().other] - below_[top(i)].front().room;
      for (const auto& one : below_[top(i)]) high = std::min(high, at_[one.other] - one.room);
      int low = at_[above_[bottom(i)].front().other] + above_[bottom(i)].front().room;
      for (const auto& one : above_[bottom(i)]) low = std::max(low, at_[one.other] + one.room);
      at_[top(i)] = high;
      at_[bottom(i)] = low;
    }
  }

  static constexpr int far = 1 << 20;  ///< farther than any picture is high
  Sketch& s_;
  std::uint32_t leaves_;
  std::vector<int> at_;                       ///< leaves, then the borders of groups
  std::vector<std::vector<Rule>> below_, above_;
  std::vector<std::vector<Pull>> pulls_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> known_;
};

}  // namespace

void settle_rows(Sketch& sketch) { Rows(sketch).run(); }

void settle_clashes(Sketch& sketch) {
  if (!sketch.clashes.empty()) Rows(sketch).part();
}

}  // namespace envc::graph
