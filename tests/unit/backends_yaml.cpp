// The YAML printer: its layout, and that yaml-cpp reads every text back as it was.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "backends_plan.h"
#include "doc/yaml.h"

namespace envc::backends {
namespace {

using testing::Maker;

constexpr auto plain = [](const doc::Place&, const plan::Node& node, std::string&) -> doc::Spelled {
  return {*node.as<std::string_view>()};
};

std::string print(const plan::Node& node) {
  std::string out;
  doc::Yaml(out, plain).fields(*node.as<plan::Map>(), 0, {});
  return out;
}

TEST(Yaml, LayoutOfNestedTrees) {
  Maker m;
  auto tree = m.map({
      {"a", m.text("word")},
      {"absent", {}},
      {"list", m.list({m.text("x"), m.map({{"k", m.number(-1)}, {"none", {}}, {"l", m.texts({"1"})}}),
                       m.list({m.flag(true), m.list({m.text("deep")})})})},
      {"empty", m.map({{"none", {}}})},
      {"none", m.list({})},
      {"ratio", m.decimal("1.10")},
      {"map", m.map({{"on", m.map({{"8080", m.text("a\nb\n")}})}})},
      {"json", m.json(m.map({{"a", m.list({m.number(1), m.text("\"")})}, {"none", {}}}))},
  });
  EXPECT_EQ(print(tree), R"(a: word
list:
  - x
  - k: -1
    l:
      - "1"
  - - true
    - - deep
empty: {}
none: []
ratio: 1.10
map:
  "on":
    "8080": |
      a
      b
json: "{\"a\":[1,\"\\\"\"]}"
)");
}

TEST(Yaml, EveryTextIsReadBack) {
  for (const auto& text : testing::nasty_texts()) {
    Maker m;
    auto in_list = m.list({m.text(text), m.map({{"k", m.text(text)}}), m.list({m.text(text)})});
    auto tree = m.map({{"v", m.text(text)}, {"l", in_list}, {"deep", m.map({{text, m.text("value")}})}});
    const auto printed = print(tree);
    const auto read = YAML::Load(printed);
    EXPECT_EQ(read["v"].as<std::string>(), text) << printed;
    EXPECT_EQ(read["l"][0].as<std::string>(), text) << printed;
    EXPECT_EQ(read["l"][1]["k"].as<std::string>(), text) << printed;
    EXPECT_EQ(read["l"][2][0].as<std::string>(), text) << printed;
    EXPECT_EQ(read["deep"].begin()->first.as<std::string>(), text) << printed;
    EXPECT_EQ(printed.find('\t'), std::string::npos) << printed;
    EXPECT_EQ(printed.find(" \n"), std::string::npos) << printed;
  }
}

// For tests/conformance/yaml_strings.py, which asks other readers: a pod with
// every text as key and as value, and the same tree as JSON.
TEST(Yaml, FileForOtherReaders) {
  const char* folder = std::getenv("ENVC_YAML_STRINGS");
  if (folder == nullptr) GTEST_SKIP() << "only for tests/conformance/yaml_strings.py";
  Maker m;
  std::vector<plan::Field> fields;
  std::vector<plan::Node> items;
  nlohmann::json texts = nlohmann::json::array();
  for (const auto& text : testing::nasty_texts()) {
    fields.push_back({text, m.text(text)});
    items.push_back(m.map({{"name", m.text("A")}, {"value", m.text(text)}}));
    items.push_back(m.map({{"name", m.json(m.list({m.text(text)}))}}));
    texts.push_back(text);
  }
  m.object("kubernetes", "Pod", "p", "pod.yaml",
           {{"apiVersion", m.text("v1")},
            {"kind", m.text("Pod")},
            {"metadata", m.map({{"name", m.text("p")}, {"annotations", m.map(fields)}})},
            {"spec", m.map({{"containers", m.list({m.map({{"name", m.text("c")}, {"ports", m.list(items)}})})}})}});
  std::ofstream(std::string(folder) + "/pod.yaml", std::ios::binary) << m.file("kubernetes", "pod.yaml");
  std::ofstream(std::string(folder) + "/texts.json", std::ios::binary) << texts.dump();
}

TEST(Yaml, OnlyPlainWordsAreUnquoted) {
  for (const char* word : {"a", "nginx", "a.b/c-d_e", "RollingUpdate", "yesterday", "None", "nulls"}) {
    EXPECT_TRUE(doc::is_plain(word)) << word;
  }
  for (const char* word : {"", "y", "NO", "Null", "oN", "1", "a.", ".a", "a..b", "a b", "a:b", "-a", "_a", "0x1", "gr\xc3\xb6"}) {
    EXPECT_FALSE(doc::is_plain(word)) << word;
  }
}

TEST(Yaml, BlockLiteralsOnlyWhereNothingIsLost) {
  EXPECT_TRUE(doc::is_literal("a\nb"));
  EXPECT_TRUE(doc::is_literal(" a\n\n  b\n"));
  for (const char* text : {"a", "\na", "a\n\n", "a \nb", "a\nb ", "a\tb\nc", "a\r\nb", "a\n\xc2\x85", "\n"}) {
    EXPECT_FALSE(doc::is_literal(text)) << text;
  }
}

}  // namespace
}  // namespace envc::backends
