// What tools read: SARIF and GitHub's workflow commands.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "diag/render.h"

namespace envc::diag {
namespace {

struct Example {
  SourceMap sources;
  Diagnostic d;
  Example() {
    auto file = sources.add("a,b.envc", "é = 1\n", SourceOwner::User), other = sources.add("c.envc", "x\n", SourceOwner::User);
    d.code = {"E0412", "Example", Severity::Error};
    d.message = "100% `é`\nis wrong";
    d.primary = {file, 0, 2};
    d.here("here")
        .label({other, 0, 1}, "set here")
        .note("value", "1")
        .in("production")
        .help("read")
        .fix("use x", {other, 0, 1}, "y");
  }
};

TEST(Sarif, HoldsPlacesRelatedPlacesAndFixes) {
  Example e;
  auto json = nlohmann::json::parse(render_sarif({e.d}, e.sources));
  EXPECT_EQ(json["version"], "2.1.0");
  auto run = json["runs"][0], result = run["results"][0];
  EXPECT_EQ(run["columnKind"], "unicodeCodePoints");
  EXPECT_EQ(run["tool"]["driver"]["rules"][0]["id"], "E0412");
  EXPECT_EQ(result["level"], "error");
  auto place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "a,b.envc");
  EXPECT_EQ(place["region"]["endColumn"], 2);
  EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "set here");
  auto change = result["fixes"][0]["artifactChanges"][0];
  EXPECT_EQ(change["artifactLocation"]["uri"], "c.envc");
  EXPECT_EQ(change["replacements"][0]["insertedContent"]["text"], "y");
}

TEST(Sarif, OfNothingIsAWholeDocument) {
  SourceMap sources;
  auto json = nlohmann::json::parse(render_sarif({}, sources));
  EXPECT_TRUE(json["runs"][0]["results"].empty());
  EXPECT_TRUE(json["runs"][0]["results"].is_array());
}

TEST(Github, EscapesWhatEndsACommand) {
  Example e;
  EXPECT_EQ(render_github({e.d}, e.sources),
            "::error file=a%2Cb.envc,line=1,endLine=1,col=1,endColumn=2,title=E0412::100%25 `é`%0Ais wrong: here (in production)"
            "%0Avalue: 1%0Ahelp: read%0Ahelp: use x\n");
}

}  // namespace
}  // namespace envc::diag
