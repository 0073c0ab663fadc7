// The sketch in pixels: columns and channels one after the other, then boxes,
// frames, lines and labels.
#include <algorithm>

#include "graph/sketch.h"
#include "graph/text_width.h"

namespace envc::graph {
namespace {

class Measure {
 public:
  explicit Measure(const Sketch& sketch) : s_(sketch) {}

  Layout run() {
    nesting();
    across();
    int top = s_.groups[frame].top, bottom = s_.groups[frame].bottom;
    for (const auto& leaf : s_.leaves) {
      top = std::min(top, leaf.y - leaf.above);
      bottom = std::max(bottom, leaf.y + leaf.below);
    }
    down_ = margin - top;
    out_.height = bottom + down_ + margin;
    frames();
    for (std::uint32_t i = 0; i < s_.leaves.size(); ++i)
      if (!s_.leaves[i].bend()) out_.boxes.push_back({s_.leaves[i].node, rect(i)});
    for (std::uint32_t i = 0; i < s_.nets.size(); ++i) net(i);
    return std::move(out_);
  }

 private:
  struct Column { int boxes = 0, width = 0, strip = 0, left_pads = 0, right_pads = 0, first_track = 0; };

  /// How many borders of networks begin and end at a column, one in the other.
  void nesting() {
    left_.assign(s_.groups.size(), 1);
    right_.assign(s_.groups.size(), 1);
    for (auto i = s_.groups.size(); i-- > first_network;) {
      const auto& group = s_.groups[i];
      const auto parent = group.parent;
      if (parent == frame) continue;
      if (s_.groups[parent].first == group.first) left_[parent] = std::max(left_[parent], left_[i] + 1);
      if (s_.groups[parent].last == group.last) right_[parent] = std::max(right_[parent], right_[i] + 1);
    }
    columns_.resize(static_cast<std::size_t>(s_.columns()));
    for (auto i = std::size_t{first_network}; i < s_.groups.size(); ++i) {
      auto& first = columns_[static_cast<std::size_t>(s_.groups[i].first)];
      auto& last = columns_[static_cast<std::size_t>(s_.groups[i].last)];
      first.left_pads = std::max(first.left_pads, left_[i]);
      last.right_pads = std::max(last.right_pads, right_[i]);
    }
  }

  void across() {
    for (const auto& leaf : s_.leaves) {
      auto& column = columns_[static_cast<std::size_t>(leaf.column)];
      column.width = std::max(column.width, leaf.width);
      column.strip = std::max(column.strip, leaf.strip);
    }
    int x = margin;
    for (int k = 0; k < s_.columns(); ++k) {
      auto& column = columns_[static_cast<std::size_t>(k)];
      if (k == s_.last + 1 && column.width > 0) x += frame_pad;
      x += column.left_pads * frame_pad + column.strip;
      column.boxes = x;
      x += column.width + column.right_pads * frame_pad;
      if (k == 0 && column.width > 0) x += frame_pad;
      if (k == 0) frame_left_ = x;
      int tracks = 0;
      for (const auto& span : s_.channels[static_cast<std::size_t>(k)]) tracks = std::max(tracks, span.track + 1);
      if (k == s_.last + 1) {
        x += tracks > 0 ? tracks * track_gap + frame_pad : 0;
        column.first_track = column.boxes + column.width + frame_pad;
        break;
      }
      const int least = k == 0 || k == s_.last ? 0 : 2 * frame_pad;  // between columns; a border needs less
      const int room = std::max(least, tracks == 0 ? 0 : (tracks - 1) * track_gap + 2 * frame_pad);
      column.first_track = x + (room - (tracks - 1) * track_gap) / 2;
      x += k == 0 || k == s_.last ? std::max(room, frame_pad) : room;
      if (k == s_.last) frame_right_ = x;
    }
    const bool outside = columns_.back().width > 0;
    out_.width = (outside ? x : std::max(x, frame_right_)) + margin;
  }

