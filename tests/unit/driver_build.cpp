// Commands from sources in memory to files in memory, with a library of a few lines.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "driver/commands/commands.h"
#include "driver_files.h"

namespace envc::driver {
namespace {

using Files = std::map<std::string, std::string>;

const char* const library = R"(
format compose { references = "by-name" }
shape compose.Service in "compose.yaml" { image: String, hostname: String? }
kind app {
  image: String
  loud: Bool = false
  note: String?
}
platform compose { }
realize app on compose { emit main = compose.Service { image = self.image, hostname = self.note if self.loud } }
)";

const char* const project = R"(edition 2026
system shop { }
param tag: "v1" | "v2" = "v1"
param size: Int where (it > 0) = 1
app web { image = "web:{tag}" }
environment local on compose { }
environment staging on compose { }
)";

struct Build : testing::Test {
  DriverFiles files{Files{{"/lib/all.envc", library}, {"/p/main.envc", project}}};
  BuildCommand command = [] {
    BuildCommand made;
    made.compile.folder = "/p";
    made.compile.stdlib = "/lib";
    made.out = "/p/out";
    made.out_shown = "out";
    return made;
  }();
  Result run() { return build(files, command); }
};

TEST_F(Build, WritesEveryEnvironment) {
  auto result = run();
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.code, good);
  EXPECT_EQ(
      result.out,
      "wrote 2 files to out/ (2 changed)\n  new      local/compose/compose.yaml\n  new      staging/compose/compose.yaml\n");
  EXPECT_NE(files.all().at("/p/out/local/compose/compose.yaml").find("web:v1"), std::string::npos);
  EXPECT_EQ(run().out, "out/ is up to date (2 files)\n");
}

TEST_F(Build, AdviceIsAnErrorWhereItCounts) {
  files = DriverFiles{Files{{"/lib/all.envc", library},
                            {"/p/main.envc", std::string(project) + "policy calm(a: app) {\n  severity = warning\n  require a.loud else \"shy\"\n}\n"}}};
  auto result = run();
  EXPECT_EQ(result.code, good);
  EXPECT_NE(result.err.find("warning[P0005]: shy\n"), std::string::npos) << result.err;
  EXPECT_NE(result.out.find("wrote 2 files"), std::string::npos);
  command.compile.strictness = Strictness::Strict;
  result = run();
  EXPECT_EQ(result.code, bad_sources);
  EXPECT_NE(result.err.find("error[P0005]: shy\n"), std::string::npos) << result.err;
}

TEST_F(Build, ChoosesEnvironmentsAndFormats) {
  command.environments = {"staging"};
  EXPECT_EQ(run().out, "wrote 1 file to out/ (1 changed)\n  new      staging/compose/compose.yaml\n");
  command.environments = {"stagging"};
  auto wrong = run();
  EXPECT_EQ(wrong.code, bad_world);
  EXPECT_EQ(wrong.err, "envc: there is no environment `stagging`: did you mean `staging`?\n");
  command.environments.clear();
  command.formats = {"compsoe"};
  EXPECT_EQ(run().err, "envc: there is no format `compsoe`: did you mean `compose`?\n");
  command.formats = {"kubernetes"};
  EXPECT_EQ(run().out, "nothing to write: no environment produces a file\n");
}

TEST_F(Build, SetsParams) {
  command.compile.params = {{"tag", "v2"}};
  EXPECT_EQ(run().code, good);
  EXPECT_NE(files.all().at("/p/out/local/compose/compose.yaml").find("web:v2"), std::string::npos);
  command.compile.params = {{"tga", "v2"}};
  auto unknown = run();
  EXPECT_EQ(unknown.code, bad_sources);
  EXPECT_NE(unknown.err.find("E0416"), std::string::npos);
  for (auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"tag", "v3"}, {"size", "x"}, {"size", "1.5"}, {"size", "0"}, {"size", ""}}) {
    command.compile.params = {{name, value}};
    auto wrong = run();
    EXPECT_EQ(wrong.code, bad_sources) << name << "=" << value;
    EXPECT_NE(wrong.err.find("E0417"), std::string::npos) << name << "=" << value;
    EXPECT_NE(wrong.err.find("\n1 error"), std::string::npos) << "said once for all environments: " << wrong.err;
  }
}

