// Real terraform judges the printed HCL: `fmt` must leave it alone, and every
// text must evaluate to itself. Skipped, loudly, where terraform is not found.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "backends_plan.h"

namespace envc::backends {
namespace {

using testing::Maker;
namespace fs = std::filesystem;

struct Result {
  int status;
  std::string output;
};

Result run(const std::string& command) {
  Result result{-1, {}};
  auto* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> buffer;
  while (const auto size = fread(buffer.data(), 1, buffer.size(), pipe)) result.output.append(buffer.data(), size);
  result.status = pclose(pipe);
  return result;
}

class Terraform : public ::testing::Test {
 protected:
  void SetUp() override {
    if (run("command -v terraform 2>/dev/null").status != 0) {
      std::cerr << "SKIPPED: terraform not found\n";
      GTEST_SKIP() << "terraform not found";
    }
    std::string name = (fs::temp_directory_path() / "envc-terraform-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::ofstream(folder_ / "cli.tfrc") << "disable_checkpoint = true\n";
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }
  void write(Maker& m) {
    for (const auto& file : m.lower("hcl")) std::ofstream(folder_ / file.path, std::ios::binary) << file.text;
  }
  // The surrounding configuration may name a file that does not exist.
  Result terraform(const std::string& arguments) {
    return run("cd '" + folder_.string() + "' && TF_CLI_CONFIG_FILE='" + (folder_ / "cli.tfrc").string() + "' terraform " +
               arguments + " 2>&1");
  }
  fs::path folder_;
};

// One of each form, with every text as value, key and item.
void fill(Maker& m) {
  const auto vpc = m.object("hcl", "aws_vpc", "main", "main.tf", {});
  const auto version = m.input("version");
  std::vector<plan::Field> arguments;
  std::vector<plan::Field> keys;
  std::vector<plan::Node> items;
  const auto& texts = testing::nasty_texts();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto key = m.plan.arena.copy(std::string_view("a" + std::string(i % 17, 'x') + std::to_string(i)));
    arguments.push_back({key, i % 3 == 0
                                  ? m.text(texts[i])
                                  : m.late({std::string_view(texts[i]), plan::RefPart{vpc, "id"}, std::string_view(texts[i])})});
    keys.push_back({texts[i], i % 5 == 0   ? m.texts({texts[i]})
                              : i % 7 == 0 ? m.map({{texts[i], m.number(-1)}})
                                           : m.text(texts[i])});
    items.push_back(m.text(texts[i]));
    if (i % 11 == 0) arguments.push_back({m.plan.arena.copy(std::string_view("empty" + std::to_string(i))), m.map({})});
    if (i % 13 == 0)
      arguments.push_back(
          Maker::block("nested", m.map({{"a", m.number(1)}, {"bcd", m.list({m.number(-2), m.decimal("-1.5")})}})));
    if (i % 19 == 0) arguments.push_back(Maker::block("none", m.map({})));
  }
  arguments.push_back({"tags", m.map(keys)});
  arguments.push_back({"items", m.list(items)});
  arguments.push_back({"policy", m.json(m.map({{"a", m.list({m.map(keys), m.list({m.number(1), m.map({}), m.list({})})})},
                                               {"s", m.json(m.map({{"deep", m.map(keys)}}))}}))});
  arguments.push_back({"statements", m.json(m.list({m.map({{"k", m.text("v")}}), m.list({})}))});
  arguments.push_back({"nothing", m.json(m.map({}))});
  arguments.push_back({"depends_on", m.list({m.late({plan::RefPart{vpc, ""}})})});
  arguments.push_back(Maker::block("lifecycle", m.map({{"ignore_changes", m.texts({"a", "tags[\"b\"]"})}})));
  m.object("hcl", "aws_x", "y", "main.tf", arguments, "A comment.");
  m.object("hcl", "output", "image", "main.tf", {{"value", m.late({std::string_view("i:"), plan::InputPart{version}})}});
}

TEST_F(Terraform, FmtChangesNothing) {
  Maker m;
  fill(m);
  write(m);
  const auto result = terraform("fmt -check -diff");
  EXPECT_EQ(result.status, 0) << result.output;
}

TEST_F(Terraform, EveryTextEvaluatesToItself) {
  Maker m;
  std::vector<plan::Node> items;
  std::vector<plan::Field> fields;
  auto expected = nlohmann::json::array();
  auto expected_fields = nlohmann::json::object();
  const auto locals = m.object("hcl", "local", "mark", "main.tf", {{"value", m.text("\"<$${>\"")}});
  const plan::Part mark = plan::RefPart{locals, "value"};
  for (const auto& text : testing::nasty_texts()) {
    items.push_back(m.text(text));
    items.push_back(m.late({std::string_view(text), mark, std::string_view(text)}));
    fields.push_back({text, m.number(1)});
    expected.push_back(text);
    expected.push_back(text + "<${>" + text);
    expected_fields[text] = 1;
  }
  m.object("hcl", "output", "items", "main.tf", {{"value", m.list(items)}});
  m.object("hcl", "output", "fields", "main.tf", {{"value", m.map(fields)}});
  m.object("hcl", "output", "json", "main.tf", {{"value", m.json(m.list(items))}});
  write(m);
  const auto applied = terraform("apply -auto-approve -input=false -no-color");
  ASSERT_EQ(applied.status, 0) << applied.output;
  const auto read = nlohmann::json::parse(terraform("output -json").output, nullptr, false);
  ASSERT_TRUE(read.is_object());
  EXPECT_EQ(read["items"]["value"], expected);
  EXPECT_EQ(read["fields"]["value"], expected_fields);
  EXPECT_EQ(nlohmann::json::parse(read["json"]["value"].get<std::string>(), nullptr, false), expected);
}

}  // namespace
}  // namespace envc::backends
