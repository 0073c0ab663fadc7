// What a picture of one environment shows, as plain data: components, who calls
// whom, entry points and networks. Knows no form and no coordinates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace envc::graph {

inline constexpr std::uint32_t nothing = 0xffffffffu;

enum class Figure : std::uint8_t {
#define FIGURE(word, name, open, close, shape) name,
#include "graph/figures.def"
#undef FIGURE
};

struct Node {
  std::string name;                 ///< as the user wrote it
  std::string caption;              ///< its kind and how it is hosted: "postgres, managed"
  Figure figure = Figure::Service;
  bool outside = false;             ///< run elsewhere: nothing of it is made here
  std::vector<std::string> ports;   ///< what it listens on
  std::vector<std::string> urls;    ///< what the world calls it; an entry point where there are any
  std::uint32_t network = nothing;  ///< the innermost one that it is drawn in
  std::vector<std::string> also;    ///< other networks that it is in, beside those around it
};

/// `from` uses `to`.
struct Edge {
  std::uint32_t from = 0, to = 0;
  friend auto operator<=>(const Edge&, const Edge&) = default;
};

struct Network {
  std::string name;                ///< several names where their members are the same
  std::uint32_t parent = nothing;  ///< the network around it, which stands before it in the list
};

struct Graph {
  std::string system, environment, platform;
  std::vector<Node> nodes;        ///< by name
  std::vector<Edge> edges;        ///< sorted, each once, from a node to another
  std::vector<Network> networks;  ///< none without a node inside
};

/// The label of edges into a node: ":5432", or several; empty where it listens on nothing.
[[nodiscard]] std::string port_label(const Node& node);
/// "shop: production on aws"
[[nodiscard]] std::string title(const Graph& graph);
/// "networks front, data": how a node's other networks are named; empty where there are none.
[[nodiscard]] std::string also_label(const Node& node);
[[nodiscard]] bool has_entry(const Graph& graph);
/// Who comes in: "internet", or "this machine" where every entry point is on localhost.
[[nodiscard]] std::string_view entry_name(const Graph& graph);

}  // namespace envc::graph
