// The JSON printer, read back with nlohmann/json, and the ECS backend on it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "backends_plan.h"
#include "doc/json.h"

namespace envc::backends {
namespace {

using nlohmann::ordered_json;
using testing::Maker;

constexpr auto plain = [](const doc::Place&, const plan::Node& node, std::string&) -> doc::Spelled {
  return {*node.as<std::string_view>()};
};

TEST(Json, LayoutAndOrder) {
  Maker m;
  auto tree =
      m.map({{"z", m.number(1)}, {"none", {}}, {"a", m.list({m.text("x"), m.map({}), m.list({})})}, {"d", m.decimal("0.50")}});
  std::string out;
  doc::append_json(out, tree, plain);
  EXPECT_EQ(out, R"({
  "z": 1,
  "a": [
    "x",
    {},
    []
  ],
  "d": 0.50
})");
  out.clear();
  doc::append_compact_json(out, tree, {}, plain);
  EXPECT_EQ(out, R"({"z":1,"a":["x",{},[]],"d":0.50})");
}

TEST(Json, EveryTextIsReadBack) {
  Maker m;
  std::vector<plan::Node> items;
  std::vector<plan::Field> fields;
  ordered_json expected_items = ordered_json::array();
  ordered_json expected_fields = ordered_json::object();
  for (const auto& text : testing::nasty_texts()) {
    items.push_back(m.text(text));
    fields.push_back({text, m.json(m.list({m.text(text)}))});
    expected_items.push_back(text);
    expected_fields[text] = ordered_json::array({text}).dump(-1, ' ', false);
  }
  std::string out;
  doc::append_json(out, m.map({{"items", m.list(items)}, {"fields", m.map(fields)}}), plain);
  const auto read = ordered_json::parse(out);
  EXPECT_EQ(read["items"], expected_items);
  for (const auto& [key, value] : expected_fields.items()) {
    EXPECT_EQ(ordered_json::parse(read["fields"][key].get<std::string>()), ordered_json::parse(value.get<std::string>())) << key;
  }
}

TEST(Ecs, PlaceholdersForWhatIsLate) {
  Maker m;
  const auto role = m.object("hcl", "aws_iam_role", "web_execution", "iam.tf", {});
  const auto version = m.input("version");
  m.object("ecs", "TaskDefinition", "web", "web.json",
           {{"family", m.text("web")},
            {"executionRoleArn", m.late({plan::RefPart{role, "arn"}})},
            {"containerDefinitions", m.list({m.map({{"image", m.late({std::string_view("acme/web:"), plan::InputPart{version}})},
                                                    {"cpu", m.number(256)}})})}});
  EXPECT_EQ(m.file("ecs", "web.json"), R"({
  "family": "web",
  "executionRoleArn": "${aws_iam_role.web_execution.arn}",
  "containerDefinitions": [
    {
      "image": "acme/web:${version}",
      "cpu": 256
    }
  ]
}
)");
  EXPECT_TRUE(m.codes().empty());
}

TEST(Ecs, SecretsAndSharedFilesAreErrors) {
  Maker m;
  const auto secret = m.secret("DB_PASSWORD");
  m.object("ecs", "TaskDefinition", "a", "same.json",
           {{"x", m.late({plan::SecretPart{secret}})}, {"x", m.late({plan::SecretPart{secret}})}});
  m.object("ecs", "TaskDefinition", "b", "same.json", {});
  EXPECT_EQ(m.lower("ecs").size(), 1u);
  EXPECT_EQ(m.codes(), (std::vector<std::string>{"E0651", "E0656"}));
}

}  // namespace
}  // namespace envc::backends
