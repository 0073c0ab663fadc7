// The sketch before anything is placed: how big boxes are, which nets there are,
// and where these pass.
#include <algorithm>

#include "graph/sketch.h"
#include "graph/text_width.h"

namespace envc::graph {
namespace {

constexpr int narrowest = 104, widest = 250, text_pad = 30, lowest = 50, lid = 6, port_gap = 10;
constexpr int arrow_room = 20;   ///< the arrowhead and a bit of line
constexpr int stub_apart = 13;   ///< from the middle, where two nets meet one target

class Beginning {
 public:
  explicit Beginning(const Graph& graph) : graph_(graph), sketch_{.graph = graph, .leaves = {}, .groups = {}, .nets = {}, .channels = {}, .ports = {}} {}

  Sketch run() {
    const auto columns = columns_of(graph_);
    sketch_.last = 1;
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i)
      sketch_.last = std::max(sketch_.last, columns[i] - (graph_.nodes[i].outside ? 1 : 0));
    groups();
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) box(i, columns[i]);
    internet();
    nets();
    for (auto& group : sketch_.groups)
      if (group.last < group.first) group.first = group.last = 1;
    sketch_.channels.resize(static_cast<std::size_t>(sketch_.columns()));
    for (std::uint32_t i = 0; i < sketch_.nets.size(); ++i) route(i);
    widen();
    return std::move(sketch_);
  }

 private:
  void groups() {
    auto& groups = sketch_.groups;
    groups.resize(first_network);
    groups[page].last = sketch_.last + 1;
    groups[frame].parent = page;
    groups[frame].title = graph_.environment + " on " + graph_.platform;
    groups[frame].first = 1;
    groups[frame].last = sketch_.last;
    groups[page].order.push_back({true, frame});
    for (std::uint32_t i = 0; i < graph_.networks.size(); ++i) {
      const auto& network = graph_.networks[i];
      Group made;
      made.parent = network.parent == nothing ? frame : first_network + network.parent;
      made.network = i;
      made.title = network.name;
      made.first = sketch_.last + 1;
      groups[made.parent].order.push_back({true, first_network + i});
      groups.push_back(std::move(made));
    }
  }

  std::uint32_t add(Leaf leaf) {
    const auto index = static_cast<std::uint32_t>(sketch_.leaves.size());
    sketch_.groups[leaf.group].order.push_back({false, index});
    for (auto at = leaf.group; at != page && at != frame; at = sketch_.groups[at].parent) {
      sketch_.groups[at].first = std::min(sketch_.groups[at].first, leaf.column);
      sketch_.groups[at].last = std::max(sketch_.groups[at].last, leaf.column);
    }
    sketch_.leaves.push_back(leaf);
    return index;
  }

  void box(std::uint32_t i, int column) {
    const auto& node = graph_.nodes[i];
    Leaf leaf;
    leaf.node = i;
    leaf.column = column;
    leaf.group = node.outside ? page : node.network == nothing ? frame : first_network + node.network;
    const auto also = also_label(node);
    const auto text = std::max({text_width(node.name, name_size, Weight::Bold), text_width(node.caption, caption_size, Weight::Plain),
                                text_width(also, caption_size, Weight::Plain)});
    leaf.width = (std::clamp(text + text_pad, narrowest, widest) + 1) / 2 * 2;
    leaf.height = (also.empty() ? lowest : lowest + line_height) + (node.figure == Figure::Store ? lid : 0);
    add(leaf);
  }

  void internet() {
    if (!has_entry(graph_)) return;
    Leaf leaf;
    leaf.node = static_cast<std::uint32_t>(graph_.nodes.size());
    leaf.group = page;
    leaf.width = 64;
    leaf.height = 84;  // its caption is below the globe, whose middle is the leaf's
    add(leaf);
  }

  void nets() {
    const auto boxes = static_cast<std::uint32_t>(graph_.nodes.size());
    std::vector<int> leaving(boxes + 1, 0);
    for (std::uint32_t to = 0; to < boxes; ++to) {
      const auto& node = graph_.nodes[to];
      Net calls, entry;
      for (const auto& edge : graph_.edges)
        if (edge.to == to) calls.sources.push_back(edge.from);
      if (!node.urls.empty()) entry.sources.push_back(boxes);
      calls.target = entry.target = to;
      entry.entry = true;
      if (const auto label = port_label(node); !label.empty()) calls.labels.push_back(label);
      entry.labels = few(node.urls);
      if (!calls.sources.empty() && !entry.sources.empty()) entry.stub = -stub_apart, calls.stub = stub_apart;
      for (auto* net : {&entry, &calls}) {
        if (net->sources.empty()) continue;
        for (auto source : net->sources) leaving[source] += source == boxes ? 0 : 1;  // the way in is one line that branches
        sketch_.nets.push_back(std::move(*net));
      }
    }
    for (std::uint32_t i = 0; i < sketch_.leaves.size(); ++i) {
      auto& leaf = sketch_.leaves[i];
      leaf.height = std::max(leaf.height, (leaving[leaf.node] + 1) * port_gap);
      leaf.above = leaf.below = leaf.height / 2;
    }
    for (const auto& net : sketch_.nets) {
      auto& leaf = sketch_.leaves[net.target];
      leaf.strip = std::max(leaf.strip, arrow_room);
      for (const auto& label : net.labels) leaf.strip = std::max(leaf.strip, text_width(label, label_size, Weight::Plain) + arrow_room);
      leaf.above = std::max(leaf.above, -net.stub + 4 + line_height * static_cast<int>(net.labels.size()));
    }
  }

