// The command line: words -> options.
#include "driver/cli.h"

#include <gtest/gtest.h>

#include "base/paths.h"

namespace envc::driver {
namespace {

Command read(std::vector<std::string> words, Terminal terminal = Terminal::Plain) { return read_command_line(words, terminal); }

std::string mistake(std::vector<std::string> words) {
  auto command = read(std::move(words));
  auto* answer = std::get_if<Answer>(&command);
  return answer && answer->code == 2 && answer->out.empty() ? answer->err : "no mistake";
}

TEST(Cli, BuildHasTheProjectsOutFolder) {
  auto command = read({"build"});
  auto& build = std::get<BuildCommand>(command);
  EXPECT_EQ(build.compile.folder, ".");
  EXPECT_EQ(build.out, "out");
  EXPECT_EQ(build.purpose, Purpose::Write);
  auto other = read({"build", "shop", "-C", "/srv"});
  EXPECT_EQ(std::get<BuildCommand>(other).compile.folder, "/srv/shop");
  EXPECT_EQ(std::get<BuildCommand>(other).out, "/srv/shop/out");
  EXPECT_EQ(std::get<BuildCommand>(other).out_shown, "shop/out");
}

TEST(Cli, ReadsEveryOptionOfBuild) {
  auto command = read({"build",         "-C",    "x",        "-e",    "a",     "-e",    "b",        "shop",     "--format-only",
                       "terraform",     "--out", "o",        "--set", "k=v=w", "--set", "n=",       "--strict", "--check",
                       "--diagnostics", "json",  "--stdlib", "lib",   "-j",    "3",     "--colour", "always"});
  auto& build = std::get<BuildCommand>(command);
  EXPECT_EQ(build.compile.folder, "x/shop");
  EXPECT_EQ(build.environments, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(build.formats, std::vector<std::string>{"terraform"});
  EXPECT_EQ(build.out, "x/o");
  EXPECT_EQ(build.compile.params, (std::vector<std::pair<std::string, std::string>>{{"k", "v=w"}, {"n", ""}}));
  EXPECT_EQ(build.compile.strictness, Strictness::Strict);
  EXPECT_EQ(build.purpose, Purpose::Compare);
  EXPECT_EQ(build.report, ReportForm::Json);
  EXPECT_EQ(build.compile.stdlib, "x/lib");
  EXPECT_EQ(build.compile.jobs, 3u);
  EXPECT_EQ(build.colour, diag::Colour::On);
}

TEST(Cli, ColourFollowsTheTerminal) {
  auto on = read({"check"}, Terminal::Colours);
  EXPECT_EQ(std::get<BuildCommand>(on).colour, diag::Colour::On);
  EXPECT_EQ(std::get<BuildCommand>(on).purpose, Purpose::Diagnose);
  auto off = read({"check", "--color", "never"}, Terminal::Colours);
  EXPECT_EQ(std::get<BuildCommand>(off).colour, diag::Colour::Off);
}

TEST(Cli, OtherCommands) {
  auto fmt = read({"fmt", "--check", "a.envc", "b"});
  EXPECT_EQ(std::get<FormatCommand>(fmt).paths, (std::vector<std::string>{"a.envc", "b"}));
  EXPECT_EQ(std::get<FormatCommand>(fmt).purpose, Purpose::Compare);
  auto here = read({"fmt"});
  EXPECT_EQ(std::get<FormatCommand>(here).paths, std::vector<std::string>{"."});
  auto dump = read({"dump", "plan", "shop"});
  EXPECT_EQ(std::get<DumpCommand>(dump).stage, Stage::Plan);
  EXPECT_EQ(std::get<DumpCommand>(dump).compile.folder, "shop");
  auto explain = read({"explain", "E0301"});
  EXPECT_EQ(std::get<ExplainCommand>(explain).code, "E0301");
  auto checks = read({"explain", "--all", "--stdlib", "lib", "-C", "there"});
  EXPECT_TRUE(std::get<ExplainCommand>(checks).all);
  EXPECT_EQ(std::get<ExplainCommand>(checks).stdlib, "there/lib");
}

TEST(Cli, TheFormOfAGraphFollowsItsFile) {
  auto form = [](std::vector<std::string> words) {
    words.insert(words.begin(), "graph");
    auto command = read(std::move(words));
    return std::get<GraphCommand>(command).form;
  };
  EXPECT_EQ(form({}), GraphForm::Mermaid);
  EXPECT_EQ(form({"--out", "docs/a.svg"}), GraphForm::Svg);
  EXPECT_EQ(form({"--out", "a.gv"}), GraphForm::Dot);
  EXPECT_EQ(form({"--out", "a.svg", "--form", "dot"}), GraphForm::Dot);
  EXPECT_EQ(form({"--out", "docs", "--form", "svg"}), GraphForm::Svg);
  auto command = read({"graph", "shop", "-C", "/srv", "--out", "a.svg", "-e", "local"});
  auto& graph = std::get<GraphCommand>(command);
  EXPECT_EQ(graph.compile.folder, "/srv/shop");
  EXPECT_EQ(graph.out, "/srv/a.svg");
  EXPECT_EQ(graph.out_shown, "a.svg");
  EXPECT_EQ(graph.environments, std::vector<std::string>{"local"});
  EXPECT_TRUE(mistake({"graph", "--form", "png"}).starts_with("envc: "));
}

TEST(Cli, HelpAndVersionAreAnswers) {
  auto version = read({"--version"});
  EXPECT_TRUE(std::get<Answer>(version).out.starts_with("envc "));
  EXPECT_EQ(std::get<Answer>(version).code, 0);
  for (auto words : {std::vector<std::string>{"--help"}, {"build", "--help"}}) {
    auto help = read(words);
    EXPECT_NE(std::get<Answer>(help).out.find("Examples:"), std::string::npos);
    EXPECT_EQ(std::get<Answer>(help).code, 0);
  }
}

TEST(Cli, MistakesSayWhatIsWrong) {
  EXPECT_NE(mistake({}).find("Usage"), std::string::npos);
  EXPECT_EQ(mistake({"biuld"}), "envc: there is no command `biuld`: did you mean `build`?\n");
  EXPECT_EQ(mistake({"build", "--set", "k"}), "envc: found `--set k`, expected `--set NAME=VALUE`\n");
  for (auto words : {std::vector<std::string>{"build", "--frob"},
                     {"build", "-j", "x"},
                     {"dump"},
                     {"dump", "soup"},
                     {"build", "a", "b"},
                     {"--frob"}})
    EXPECT_TRUE(mistake(words).starts_with("envc: ")) << words.back();
}

TEST(Paths, JoinAndNormal) {
  EXPECT_EQ(join(".", "out"), "out");
  EXPECT_EQ(join("a", "/b"), "/b");
  EXPECT_EQ(join("a/", "b"), "a/b");
  EXPECT_EQ(join("a", "."), "a");
  EXPECT_EQ(normal("a/./b//../c/"), "a/c");
  EXPECT_EQ(normal("../a/.."), "..");
  EXPECT_EQ(normal("/.."), "/");
  EXPECT_EQ(normal("a/.."), ".");
  EXPECT_EQ(folder_of("a/b/c"), "a/b");
  EXPECT_EQ(folder_of("c"), "");
  EXPECT_EQ(name_of("a/c"), "c");
}

TEST(Paths, Below) {
  EXPECT_TRUE(is_below("a/b", "a"));
  EXPECT_FALSE(is_below("ab", "a"));
  EXPECT_TRUE(is_below("out", "."));
  EXPECT_FALSE(is_below("../out", "."));
  EXPECT_FALSE(is_below("/out", "."));
  for (const char* path : {"", "/a", "a/../b", "..", "a//b", "./a"}) EXPECT_FALSE(stays_inside(path)) << path;
  EXPECT_TRUE(stays_inside("a/..b/c"));
}

}  // namespace
}  // namespace envc::driver
