// SVG 1.1 with one style sheet inside. Everything has a class; light and dark
// differ in the style sheet only.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "graph/layout.h"
#include "graph/print.h"
#include "graph/sketch.h"
#include "graph/svg_style.h"
#include "graph/text_width.h"

namespace envc::graph {
namespace {

constexpr std::array<std::string_view, 8> figure_words{
#define FIGURE(word, name, open, close, shape) #word,
#include "graph/figures.def"
#undef FIGURE
};

std::string escaped(std::string_view text) {
  std::string out;
  for (unsigned char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c < 0x20 ? ' ' : static_cast<char>(c);  // control characters are no XML
    }
  }
  return out;
}

/// Rounded corners, as far as the pieces of line beside them are long.
std::string path(const std::vector<Point>& points) {
  constexpr int radius = 8;
  auto length = [](Point a, Point b) { return std::abs(a.x - b.x) + std::abs(a.y - b.y); };
  auto towards = [&](Point a, Point b, int by) {
    const int all = length(a, b);
    return all == 0 ? a : Point{a.x + (b.x - a.x) * by / all, a.y + (b.y - a.y) * by / all};
  };
  auto out = fmt::format("M{} {}", points.front().x, points.front().y);
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const int bend = std::min({radius, length(points[i - 1], points[i]) / 2, length(points[i], points[i + 1]) / 2});
    const auto before = towards(points[i], points[i - 1], bend), after = towards(points[i], points[i + 1], bend);
    out += fmt::format("L{} {}Q{} {} {} {}", before.x, before.y, points[i].x, points[i].y, after.x, after.y);
  }
  return out + fmt::format("L{} {}", points.back().x, points.back().y);
}

/// The outline of a component.
std::string shape(Figure figure, const Rect& r) {
  const int x = r.x, y = r.y, w = r.width, h = r.height;
  auto rounded = [&](int radius) {
    return fmt::format("<rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>", x, y, w, h, radius);
  };
  auto drawn = [](std::string_view kind, const std::string& d) { return fmt::format("<path class=\"{}\" d=\"{}\"/>", kind, d); };
  switch (figure) {
    case Figure::Service: return rounded(7);
    case Figure::Outside: return rounded(h / 2);
    case Figure::Worker: return rounded(3) + drawn("mark", fmt::format("M{0} {2}v{3}M{1} {2}v{3}", x + 7, r.right() - 7, y, h));
    case Figure::Store: {
      const int cap = 6;
      return drawn("box", fmt::format("M{0} {1}a{2} {3} 0 0 1 {4} 0v{5}a{2} {3} 0 0 1 -{4} 0z", x, y + cap, w / 2, cap, w, h - 2 * cap)) +
             drawn("mark", fmt::format("M{0} {1}a{2} {3} 0 0 0 {4} 0", x, y + cap, w / 2, cap, w));
    }
    case Figure::Queue: {
      const int cap = 7;
      return drawn("box", fmt::format("M{0} {1}h{2}a{3} {4} 0 0 1 0 {5}h-{2}a{3} {4} 0 0 1 0 -{5}z", x + cap, y, w - 2 * cap, cap, h / 2, h)) +
             drawn("mark", fmt::format("M{0} {1}a{2} {3} 0 0 0 0 {4}", r.right() - cap, y, cap, h / 2, h));
    }
    case Figure::Job: {
      const int cut = 12;
      return drawn("box", fmt::format("M{0} {1}h{2}l{3} {4}l-{3} {4}h-{2}l-{3} -{4}z", x + cut, y, w - 2 * cut, cut, h / 2));
    }
    case Figure::Backup: {
      const int fold = 12;
      return drawn("box", fmt::format("M{0} {1}h{2}l{3} {3}v{4}h-{5}z", x, y, w - fold, fold, h - fold, w)) +
             drawn("mark", fmt::format("M{0} {1}v{2}h{2}", r.right() - fold, y, fold));
    }
    case Figure::Storage: {
      const int tab = 7;
      return drawn("box", fmt::format("M{0} {1}v{2}h{3}v-{4}h-{5}l-6 -{6}h-34z", x, y, h, w, h - tab, w - 40, tab));
    }
  }
  return "";
}

class Picture {
 public:
  explicit Picture(const Graph& graph) : g_(graph), l_(layout(graph)) {}