  /// Three lines, and how many there are besides.
  static std::vector<std::string> few(const std::vector<std::string>& all) {
    constexpr std::size_t most = 3;
    std::vector<std::string> some;
    for (const auto& one : all) {
      if (some.size() == most) {
        some.push_back("and " + std::to_string(all.size() - most) + " more");
        break;
      }
      some.push_back(fitting(one, label_size, Weight::Plain, widest));
    }
    return some;
  }

  [[nodiscard]] std::uint32_t common(std::uint32_t a, std::uint32_t b) const {
    for (; a != page; a = sketch_.groups[a].parent)
      for (auto at = b;; at = sketch_.groups[at].parent) {
        if (at == a) return a;
        if (at == page) break;
      }
    return page;
  }

  /// The innermost group that the way from `sources` to the target does not leave; one
  /// that comes from the internet or leads out of the environment crosses frames sideways.
  std::uint32_t bend(std::uint32_t net, int column, const std::vector<std::uint32_t>& sources) {
    auto group = nothing;
    auto include = [&](std::uint32_t leaf) {
      const auto own = sketch_.leaves[leaf].group;
      if (own != page) group = group == nothing ? own : common(group, own);
    };
    include(sketch_.nets[net].target);
    for (auto source : sources) include(source);
    if (group == nothing) group = frame;
    while (group != page && (column < sketch_.groups[group].first || column > sketch_.groups[group].last)) group = sketch_.groups[group].parent;
    Leaf leaf;
    leaf.group = group;
    leaf.column = column;
    return add(leaf);
  }

  Span& span(int channel, std::uint32_t net) {
    auto& spans = sketch_.channels[static_cast<std::size_t>(channel)];
    if (spans.empty() || spans.back().net != net) spans.push_back({net, {}, {}, {}, -1});
    return spans.back();
  }

  void route(std::uint32_t index) {
    const auto target = sketch_.nets[index].target;
    const auto sources = sketch_.nets[index].sources;
    const int to = sketch_.leaves[target].column;
    const auto columns = static_cast<std::size_t>(sketch_.columns());
    sketch_.nets[index].ahead.assign(columns, nothing);
    sketch_.nets[index].back.assign(columns, nothing);
    auto column = [&](std::uint32_t leaf) { return sketch_.leaves[leaf].column; };

    std::vector<std::uint32_t> passing;  // from the left
    for (int k = 0; k < to; ++k) {
      auto& bends = sketch_.nets[index].ahead;
      if (!passing.empty()) bends[static_cast<std::size_t>(k)] = bend(index, k, passing);
      std::vector<std::uint32_t> left;
      if (const auto here = bends[static_cast<std::size_t>(k)]; here != nothing) left.push_back(here);
      for (auto source : sources)
        if (column(source) == k) left.push_back(source), passing.push_back(source);
      if (!left.empty()) span(k, index).left = left;
    }
    passing.clear();  // from the right, and from the same column
    for (int k = sketch_.last + 1; k >= to; --k) {
      for (auto source : sources)
        if (column(source) == k) passing.push_back(source);
      if (!passing.empty()) sketch_.nets[index].back[static_cast<std::size_t>(k)] = bend(index, k, passing);
    }
    for (int k = std::max(to - 1, 0); k <= sketch_.last + 1; ++k) join(index, k, to, target);
  }

  /// Links the leaves of one net in one channel at or behind the target; those before it are linked by `ahead`.
  void join(std::uint32_t index, int channel, int to, std::uint32_t target) {
    const auto& net = sketch_.nets[index];
    const auto k = static_cast<std::size_t>(channel);
    if (channel == to - 1) {
      for (int before = 0; before < channel; ++before) {
        auto& spans = sketch_.channels[static_cast<std::size_t>(before)];
        if (spans.empty() || spans.back().net != index) continue;
        spans.back().right = {net.ahead[static_cast<std::size_t>(before) + 1]};
        for (auto left : spans.back().left) spans.back().links.push_back({left, spans.back().right[0]});
      }
      auto& here = span(channel, index);
      for (auto left : here.left) here.links.push_back({left, target});
      here.right = {target};
      if (const auto bend = net.back[k + 1]; bend != nothing) {
        here.right.push_back(bend);
        here.links.push_back({bend, target});
      }
      return;
    }
    if (channel >= sketch_.columns() || net.back[k] == nothing) return;
    auto& here = span(channel, index);
    here.left = {net.back[k]};
    for (auto source : net.sources)
      if (sketch_.leaves[source].column == channel) {
        here.left.push_back(source);
        here.links.push_back({source, net.back[k]});
      }
    if (k + 1 < net.back.size() && net.back[k + 1] != nothing) {
      here.right = {net.back[k + 1]};
      here.links.push_back({net.back[k + 1], net.back[k]});
    }
  }

  /// A title fits into the columns of its frame.
  void widen() {
    for (const auto& group : sketch_.groups) {
      if (group.title.empty()) continue;
      int room = 0;
      for (int k = group.first; k <= group.last; ++k) {
        int strip = 0, width = 0;
        for (const auto& leaf : sketch_.leaves)
          if (leaf.column == k) strip = std::max(strip, leaf.strip), width = std::max(width, leaf.width);
        room += strip + width;
      }
      const int lacking = text_width(group.title, title_size, Weight::Bold) + frame_pad - room;
      if (lacking <= 0) continue;
      for (auto& leaf : sketch_.leaves)
        if (leaf.column == group.last && !leaf.bend()) leaf.width += (lacking + 1) / 2 * 2;
    }
  }

  const Graph& graph_;
  Sketch sketch_;
};

}  // namespace

Sketch begin(const Graph& graph) { return Beginning(graph).run(); }

}  // namespace envc::graph