  void frames() {
    for (auto i = std::uint32_t{frame}; i < s_.groups.size(); ++i) {
      const auto& group = s_.groups[i];
      const auto& first = columns_[static_cast<std::size_t>(group.first)];
      const auto& last = columns_[static_cast<std::size_t>(group.last)];
      const int left = i == frame ? frame_left_ : first.boxes - first.strip - left_[i] * frame_pad;
      const int right = i == frame ? frame_right_ : last.boxes + last.width + right_[i] * frame_pad;
      out_.frames.push_back({group.network, {left, group.top + down_, right - left, group.bottom - group.top}});
    }
  }

  [[nodiscard]] Rect rect(std::uint32_t index) const {
    const auto& leaf = s_.leaves[index];
    const auto& column = columns_[static_cast<std::size_t>(leaf.column)];
    const bool alone = leaf.column == 0;  // the internet keeps its shape; boxes of a column are equally wide
    return {column.boxes, leaf.y - leaf.height / 2 + down_, alone ? leaf.width : column.width, leaf.height};
  }

  [[nodiscard]] int track(int channel, std::uint32_t net) const {
    for (const auto& span : s_.channels[static_cast<std::size_t>(channel)])
      if (span.net == net && span.track >= 0) return columns_[static_cast<std::size_t>(channel)].first_track + span.track * track_gap;
    return -1;
  }

  void net(std::uint32_t index) {
    const auto& net = s_.nets[index];
    const auto box = rect(net.target);
    const int y = s_.leaves[net.target].y + net.stub + net.shift + down_;
    for (std::size_t i = 0; i < net.labels.size(); ++i) {
      const int width = text_width(net.labels[i], label_size, Weight::Plain);
      const int bottom = y - 2 - line_height * static_cast<int>(net.labels.size() - 1 - i);
      out_.labels.push_back({net.labels[i], s_.leaves[net.target].node, net.entry, {box.x - 12 - width, bottom - line_height, width, line_height}});
    }
    for (const auto& [source, leaves_at] : s_.ports[index]) wire(index, source, leaves_at + down_, {box.x, y});
  }

  void wire(std::uint32_t index, std::uint32_t source, int y, Point tip) {
    const auto& net = s_.nets[index];
    const int from = s_.leaves[source].column, to = s_.leaves[net.target].column;
    std::vector<Point> points{{rect(source).right(), y}};
    auto go = [&](Point next) {
      if (next == points.back()) return;
      const auto n = points.size();
      const bool straight = n > 1 && ((points[n - 2].y == points[n - 1].y && points[n - 1].y == next.y) ||
                                      (points[n - 2].x == points[n - 1].x && points[n - 1].x == next.x));
      if (straight) points.back() = next;
      else points.push_back(next);
    };
    auto climb = [&](int channel, int height) {
      if (points.back().y == height) return;
      go({track(channel, index), points.back().y});
      go({points.back().x, height});
    };
    auto bend = [&](const std::vector<std::uint32_t>& bends, int column) { return s_.leaves[bends[static_cast<std::size_t>(column)]].y + down_; };
    for (int k = from; k + 1 < to; ++k) climb(k, bend(net.ahead, k + 1));
    for (int k = from; k >= to; --k) climb(k, bend(net.back, k));
    climb(to - 1, tip.y);
    go(tip);
    out_.wires.push_back({s_.leaves[source].node, s_.leaves[net.target].node, net.hue, std::move(points)});
  }

  const Sketch& s_;
  Layout out_;
  std::vector<Column> columns_;
  std::vector<int> left_, right_;  ///< of groups: how many borders lie between the column and this one, itself included
  int down_ = 0, frame_left_ = 0, frame_right_ = 0;
};

}  // namespace

Layout measure(const Sketch& sketch) { return Measure(sketch).run(); }

}  // namespace envc::graph
