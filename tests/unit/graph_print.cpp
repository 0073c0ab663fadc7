// The three forms: names go in as they are, and come out escaped.
#include "graph/print.h"

#include <gtest/gtest.h>

#include "graph/text_width.h"
#include "graph_samples.h"

namespace envc::graph {
namespace {

Graph nasty() {
  Graph graph{"a\"<b>", "local", "compose", {node("db", Figure::Store), node("x\"<y>&\\`#")}, {{1, 0}}, {}};
  graph.nodes[0].ports = {"5432"};
  graph.nodes[1].urls = {"https://a.example/?q=\"<&>\""};
  nest(graph, {{"data <\"1\">"}, {}});
  return graph;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(GraphPrint, MermaidEscapes) {
  const auto text = mermaid(nasty());
  EXPECT_TRUE(has(text, "c_x__y_____[\"x#quot;#lt;y#gt;#amp;#92;#96;#35;<br/>thing\"]")) << text;
  EXPECT_TRUE(has(text, "network_1[\"data #lt;#quot;1#quot;#gt;\"]")) << text;
  EXPECT_TRUE(has(text, "internet -->|\"https://a.example/?q=#quot;#lt;#amp;#gt;#quot;\"| c_x")) << text;
  EXPECT_TRUE(has(text, " -->|\":5432\"| c_db\n")) << text;
}

TEST(GraphPrint, WhatIsOnLocalhostOnlyIsReachedFromThisMachine) {
  auto graph = nasty();
  EXPECT_EQ(entry_name(graph), "internet");
  for (const auto url : {"http://localhost", "http://localhost:8080", "https://localhost/"}) {
    graph.nodes[1].urls = {url};
    EXPECT_EQ(entry_name(graph), "this machine") << url;
  }
  EXPECT_TRUE(has(mermaid(graph), "internet((\"this machine\"))"));
  graph.nodes[1].urls = {"http://localhost:8080", "https://localhost.example.com"};
  EXPECT_EQ(entry_name(graph), "internet") << "one way in is enough";
}

TEST(GraphPrint, DotEscapes) {
  const auto text = dot(nasty());
  EXPECT_TRUE(has(text, "[label=\"x\\\"<y>&amp;\\\\`#\\nthing\", shape=box]")) << text;
  EXPECT_TRUE(has(text, "label=\"data <\\\"1\\\">\"")) << text;
}

TEST(GraphPrint, SvgEscapes) {
  const auto text = svg(nasty());
  EXPECT_TRUE(has(text, ">x&quot;&lt;y&gt;&amp;\\`#</text>")) << text;
  EXPECT_TRUE(has(text, "<title id=\"envc-a__b_-local-title\">a&quot;&lt;b&gt;: local on compose</title>")) << text;
  EXPECT_FALSE(has(text, "<y>"));
}

TEST(GraphPrint, SvgNeedsNothingFromElsewhere) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto text = svg(by_chance(seed));
    for (auto word : {"<script", "href", "@import", "url(", "<image", "font-face"}) EXPECT_FALSE(has(text, word)) << word;
    EXPECT_TRUE(has(text, "prefers-color-scheme:dark"));
    EXPECT_TRUE(has(text, "role=\"img\""));
    EXPECT_EQ(text, svg(by_chance(seed)));
  }
}

TEST(GraphPrint, NodesWithOneIdentifierAreToldApart) {
  Graph graph{"s", "e", "p", {node("a-b"), node("a_b")}, {{0, 1}}, {}};
  EXPECT_TRUE(has(mermaid(graph), "c_a_b --> c_a_b_2"));
  EXPECT_TRUE(has(dot(graph), "c_a_b -> c_a_b_2"));
}

TEST(GraphPrint, WhatIsRunElsewhereIsDashed) {
  Graph graph{"s", "e", "p", {node("mail", Figure::Outside), node("web")}, {{1, 0}}, {}};
  EXPECT_TRUE(has(mermaid(graph), "class c_mail outside\n"));
  EXPECT_TRUE(has(dot(graph), "shape=box, style=dashed]"));
  EXPECT_TRUE(has(svg(graph), "class=\"outside elsewhere\""));
}

TEST(GraphPrint, TextsAreMeasuredAndCut) {
  EXPECT_EQ(text_width("", 10, Weight::Plain), 0);
  EXPECT_LT(text_width("iiii", 14, Weight::Plain), text_width("mmmm", 14, Weight::Plain));
  EXPECT_LT(text_width("name", 14, Weight::Plain), text_width("name", 14, Weight::Bold));
  EXPECT_EQ(fitting("short", 14, Weight::Bold, 100), "short");
  const auto cut = fitting("a-rather-long-name-of-a-component", 14, Weight::Bold, 100);
  EXPECT_TRUE(cut.ends_with("…"));
  EXPECT_LE(text_width(cut, 14, Weight::Bold), 105);
  EXPECT_EQ(fitting("日本語日本語", 14, Weight::Bold, 60), "日本…");
}

}  // namespace
}  // namespace envc::graph
