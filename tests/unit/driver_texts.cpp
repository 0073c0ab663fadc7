// `file("path")`: which texts of a project the sources may read, and what is said of the others.
#include <gtest/gtest.h>

#include "driver/commands/commands.h"
#include "driver/project_texts.h"
#include "driver_files.h"

namespace envc::driver {
namespace {

using Fault = model::ProjectFile::Fault;
using Files = std::map<std::string, std::string>;

struct Texts : testing::Test {
  DriverFiles files{Files{{"/p/conf/nginx.conf", "listen 80;\n"}, {"/p/main.envc", ""}, {"/elsewhere/key", "x"}}};
  ProjectTexts texts{files, "/p"};
};

TEST_F(Texts, AreReadBelowTheProject) {
  EXPECT_EQ(texts.read("conf/nginx.conf").text, "listen 80;\n");
  EXPECT_EQ(texts.read("./conf//nginx.conf").fault, Fault::None);
  EXPECT_EQ(texts.read("conf/../conf/nginx.conf").fault, Fault::None);
  EXPECT_EQ(texts.read("conf").detail, "it is a folder");
  EXPECT_EQ(texts.read("").detail, "it is a folder");
}

TEST_F(Texts, NeverOutsideOfIt) {
  for (const auto* path : {"/elsewhere/key", "../elsewhere/key", "conf/../../elsewhere/key", "..", "/p/conf/nginx.conf"})
    EXPECT_EQ(texts.read(path).fault, Fault::Leaves) << path;
  files.links["/p/conf/key"] = "/elsewhere/key";
  files.links["/p/more"] = "/elsewhere";
  EXPECT_EQ(texts.read("conf/key").fault, Fault::Leaves);
  EXPECT_EQ(texts.read("more/key").detail, "/elsewhere/key");
  files.links["/p/inside"] = "/p/conf";
  EXPECT_EQ(texts.read("inside/nginx.conf").text, "listen 80;\n");
}

TEST_F(Texts, NameWhatIsNearest) {
  EXPECT_EQ(texts.read("conf/ngnix.conf").detail, "conf/nginx.conf");
  EXPECT_EQ(texts.read("cnf/nginx.conf").detail, "conf/nginx.conf");
  EXPECT_EQ(texts.read("cnf/other").detail, "") << "the folder alone would not help";
  EXPECT_EQ(texts.read("nothing.like.it").fault, Fault::Missing);
  EXPECT_EQ(texts.read(std::string_view("conf/nginx.conf\0.bak", 20)).fault, Fault::Missing);
}

TEST_F(Texts, AreTextsOfAtMostOneMebibyte) {
  (void)files.write("/p/latin", "caf\xe9");
  (void)files.write("/p/nul", std::string_view("a\0b", 3));
  (void)files.write("/p/full", std::string(1 << 20, 'x'));
  (void)files.write("/p/large", std::string((1 << 20) + 1, 'x'));
  EXPECT_EQ(texts.read("latin").detail, "byte 0xe9 at offset 3 is not UTF-8");
  EXPECT_EQ(texts.read("nul").detail, "it has a NUL byte at offset 1");
  EXPECT_EQ(texts.read("full").text.size(), 1u << 20);
  EXPECT_EQ(texts.read("large").fault, Fault::TooLarge);
}

TEST_F(Texts, AreTheSameAllThroughACompilation) {
  const auto* before = &texts.read("conf/nginx.conf");
  (void)files.write("/p/conf/nginx.conf", "listen 81;\n");
  EXPECT_EQ(&texts.read("conf/nginx.conf"), before);
  EXPECT_EQ(before->text, "listen 80;\n");
}

const char* const library = R"(
format compose { references = "by-name" }
shape compose.Service in "compose.yaml" { image: String, hostname: String? }
kind app {
  folder: String
  secret_file: String?
}
platform compose { }
fn configuration(folder: String): String = file("{folder}/app.conf")
realize app on compose {
  ignores secret_file because "it is not there"
  emit main = compose.Service { image = "x", hostname = configuration(self.folder) }
}
)";

struct Reading : testing::Test {
  DriverFiles files{Files{{"/lib/all.envc", library},
                          {"/lib/editions/2026.envc", "// no rules\n"},
                          {"/p/conf/app.conf", "listen 80"},
                          {"/p/main.envc", "edition 2026\nsystem shop { }\napp web { folder = \"conf\" }\nenvironment local on compose { }\n"}}};
  Result run() {
    BuildCommand command;
    command.compile.folder = "/p";
    command.compile.stdlib = "/lib";
    command.out = "/p/out";
    command.out_shown = "out";
    return build(files, command);
  }
  void source(const std::string& web) {
    (void)files.write("/p/main.envc", "edition 2026\nsystem shop { }\n" + web + "\nenvironment local on compose { }\n");
  }
};

TEST_F(Reading, ATextBecomesAValue) {
  auto result = run();
  EXPECT_EQ(result.err, "");
  EXPECT_NE(files.all().at("/p/out/local/compose/compose.yaml").find("hostname: \"listen 80\""), std::string::npos)
      << files.all().at("/p/out/local/compose/compose.yaml");
}

TEST_F(Reading, AMistakeIsReportedWhereTheUserWroteThePath) {
  source("app web { folder = \"cnf\" }");
  auto result = run();
  EXPECT_EQ(result.code, bad_sources);
  EXPECT_NE(result.err.find("E0423"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("--> main.envc:3:20"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("did you mean `conf/app.conf`?"), std::string::npos) << result.err;
}

TEST_F(Reading, WhatIsTooLargeOrUnreadableIsSaid) {
  (void)files.write("/p/conf/app.conf", std::string((1 << 20) + 1, 'x'));
  EXPECT_NE(run().err.find("error[E0425]: `conf/app.conf` has 1048577 bytes"), std::string::npos);
  (void)files.write("/p/conf/app.conf", "x");
  files.failing = {"read /p/conf/app.conf"};
  auto result = run();
  EXPECT_EQ(result.code, bad_world);
  EXPECT_NE(result.err.find("cannot read `conf/app.conf`: permission denied"), std::string::npos) << result.err;
}

TEST_F(Reading, OnlyWhatSourcesNameIsRead) {
  (void)files.write("/p/conf/other.conf", "x");
  files.failing = {"read /p/conf/other.conf"};
  EXPECT_EQ(run().code, good);
}

}  // namespace
}  // namespace envc::driver
