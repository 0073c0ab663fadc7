// Where lines leave their boxes, and on which track each net climbs in each
// channel: tracks in an order with few crossings in which no two nets share a
// piece of line.
#include <algorithm>

#include "graph/sketch.h"

namespace envc::graph {
namespace {

class Wires {
 public:
  explicit Wires(Sketch& sketch) : s_(sketch) {
    s_.ports.assign(s_.nets.size(), {});
    s_.clashes.clear();
    for (auto& net : s_.nets) net.shift = 0;
  }

  void run() {
    straighten();
    for (std::uint32_t leaf = 0; leaf < s_.leaves.size(); ++leaf)
      if (!s_.leaves[leaf].bend()) leave(leaf);
    for (int k = 0; k < s_.columns(); ++k) tracks(k);
    colour();
  }

 private:
  static constexpr int globe = 6;   ///< how far from its middle the way in begins
  static constexpr int corner = 9;  ///< no line ends nearer to a corner of a box

  /// A single line into a box ends where it comes from, as far as the box reaches.
  void straighten() {
    for (auto& channel : s_.channels)
      for (auto& span : channel) {
        auto& net = s_.nets[span.net];
        if (span.links.size() != 1 || span.right.size() != 1 || span.right[0] != net.target || span.left.size() != 1) continue;
        if (!s_.leaves[span.left[0]].bend() || net.stub != 0) continue;
        const auto& box = s_.leaves[net.target];
        const int off = s_.leaves[span.left[0]].y - box.y;
        const int labels = line_height * static_cast<int>(net.labels.size());
        if (std::abs(off) <= box.height / 2 - corner && labels + 4 - off <= box.above) net.shift = off;
      }
  }

  [[nodiscard]] const Span* span_of(int channel, std::uint32_t net) const {
    for (const auto& span : s_.channels[static_cast<std::size_t>(channel)])
      if (span.net == net) return &span;
    return nullptr;
  }

  [[nodiscard]] int reach(std::uint32_t net, std::uint32_t leaf) const {
    return s_.leaves[leaf].y + (leaf == s_.nets[net].target ? s_.nets[net].stub + s_.nets[net].shift : 0);
  }

  /// The nets that leave a box, from top to bottom as they go on; one of them straight on where it can.
  void leave(std::uint32_t index) {
    const auto& box = s_.leaves[index];
    struct Exit { std::uint32_t net; int wish, y; };
    std::vector<Exit> exits;
    std::vector<int> others;  // heights at which other nets go on from this channel
    for (const auto& span : s_.channels[static_cast<std::size_t>(box.column)]) {
      const Span* mine = nullptr;
      for (const auto& link : span.links)
        if (link[0] == index) exits.push_back({span.net, reach(span.net, link[1]), 0}), mine = &span;
      if (!mine)
        for (auto right : span.right) others.push_back(reach(span.net, right));
    }
    if (exits.empty()) return;
    std::stable_sort(exits.begin(), exits.end(), [](const Exit& a, const Exit& b) { return a.wish < b.wish; });
    const bool entry = s_.nets[exits[0].net].entry;  // one line that branches
    const int room = entry ? globe : box.height / 2 - corner;
    const auto count = static_cast<int>(exits.size());
    int anchor = -1;
    for (int i = 0; i < count; ++i) {
      const int off = std::abs(exits[static_cast<std::size_t>(i)].wish - box.y);
      if (off <= room && (anchor < 0 || off < std::abs(exits[static_cast<std::size_t>(anchor)].wish - box.y))) anchor = i;
    }
    int step = count == 1 || entry ? 0 : std::min(10, 2 * room / (count - 1));
    if (anchor >= 0 && step > 0) {  // narrower, so that the straight one stays straight
      const int off = exits[static_cast<std::size_t>(anchor)].wish - box.y;
      int narrow = step;
      if (anchor > 0) narrow = std::min(narrow, (room + off) / anchor);
      if (anchor + 1 < count) narrow = std::min(narrow, (room - off) / (count - 1 - anchor));
      if (narrow >= least_apart) step = narrow;
    }
    int first = anchor < 0 ? box.y - step * (count - 1) / 2 : exits[static_cast<std::size_t>(anchor)].wish - step * anchor;
    const int low = box.y - room, high = box.y + room - step * (count - 1);
    first = std::clamp(first, low, high);
    // the whole fan moves where one of its lines would run into the line of another net
    auto free = [&](int at) {
      for (int i = 0; i < count; ++i)
        for (auto other : others)
          if (std::abs(at + step * i - other) < least_apart) return false;
      return true;
    };
    for (int away = 0; away <= 2 * room; ++away) {
      if (first - away >= low && free(first - away)) { first -= away; break; }
      if (first + away <= high && free(first + away)) { first += away; break; }
    }
    for (int i = 0; i < count; ++i) s_.ports[exits[static_cast<std::size_t>(i)].net].emplace_back(index, first + step * i);
  }