  std::string run() {
    const auto id = "envc-" + word(g_.system) + "-" + word(g_.environment);
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"envc-graph\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
        "aria-labelledby=\"{2}-title {2}-desc\">\n<title id=\"{2}-title\">{3}</title>\n<desc id=\"{2}-desc\">{4}</desc>\n<style>\n{5}</style>\n",
        l_.width, l_.height, id, escaped(title(g_)), escaped(description()), svg_style);
    out_ += fmt::format("<rect class=\"page\" width=\"{}\" height=\"{}\"/>\n", l_.width, l_.height);
    for (const auto& one : l_.frames) frame_shape(one);
    for (const auto& one : l_.wires) wire(one);
    arrowheads();
    for (const auto& one : l_.frames) frame_title(one);
    for (const auto& one : l_.labels) label(one);
    for (const auto& one : l_.boxes) box(one);
    return out_ + "</svg>\n";
  }

 private:
  static std::string word(std::string_view text) {
    std::string out;
    for (unsigned char c : text) out += (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? static_cast<char>(c) : '_';
    return out;
  }

  [[nodiscard]] std::string name(std::uint32_t node) const { return node < g_.nodes.size() ? g_.nodes[node].name : entrance(); }

  /// The globe, in a sentence.
  [[nodiscard]] std::string entrance() const {
    const auto name = entry_name(g_);
    return (name == "internet" ? "the " : "") + std::string(name);
  }

  [[nodiscard]] std::string description() const {
    auto text = fmt::format("{} components and {} connections.", g_.nodes.size(), g_.edges.size());
    for (const auto& node : g_.nodes)
      for (const auto& url : node.urls) text += fmt::format(" {} is reached at {}.", node.name, url);
    for (std::uint32_t i = 0; i < g_.nodes.size(); ++i) {
      std::string used;
      for (const auto& edge : g_.edges)
        if (edge.from == i) used += (used.empty() ? "" : ", ") + g_.nodes[edge.to].name;
      if (!used.empty()) text += fmt::format(" {} uses {}.", g_.nodes[i].name, used);
    }
    return text;
  }

  void frame_shape(const Frame& f) {
    out_ += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>\n",
                        f.network == nothing ? "outer" : "inner", f.rect.x, f.rect.y, f.rect.width, f.rect.height, f.network == nothing ? 10 : 8);
  }

  void frame_title(const Frame& f) {
    const int x = f.rect.x + frame_pad, y = f.rect.y + 19;
    if (f.network == nothing)
      out_ += fmt::format("<text class=\"head\" x=\"{}\" y=\"{}\"><tspan class=\"strong\">{}</tspan> on {}</text>\n", x, y, escaped(g_.environment),
                          escaped(g_.platform));
    else out_ += fmt::format("<text class=\"head\" x=\"{}\" y=\"{}\">{}</text>\n", x, y, escaped(g_.networks[f.network].name));
  }

  [[nodiscard]] bool entry(const Wire& w) const { return w.from == g_.nodes.size(); }
  [[nodiscard]] std::string tint(const Wire& w) const { return entry(w) ? " entry" : w.hue > 0 ? fmt::format(" hue{}", w.hue) : ""; }

  void wire(const Wire& w) {
    const auto label = entry(w) ? "" : port_label(g_.nodes[w.to]);
    auto points = w.points;
    points.front().x -= 14;  // below a shape whose side is not straight
    points.back().x -= 4;    // below the arrowhead
    out_ += fmt::format("<path class=\"wire{}\" d=\"{}\"><title>{} uses {}{}</title></path>\n", tint(w), path(points), escaped(name(w.from)),
                        escaped(name(w.to)), label.empty() ? "" : " on " + escaped(label));
  }

  /// One for each point at which lines arrive.
  void arrowheads() {
    std::vector<Point> done;
    for (const auto& w : l_.wires) {
      const auto tip = w.points.back();
      if (std::find(done.begin(), done.end(), tip) != done.end()) continue;
      done.push_back(tip);
      out_ += fmt::format("<path class=\"arrow{}\" d=\"M{} {}l-8 -4v8z\"/>\n", tint(w), tip.x, tip.y);
    }
  }

  void label(const Label& one) {
    out_ += fmt::format("<text class=\"label{}\" x=\"{}\" y=\"{}\">{}</text>\n", one.entry ? " entry" : "", one.rect.right(), one.rect.bottom() - 3,
                        escaped(one.text));
  }

  void box(const Box& b) {
    if (b.node == g_.nodes.size()) return internet(b.rect);
    const auto& node = g_.nodes[b.node];
    out_ += fmt::format("<g class=\"{}{}\"><title>{}</title>{}", figure_words[static_cast<std::size_t>(node.figure)], node.outside ? " elsewhere" : "",
                        escaped(details(node)), shape(node.figure, b.rect));
    const int middle = b.rect.x + b.rect.width / 2, room = b.rect.width - 20;
    const auto also = also_label(node);
    int y = b.rect.y + b.rect.height / 2 - (also.empty() ? 2 : 9);
    if (node.figure == Figure::Store || node.figure == Figure::Storage) y += 4;  // the lid
    out_ += fmt::format("<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>", middle, y, escaped(fitting(node.name, name_size, Weight::Bold, room)));
    for (const auto& line : {node.caption, also})
      if (!line.empty())
        out_ += fmt::format("<text class=\"caption\" x=\"{}\" y=\"{}\">{}</text>", middle, y += 15, escaped(fitting(line, caption_size, Weight::Plain, room)));
    out_ += "</g>\n";
  }

  [[nodiscard]] static std::string details(const Node& node) {
    auto text = node.name + ": " + node.caption;
    if (node.outside) text += ", run elsewhere";
    if (const auto ports = port_label(node); !ports.empty()) text += ", listens on " + ports;
    if (const auto also = also_label(node); !also.empty()) text += ", " + also;
    for (const auto& url : node.urls) text += ", " + url;
    return text;
  }

  /// A globe.
  void internet(const Rect& r) {
    const int x = r.x + r.width / 2, y = r.y + r.height / 2, radius = 20;
    out_ += fmt::format(
        "<g class=\"internet\"><title>{10}</title><circle class=\"box\" cx=\"{0}\" cy=\"{1}\" r=\"{2}\"/>"
        "<ellipse class=\"mark\" cx=\"{0}\" cy=\"{1}\" rx=\"8\" ry=\"{2}\"/><path class=\"mark\" d=\"M{3} {1}h{4}M{5} {6}h{7}M{5} {8}h{7}\"/>"
        "<text class=\"caption\" x=\"{0}\" y=\"{9}\">{11}</text></g>\n",
        x, y, radius, x - radius, 2 * radius, x - 17, y - 10, 34, y + 10, y + 36, entrance(), entry_name(g_));
  }

  const Graph& g_;
  Layout l_;
  std::string out_;
};

}  // namespace

std::string svg(const Graph& graph) { return Picture(graph).run(); }

}  // namespace envc::graph
