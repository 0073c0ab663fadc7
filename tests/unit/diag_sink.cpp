// The sink's order and its joining of what several environments report; the
// list of codes; the nearest known word.
#include <gtest/gtest.h>

#include <set>

#include "diag/render.h"

namespace envc::diag {
namespace {

Diagnostic make(const char* id, Span at, std::string message) {
  Diagnostic d;
  d.code = {id, "Example", Severity::Error};
  d.message = std::move(message);
  d.primary = at;
  return d;
}

TEST(Sink, OrdersByFileThenPlaceThenCode) {
  SourceMap sources;
  auto library = sources.add("std/core.envc", "abc", SourceOwner::Library);
  auto user = sources.add("a.envc", "abc", SourceOwner::User);
  Sink sink;
  sink.add(make("E0302", {user, 1, 2}, "d"));
  sink.add(make("E0301", {library, 0, 1}, "e"));
  sink.add(make("E0301", {user, 1, 2}, "c"));
  sink.add(make("E0301", {user, 0, 2}, "b"));
  sink.add(make("E0001", {}, "a"));
  sink.finish(sources);
  std::string order;
  for (const auto& d : sink.all()) order += d.message;
  EXPECT_EQ(order, "abcde");
}

TEST(Sink, JoinsWhatDiffersOnlyInTheEnvironment) {
  SourceMap sources;
  auto file = sources.add("a.envc", "abc", SourceOwner::User);
  Sink first, second;
  first.add(make("E0301", {file, 0, 1}, "m")).in("production").note("value", "1");
  second.add(make("E0301", {file, 0, 1}, "m")).in("staging").note("value", "2");
  second.add(make("E0301", {file, 0, 1}, "m")).in("staging").note("value", "2");
  second.add(make("E0301", {file, 0, 1}, "other")).in("staging");
  first.merge(std::move(second));
  EXPECT_EQ(first.errors(), 4u);
  first.finish(sources);
  ASSERT_EQ(first.all().size(), 2u);
  EXPECT_EQ(first.errors(), 2u);
  EXPECT_EQ(first.all()[0].environments, (std::vector<std::string>{"production", "staging"}));
  EXPECT_EQ(first.all()[0].notes.size(), 2u);
}

TEST(Sink, WhatHoldsEverywhereStaysSo) {
  SourceMap sources;
  Sink sink;
  sink.add(make("E0301", {}, "m"));
  sink.add(make("E0301", {}, "m")).in("staging");
  sink.finish(sources);
  ASSERT_EQ(sink.all().size(), 1u);
  EXPECT_TRUE(sink.all()[0].environments.empty());
}

TEST(Codes, AreUniqueAndStandInTheirBlock) {
  std::set<std::string> ids, names;
  for (const auto& code : all_codes()) {
    EXPECT_TRUE(ids.insert(code.id).second) << code.id;
    EXPECT_TRUE(names.insert(code.name).second) << code.name;
    EXPECT_TRUE(code.id[0] == 'E' || code.id[0] == 'P') << code.id;
    EXPECT_EQ(std::string_view(code.id).size(), 5u) << code.id;
  }
}

TEST(Codes, HaveAPageThatNamesThem) {
  for (const auto& code : all_codes()) {
    auto page = explain_page(code.id);
    EXPECT_EQ(page.substr(0, 9), "# " + std::string(code.id) + ": ") << code.id;
    EXPECT_NE(page.find("```envc\n"), std::string_view::npos) << code.id << " shows no example";
  }
  EXPECT_EQ(explain_page("E9999"), "");
  EXPECT_EQ(explain_page(""), "");
}

TEST(Nearest, FindsTypingMistakesAndNothingElse) {
  const std::vector<std::string> known{"image", "replicas", "port", "env", "health"};
  EXPECT_EQ(nearest("imgae", known), "image");
  EXPECT_EQ(nearest("replica", known), "replicas");
  EXPECT_EQ(nearest("Port", known), "port");
  EXPECT_EQ(nearest("evn", known), "env");
  EXPECT_EQ(nearest("xyz", known), "");
  EXPECT_EQ(nearest("a", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest("cat", {"car", "bat"}), "bat");  // as near: the first by name
}

TEST(Enumerate, ReadsAsAPersonWouldSayIt) {
  EXPECT_EQ(enumerate({}), "");
  EXPECT_EQ(enumerate({"a"}), "a");
  EXPECT_EQ(enumerate({"a", "b"}), "a and b");
  EXPECT_EQ(enumerate({"a", "b", "c"}), "a, b and c");
}

}  // namespace
}  // namespace envc::diag