TEST_F(Build, LossIsToldAndStrictRefusesIt) {
  (void)files.write("/p/main.envc", std::string(project) + "app other { image = \"o\", note = \"lost\" }\n");
  auto result = run();
  EXPECT_EQ(result.code, good);
  EXPECT_NE(result.err.find("warning[E0601]: `other.note` has no effect on compose"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("in: local and staging"), std::string::npos) << result.err;
  EXPECT_TRUE(result.out.starts_with("local and staging (compose): 1 lost\n  lost          other.note  main.envc:8:33\n"))
      << result.out;
  command.compile.strictness = Strictness::Strict;
  command.purpose = Purpose::Diagnose;
  auto strict = run();
  EXPECT_EQ(strict.code, bad_sources);
  EXPECT_NE(strict.err.find("error[E0602]"), std::string::npos);
}

TEST_F(Build, ErrorsWriteNothing) {
  (void)files.write("/p/main.envc", std::string(project) + "app broken { imgae = \"o\" }\n");
  const auto before = files.all();
  auto result = run();
  EXPECT_EQ(result.code, bad_sources);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(files.all(), before);
}

TEST_F(Build, CheckOfTheOutputFolder) {
  command.purpose = Purpose::Compare;
  auto stale = run();
  EXPECT_EQ(stale.code, bad_sources);
  EXPECT_NE(stale.err.find("`/p/out/local/compose/compose.yaml` is not what the sources say: it is missing"), std::string::npos);
  command.purpose = Purpose::Write;
  EXPECT_EQ(run().code, good);
  command.purpose = Purpose::Compare;
  EXPECT_EQ(run().code, good);
}

TEST_F(Build, TheNumberOfThreadsChangesNothing) {
  auto source = std::string(project);
  for (int i = 0; i < 20; ++i) source += "environment e" + std::to_string(i) + " on compose { web { note = \"x\" } }\n";
  (void)files.write("/p/main.envc", source);
  command.report = ReportForm::Json;
  command.purpose = Purpose::Diagnose;
  command.compile.jobs = 1;
  auto one = run();
  command.compile.jobs = 8;
  auto eight = run();
  EXPECT_EQ(one.out, eight.out);
  EXPECT_EQ(nlohmann::json::parse(one.out)["loss"].size(), 20u);
}

TEST_F(Build, OneJsonDocument) {
  command.report = ReportForm::Json;
  auto result = run();
  EXPECT_EQ(result.err, "");
  auto document = nlohmann::json::parse(result.out);
  EXPECT_EQ(document["diagnostics"].size(), 0u);
  EXPECT_EQ(document["errors"], 0);
  EXPECT_EQ(document["files"][0]["path"], "out/local/compose/compose.yaml");
  EXPECT_EQ(document["files"][0]["state"], "new");
}

TEST_F(Build, ProjectsThatCannotBeRead) {
  command.compile.folder = "/none";
  EXPECT_EQ(run().code, bad_world);
  (void)files.write("/q/x.txt", "");
  command.compile.folder = "/q";
  auto empty = run();
  EXPECT_EQ(empty.code, bad_world);
  EXPECT_NE(empty.err.find("E0051"), std::string::npos);
  command.compile.folder = "/p";
  files.failing = {"read /p/main.envc"};
  auto unreadable = run();
  EXPECT_EQ(unreadable.code, bad_world);
  EXPECT_NE(unreadable.err.find("E0050"), std::string::npos);
  files.failing.clear();
  (void)files.write("/p/other.envc", "");
  files.links["/p/other.envc"] = "/elsewhere/other.envc";
  auto linked = run();
  EXPECT_EQ(linked.code, bad_sources);
  EXPECT_NE(linked.err.find("E0052"), std::string::npos);
}

TEST_F(Build, Dumps) {
  DumpCommand dumped{command.compile, Stage::Model, {"local"}};
  auto model = dump(files, dumped);
  EXPECT_NE(model.out.find("image = \"web:v1\"  [declaration] main.envc:5:11"), std::string::npos) << model.out;
  EXPECT_EQ(model.out.find("staging"), std::string::npos);
  dumped.stage = Stage::Plan;
  EXPECT_NE(dump(files, dumped).out.find("image = \"web:v1\""), std::string::npos);
  dumped.stage = Stage::Names;
  EXPECT_NE(dump(files, dumped).out.find("component web: app"), std::string::npos);
  dumped.stage = Stage::Tree;
  EXPECT_NE(dump(files, dumped).out.find("# main.envc\nFile 1:1\n"), std::string::npos);
}

TEST(Explain, PagesAndTheNearestCode) {
  DriverFiles none{Files{}};
  EXPECT_EQ(explain(none, {"E0050"}).code, good);
  EXPECT_TRUE(explain(none, {"e0050"}).out.starts_with("# E0050: "));
  EXPECT_EQ(explain(none, {"E0059"}).code, bad_world);
  EXPECT_TRUE(explain(none, {"E0059"}).err.starts_with("envc: there is no diagnostic, no check and nothing in the library called `E0059`: did you mean `E005"));
  EXPECT_NE(explain(none, {}).out.find("E0101  Unexpected\n"), std::string::npos);
}

TEST(Explain, ChecksOfALibrary) {
  DriverFiles files{Files{{"/l/editions/2026.envc", "use std.rules\n"},
                          {"/l/rules.envc",
                           "/// Few are enough. More cost more.\n///\n/// - ten at most\n"
                           "policy few(t: thing) {\n  severity = warning\n  require t.size < 10 else \"too many\"\n}\n"},
                          {"/l/thing.envc",
                           "kind thing {\n  size: Int\n  /// None is not a few.\n  require some: self.size > 0\n    else \"none\"\n}\n"
                           "realize thing on desk {\n  if self.size > 3 {\n    require fits: self.size < 7\n      else \"wide\"\n  }\n}\n"}}};
  EXPECT_TRUE(explain(files, {"", "/l"}).out.ends_with("\n\nfew   Few are enough\nsome  None is not a few\nfits\n"));
  EXPECT_EQ(explain(files, {"few", "/l"}).out,
            "# few\n\nFew are enough. More cost more.\n\n- ten at most\n\n"
            "```envc\npolicy few(t: thing) {\n  severity = warning\n  require t.size < 10 else \"too many\"\n}\n```\n\n"
            "A policy of `std.rules`: it runs in edition 2026. What it finds is a warning; with `--strict` an error.\n\n"
            "Way out: put it right. Where it must be so, write why: in the component, in the environment, or at the top\n"
            "level for all of them. `until 2027-01-31` at its end lets it end by itself.\n\n"
            "```envc\nallow few because \"…\"\n```\n\nDeclared in std/rules.envc:4.\n");
  EXPECT_NE(explain(files, {"some", "/l"}).out.find("```envc\nkind thing {\n  require some: self.size > 0\n    else \"none\"\n}\n```"),
            std::string::npos);
  EXPECT_NE(explain(files, {"fits", "/l"}).out.find("realize thing on desk {\n  require fits: self.size < 7\n    else \"wide\"\n}\n"),
            std::string::npos);
  EXPECT_EQ(explain(files, {"sone", "/l"}).err, "envc: there is no diagnostic, no check and nothing in the library called `sone`: did you mean `some`?\n");
  auto document = explain(files, {"", "/l", true}).out;
  EXPECT_TRUE(document.starts_with("# Checks\n"));
  EXPECT_NE(document.find("\n## std.rules\n\nIn [stdlib/rules.envc](../stdlib/rules.envc).\n\n### few\n\nFew are enough."), std::string::npos);
  EXPECT_EQ(explain(files, {"few", "/none"}).code, bad_world);
}

TEST(Explain, WhatALibraryDeclares) {
  DriverFiles files{Files{{"/l/core/thing.envc",
                           "/// A thing. It is there.\nkind thing : seen {\n  /// how many\n  size: Count = 3\n  paint: Colour\n  note: String?\n"
                           "  secret key\n  output text: Late<String> = \"x\"\n  require self.size > 0 else \"{self.size} are \\\"none\\\"\"\n}\n"
                           "interface seen { }\n"
                           "/// A count.\ntype Count = Int where (it > 0)\n"
                           "/// What it looks like.\nunion Colour = plain | mixed {\n  of: List<Count>\n}\n"
                           "/// A mix of one.\nfn pure(of: Count): Colour = mixed([of])\n"},
                          {"/l/platforms/desk/thing.envc",
                           "platform desk { }\nrealize thing on desk {\n  /// which leg\n  option leg: Int = 1\n}\n"
                           "realize thing on any { }\nprivate fn hidden(): Int = 1\n"}}};
  const auto page = explain(files, {"thing", "/l"}).out;
  EXPECT_TRUE(page.starts_with("# thing (kind)\n\nA thing. It is there.\n\n`kind thing : seen`\n")) << page;
  for (const auto* part : {"| `size`  | `Count`   | `3`          | how many |", "| `paint` | `Colour`  | **required** | What it looks like |",
                           "| `note`  | `String?` | none         |  |", "| `text` | `Late<String>` |", "Brings along: `secret key`.",
                           "Realized on every platform without one of its own, `desk`.",
                           "- … are \"none\"\n", "Declared in std/core/thing.envc:2.\n"})
    EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
  EXPECT_NE(page.find("| `leg`"), std::string::npos);
  EXPECT_NE(explain(files, {"Colour", "/l"}).out.find("| `mixed` | `of`  | `List<Count>` | **required** | A count |"), std::string::npos);
  EXPECT_NE(explain(files, {"seen", "/l"}).out.find("It is met by `thing`."), std::string::npos);
  EXPECT_NE(explain(files, {"pure", "/l"}).out.find("\n`fn pure(of: Count): Colour`\n"), std::string::npos);
  EXPECT_EQ(explain(files, {"hidden", "/l"}).code, bad_world);
  EXPECT_NE(explain(files, {"thong", "/l"}).err.find("did you mean `thing`"), std::string::npos);
  const auto document = explain(files, {"", "/l", false, true}).out;
  for (const auto* part : {"- [Kinds: core](#kinds-core): [thing](#thing)\n", "- [Platforms](#platforms): [desk](#desk)\n",
                           "| `size` | [Count](#types-core) | `3` | how many |", "| `paint` | [Colour](#colour) |",
                           "| `pure(of: Count): Colour` | A mix of one. |"})
    EXPECT_NE(document.find(part), std::string::npos) << part << "\n" << document;
}

TEST(Format, FilesAndFolders) {
  DriverFiles files{
      Files{{"/p/a.envc", "edition   2026\n"}, {"/p/in/b.envc", "edition 2026\n"}, {"/p/.x/c.envc", "edition   2026\n"}}};
  auto check = format(files, {{"/p"}, Purpose::Compare});
  EXPECT_EQ(check.out, "would change /p/a.envc\n");
  EXPECT_EQ(check.code, bad_sources);
  auto written = format(files, {{"/p"}, Purpose::Write});
  EXPECT_EQ(written.out, "formatted /p/a.envc\n");
  EXPECT_EQ(written.code, good);
  EXPECT_EQ(files.all().at("/p/a.envc"), "edition 2026\n");
  EXPECT_EQ(files.all().at("/p/.x/c.envc"), "edition   2026\n");
  EXPECT_EQ(format(files, {{"/p/none.envc"}, Purpose::Write}).code, bad_world);
}

TEST(Format, LeavesWhatIsNoText) {
  DriverFiles files{Files{{"/p/a.envc", "edition   2026\n\xff"}}};
  auto result = format(files, {{"/p/a.envc"}, Purpose::Write});
  EXPECT_EQ(result.code, bad_sources);
  EXPECT_EQ(files.all().at("/p/a.envc"), "edition   2026\n\xff");
}

}  // namespace
}  // namespace envc::driver
