// Whole trees, made at random but always the same ones: YAML and JSON are read
// back and compared with the tree. And a plan lowered on several threads at once.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "backends_plan.h"
#include "doc/json.h"
#include "doc/yaml.h"

namespace envc::backends {
namespace {

using nlohmann::ordered_json;
using testing::Maker;

constexpr auto plain = [](const doc::Place&, const plan::Node& node, std::string&) -> doc::Spelled {
  return {*node.as<std::string_view>()};
};

class Trees {
 public:
  Trees(Maker& maker, unsigned seed) : m_(maker), random_(seed) {}

  // Makes a node and puts what a reader must see into `expected`.
  plan::Node node(int depth, ordered_json& expected) {
    switch (below(depth > 4 ? 3 : 6)) {
      case 0: {
        const auto number = static_cast<std::int64_t>(random_()) * (below(2) == 0 ? 1 : -2000000000);
        expected = number;
        return Maker::number(number);
      }
      case 1: expected = below(2) == 0; return Maker::flag(expected.get<bool>());
      case 2:
      case 3: {
        const auto& text = word();
        expected = text;
        return Maker::text(text);
      }
      case 4: {
        std::vector<plan::Node> items;
        expected = ordered_json::array();
        for (auto left = below(5); left > 0; --left) {
          expected.emplace_back();
          items.push_back(node(depth + 1, expected.back()));
        }
        return m_.list(items);
      }
      default: return map(depth, expected);
    }
  }
  plan::Node map(int depth, ordered_json& expected) {
    std::vector<plan::Field> fields;
    expected = ordered_json::object();
    for (auto left = below(6); left > 0; --left) {
      const auto& key = word();
      if (expected.contains(key)) continue;
      if (below(6) == 0) {
        fields.push_back({key, {}});
        continue;
      }
      ordered_json value;
      fields.push_back({key, node(depth + 1, value)});
      expected[key] = value;
    }
    return m_.map(fields);
  }

 private:
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
  const std::string& word() { return testing::nasty_texts()[random_() % testing::nasty_texts().size()]; }
  Maker& m_;
  std::mt19937 random_;
};

void compare(const YAML::Node& read, const ordered_json& expected) {
  if (expected.is_object()) {
    ASSERT_TRUE(read.IsMap());
    ASSERT_EQ(read.size(), expected.size());
    auto at = expected.begin();
    for (const auto& pair : read) {
      ASSERT_EQ(pair.first.as<std::string>(), at.key());
      compare(pair.second, at.value());
      ++at;
    }
  } else if (expected.is_array()) {
    ASSERT_TRUE(read.IsSequence());
    ASSERT_EQ(read.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) compare(read[i], expected[i]);
  } else if (expected.is_string()) {
    ASSERT_TRUE(read.IsScalar());
    ASSERT_EQ(read.Scalar(), expected.get<std::string>());
  } else {
    ASSERT_EQ(read.Tag(), "?");
    ASSERT_EQ(read.Scalar(), expected.dump());
  }
}

TEST(Trees, AreReadBackAsTheyWere) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Maker m;
    ordered_json expected;
    const auto tree = Trees(m, seed).map(0, expected);
    std::string json;
    doc::append_json(json, tree, plain);
    ASSERT_EQ(ordered_json::parse(json).dump(), expected.dump()) << json;
    std::string compact;
    doc::append_compact_json(compact, tree, {}, plain);
    ASSERT_EQ(ordered_json::parse(compact).dump(), expected.dump()) << compact;
    if (expected.empty()) continue;
    std::string yaml;
    doc::Yaml(yaml, plain).fields(*tree.as<plan::Map>(), 0, {});
    compare(YAML::Load(yaml), expected);
    if (HasFatalFailure()) FAIL() << yaml;
  }
}

TEST(Trees, SeveralThreadsMayLowerOnePlan) {
  Maker m;
  const auto secret = m.secret("S");
  for (unsigned i = 0; i < 50; ++i) {
    for (const auto& backend : registry()) {
      ordered_json ignored;
      const auto name = m.plan.arena.copy(std::string_view("n" + std::to_string(i)));
      const auto index = m.object(backend.format, "Service", name, backend.format == "ecs" ? name : "file", {});
      m.plan.objects[index].body = Trees(m, i).map(1, ignored);
      m.plan.objects[index].hashed = i % 3 == 0;
      m.object(backend.format, "Service", name, "late", {{"x", m.late({plan::SecretPart{secret}, plan::NamePart{index}})}});
    }
  }
  std::vector<std::vector<File>> results(4);
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&m, &result] {
      for (const auto& backend : registry()) {
        diag::Sink sink;
        for (auto& file : backend.lower(m.plan, sink)) result.push_back(std::move(file));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& result : results) {
    ASSERT_EQ(result.size(), results[0].size());
    for (std::size_t i = 0; i < result.size(); ++i) {
      EXPECT_EQ(result[i].path, results[0][i].path);
      EXPECT_EQ(result[i].text, results[0][i].text);
    }
  }
}

}  // namespace
}  // namespace envc::backends