  /// Many nets: each gets the hue that is rarest among those that share a channel with it.
  void colour() {
    constexpr std::size_t few = 10;
    if (s_.nets.size() <= few) return;
    for (std::uint32_t n = 0; n < s_.nets.size(); ++n) {
      std::array<int, hues> near{};
      for (const auto& channel : s_.channels)
        if (std::any_of(channel.begin(), channel.end(), [&](const Span& one) { return one.net == n; }))
          for (const auto& other : channel)
            if (other.net < n && s_.nets[other.net].hue > 0) ++near[static_cast<std::size_t>(s_.nets[other.net].hue) - 1];
      if (!s_.nets[n].entry) s_.nets[n].hue = static_cast<int>(std::min_element(near.begin(), near.end()) - near.begin()) + 1;
    }
  }

  struct Climb {
    Span* span;
    std::vector<int> left, right;
    int top = 0, bottom = 0;
  };

  [[nodiscard]] int left_height(std::uint32_t net, std::uint32_t leaf) const {
    for (const auto& [source, y] : s_.ports[net])
      if (source == leaf) return y;
    return s_.leaves[leaf].y;
  }

  /// Crossings, and far worse, shared pieces, where `a` is to the left of `b`.
  static std::int64_t cost(const Climb& a, const Climb& b) {
    constexpr int shared = 1000;
    std::int64_t sum = 0;
    for (int y : b.left) sum += y > a.top && y < a.bottom ? 1 : 0;
    for (int y : a.right) sum += y > b.top && y < b.bottom ? 1 : 0;
    for (int y : b.left)
      for (int z : a.right) sum += std::abs(y - z) < least_apart ? shared : 0;
    return sum;
  }

  /// Where `a` is to the left of `b` although a line of `b` comes in at the height of a line of `a` that goes out.
  void note(const Climb& a, const Climb& b) {
    for (std::size_t i = 0; i < b.left.size(); ++i)
      for (std::size_t j = 0; j < a.right.size(); ++j)
        if (std::abs(b.left[i] - a.right[j]) < least_apart) s_.clashes.push_back({b.span->left[i], a.span->right[j]});
  }

  void tracks(int channel) {
    std::vector<Climb> climbs;
    for (auto& span : s_.channels[static_cast<std::size_t>(channel)]) {
      span.track = -1;
      Climb made{&span, {}, {}, 0, 0};
      for (auto leaf : span.left) made.left.push_back(left_height(span.net, leaf));
      for (auto leaf : span.right) made.right.push_back(reach(span.net, leaf));
      auto all = made.left;
      all.insert(all.end(), made.right.begin(), made.right.end());
      made.top = *std::min_element(all.begin(), all.end());
      made.bottom = *std::max_element(all.begin(), all.end());
      const bool turns = made.left.size() > 1 && made.right.empty();
      if (made.top != made.bottom || turns) climbs.push_back(std::move(made));
    }
    arrange(climbs);
    for (std::size_t i = 0; i < climbs.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) note(climbs[j], climbs[i]);
      int track = 0;
      for (std::size_t j = 0; j < i; ++j)
        if (climbs[j].top - track_gap <= climbs[i].bottom && climbs[i].top - track_gap <= climbs[j].bottom)
          track = std::max(track, climbs[j].span->track + 1);
      climbs[i].span->track = track;
    }
  }

  /// Takes one after the other out of the row and puts it where it costs least.
  static void arrange(std::vector<Climb>& row) {
    constexpr int rounds = 20;
    bool better = true;
    for (int round = 0; round < rounds && better; ++round) {
      better = false;
      for (std::size_t i = 0; i < row.size(); ++i) {
        std::int64_t now = 0, least = 0;
        auto best = i;
        for (auto j = i; j-- > 0;) {
          now += cost(row[i], row[j]) - cost(row[j], row[i]);
          if (now < least) least = now, best = j;
        }
        now = 0;
        for (auto j = i + 1; j < row.size(); ++j) {
          now += cost(row[j], row[i]) - cost(row[i], row[j]);
          if (now < least) least = now, best = j;
        }
        if (best == i) continue;
        better = true;
        auto begin = row.begin();
        const auto from = static_cast<std::ptrdiff_t>(i), to = static_cast<std::ptrdiff_t>(best);
        if (to < from) std::rotate(begin + to, begin + from, begin + from + 1);
        else std::rotate(begin + from, begin + from + 1, begin + to + 1);
      }
    }
  }

  Sketch& s_;
};

}  // namespace

void settle_wires(Sketch& sketch) { Wires(sketch).run(); }

}  // namespace envc::graph
