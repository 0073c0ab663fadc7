// The text and JSON renderers: places, marks, roles, fixes, and sources that a
// terminal would stumble over.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "diag/render.h"

namespace envc::diag {
namespace {

Span find(const SourceMap& sources, FileId file, std::string_view text) {
  auto at = static_cast<std::uint32_t>(sources.text(file).find(text));
  return {file, at, at + static_cast<std::uint32_t>(text.size())};
}

Diagnostic make(Span at, std::string message, const char* id = "E0412") {
  Diagnostic d;
  d.code = {id, "Example", Severity::Error};
  d.message = std::move(message);
  d.primary = at;
  return d;
}

std::string text(const Diagnostic& d, const SourceMap& sources) { return render_text({d}, sources, Colour::Off); }

TEST(RenderText, ShowsAllThatADiagnosticHolds) {
  SourceMap sources;
  auto environments = sources.add("environments.envc", "\n\n\n\n\n\n\n\n\n  web { size { memory = 6GiB } }\n", SourceOwner::User);
  auto system = sources.add("system.envc", "  size { cpu = 0.5cpu, memory = 1GiB }\n", SourceOwner::User);
  auto d = make(find(sources, environments, "6GiB"), "`web` cannot start on Fargate");
  d.here("6GiB is not offered with 0.5cpu")
      .label(find(sources, system, "0.5cpu"), "set here, for every environment")
      .note("value", "1GiB (system.envc:1) -> 6GiB (production)")
      .note("rule", "first line\nsecond line")
      .in("production")
      .in("staging")
      .help("read the table of sizes")
      .fix("raise cpu to 1cpu (keeps 6GiB)", find(sources, system, "0.5cpu"), "1cpu");
  EXPECT_EQ(text(d, sources), R"(error[E0412]: `web` cannot start on Fargate
  --> environments.envc:10:25
   |
10 |   web { size { memory = 6GiB } }
   |                         ^^^^ 6GiB is not offered with 0.5cpu
  ::: system.envc:1:16
 1 |   size { cpu = 0.5cpu, memory = 1GiB }
   |                ------ set here, for every environment
   = value: 1GiB (system.envc:1) -> 6GiB (production)
   = rule: first line
           second line
   = in: production and staging
help: read the table of sizes
help: raise cpu to 1cpu (keeps 6GiB)                  [fix 1]

1 error
)");
}

TEST(RenderText, OrdersTheMarksOfOneFileByLine) {
  SourceMap sources;
  auto file = sources.add("a.envc", "first\nsecond\nthird\nfourth\n", SourceOwner::User);
  auto d = make(find(sources, file, "second"), "m");
  d.label(find(sources, file, "first"), "one").label(find(sources, file, "fourth"), "four");
  EXPECT_EQ(text(d, sources), R"(error[E0412]: m
 --> a.envc:2:1
  |
1 | first
  | ----- one
2 | second
  | ^^^^^^
...
4 | fourth
  | ------ four

1 error
)");
}

TEST(RenderText, MarksWideAndCombiningTextUnderItsColumns) {
  SourceMap sources;
  auto file = sources.add("a.envc", "\tx = \"日本e\xCC\x81\", y = 1\r\n", SourceOwner::User);
  EXPECT_EQ(text(make(find(sources, file, "y"), "m"), sources),
            "error[E0412]: m\n --> a.envc:1:14\n  |\n1 |     x = \"日本e\xCC\x81\", y = 1\n  |                  ^\n\n1 error\n");
}

TEST(RenderText, NeverSendsControlCharactersToATerminal) {
  SourceMap sources;
  auto file = sources.add("a.envc", "x = \x1b[31m \xff\n", SourceOwner::User);
  auto out = text(make({file, 0, 1}, "bad \x1b[0m name"), sources);
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_NE(out.find("1 | x = \xEF\xBF\xBD[31m \xEF\xBF\xBD\n"), std::string::npos) << out;
}

TEST(RenderText, CutsASpanOfManyLinesToItsFirst) {
  SourceMap sources;
  auto file = sources.add("a.envc", "web {\n  a = 1\n}\n", SourceOwner::User);
  auto out = text(make({file, 4, 15}, "m"), sources);
  EXPECT_NE(out.find("1 | web {\n  |     ^\n"), std::string::npos) << out;
}

TEST(RenderText, ShowsAWindowOfAVeryLongLine) {
  SourceMap sources;
  auto file =
      sources.add("a.envc", "x = \"" + std::string(5000, 'a') + "HERE" + std::string(5000, 'b') + "\"\n", SourceOwner::User);
  auto out = text(make(find(sources, file, "HERE"), "m"), sources);
  EXPECT_LT(out.size(), 600u);
  auto line = out.find("1 | ") + 4, mark = out.find("  | ", out.find("HERE")) + 4;
  EXPECT_EQ(out.find("HERE") - line, out.find("^^^^") - mark) << out;
}

TEST(RenderText, PointsBehindTheLastByteAndIntoAnEmptyFile) {
  SourceMap sources;
  auto file = sources.add("a.envc", "x =", SourceOwner::User), empty = sources.add("b.envc", "", SourceOwner::User);
  EXPECT_NE(text(make({file, 3, 3}, "m"), sources).find("1 | x =\n  |    ^\n"), std::string::npos);
  EXPECT_NE(text(make({empty, 0, 0}, "m"), sources).find("1 |\n  | ^\n"), std::string::npos);
}

TEST(RenderText, CountsAtTheEnd) {
  SourceMap sources;
  auto warning = make({}, "w");
  warning.severity = Severity::Warning;
  auto out = render_text({make({}, "a"), make({}, "b"), warning}, sources, Colour::Off);
  EXPECT_EQ(out, "error[E0412]: a\n\nerror[E0412]: b\n\nwarning[E0412]: w\n\n2 errors, 1 warning\n");
  EXPECT_EQ(render_text({}, sources, Colour::Off), "");
}

TEST(RenderText, ColoursOnlyWhenAsked) {
  SourceMap sources;
  EXPECT_NE(render_text({make({}, "a")}, sources, Colour::On).find("\x1b[1;31merror[E0412]\x1b[0m"), std::string::npos);
}

TEST(RenderJson, SaysTheSameAsData) {
  SourceMap sources;
  auto file = sources.add("a.envc", "é x = 1\n", SourceOwner::User);
  auto d = make(find(sources, file, "x"), "bad \xff");
  d.here("here").label(find(sources, file, "1"), "one").note("value", "1").help("h").in("production");
  d.fix("use y", find(sources, file, "x"), "y");
  auto json = nlohmann::json::parse(render_json({d}, sources));
  EXPECT_EQ(json["errors"], 1);
  EXPECT_EQ(json["warnings"], 0);
  auto one = json["diagnostics"][0];
  EXPECT_EQ(one["code"], "E0412");
  EXPECT_EQ(one["severity"], "error");
  EXPECT_EQ(one["span"]["file"], "a.envc");
  EXPECT_EQ(one["span"]["line"], 1);
  EXPECT_EQ(one["span"]["column"], 3);
  EXPECT_EQ(one["span"]["offset"], 3);
  EXPECT_EQ(one["span"]["end_offset"], 4);
  EXPECT_EQ(one["labels"][0]["text"], "one");
  EXPECT_EQ(one["fixes"][0]["edits"][0]["text"], "y");
  EXPECT_EQ(one["environments"][0], "production");
  EXPECT_EQ(one["rule"], "");
}

TEST(RenderForTools, ACheckIsKnownByItsOwnId) {
  SourceMap sources;
  auto file = sources.add("a.envc", "x = 1\n", SourceOwner::User);
  auto d = make(find(sources, file, "x"), "m", "P0001");
  d.rule = "images_are_pinned";
  EXPECT_EQ(nlohmann::json::parse(render_json({d}, sources))["diagnostics"][0]["rule"], "images_are_pinned");
  auto sarif = nlohmann::json::parse(render_sarif({d, make({}, "n")}, sources))["runs"][0];
  EXPECT_EQ(sarif["results"][0]["ruleId"], "images_are_pinned");
  EXPECT_EQ(sarif["results"][1]["ruleId"], "E0412");
  EXPECT_EQ(sarif["tool"]["driver"]["rules"][1]["id"], "images_are_pinned");
  EXPECT_NE(render_github({d}, sources).find("title=images_are_pinned::m\n"), std::string::npos);
  EXPECT_NE(render_github({make({}, "n")}, sources).find("title=E0412::n\n"), std::string::npos);
}

}  // namespace
}  // namespace envc::diag
