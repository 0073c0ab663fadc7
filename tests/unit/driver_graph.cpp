// `envc graph`: what is read of an environment, and where pictures go. With a library of a few lines.
#include <gtest/gtest.h>

#include "driver/commands/commands.h"
#include "driver_files.h"

namespace envc::driver {
namespace {

const char* const library = R"(
format compose { references = "by-attribute" }
shape compose.Service in "compose.yaml" { image: String, out address: String }
enum Figure = service | store | outside
interface drawn { silent output figure: Figure, silent output public_urls: List<Late<String>> = [], silent output networks: List<String> = [] }
kind secret { main output value: Secret<Late<String>> }
kind app : drawn {
  figure = service
  uses_all: List<Late<String>> = []
  keeps: List<disk> = []
  looks: List<String> = []
  token: Secret<Late<String>>?
  output listens: List<Int> = [80, 443]
  output host: Late<String>
}
kind disk : drawn { figure = store, main output path: String = "/d" }
kind team { output name_of: String = "us" }
kind elsewhere : drawn { figure = outside, output host: Late<String> = "there" }
platform compose { }
realize app on compose {
  emit main = compose.Service { image = self.name }
  host        = main.address
  networks    = ["net"]
  public_urls = ["http://{main.address}/", "http://{self.host}"]
  ignores uses_all, keeps, looks, token because "this is about pictures"
}
realize disk on compose { emit main = compose.Service { image = "disk" } }
realize secret on compose { }
)";

const char* const project = R"(edition 2026
system shop { }
secret TOKEN { }
team owners { }
disk data { }
elsewhere mail { }
app web { uses_all = [api.host, mail.host], keeps = [data], token = TOKEN }
app api { looks = web.networks }
environment local on compose { }
environment staging on compose { }
)";

struct Graphs : testing::Test {
  DriverFiles files{{{"/lib/all.envc", library}, {"/lib/editions/2026.envc", "// no rules\n"}, {"/p/main.envc", project}}};
  GraphCommand command = [] {
    GraphCommand made;
    made.compile.folder = "/p";
    made.compile.stdlib = "/lib";
    return made;
  }();
  Result run() { return graph(files, command); }
};

TEST_F(Graphs, ReadsFiguresEdgesNetworksAndWaysIn) {
  command.environments = {"local"};
  const auto result = run();
  EXPECT_EQ(result.code, good) << result.err;
  EXPECT_EQ(result.out, R"(flowchart LR
  internet(("internet"))
  subgraph environment["local on compose"]
    c_data[("data<br/>disk")]
    subgraph network_1["net"]
      c_api["api<br/>app"]
      c_web["web<br/>app"]
    end
  end
  c_mail("mail<br/>elsewhere")
  internet -->|"http://{main.address}/<br/>http://{main.address}"| c_api
  internet -->|"http://{main.address}/<br/>http://{main.address}"| c_web
  c_web -->|":80, :443"| c_api
  c_web --> c_data
  c_web --> c_mail
  classDef outside stroke-dasharray:5 5
  class c_mail outside
)") << result.err;
}

TEST_F(Graphs, OneFileAnEnvironment) {
  command.out = "/p/docs";
  command.out_shown = "docs";
  command.form = GraphForm::Dot;
  EXPECT_EQ(run().out, "wrote docs/local.dot\nwrote docs/staging.dot\n");
  EXPECT_TRUE(files.all().at("/p/docs/staging.dot").starts_with("digraph \"shop staging\" {\n"));
  EXPECT_EQ(run().out, "docs/local.dot is up to date\ndocs/staging.dot is up to date\n");
}

TEST_F(Graphs, OneFileForAll) {
  command.out = command.out_shown = "all.mmd";
  EXPECT_EQ(run().out, "wrote all.mmd\n");
  EXPECT_TRUE(files.all().at("all.mmd").starts_with("%% shop: local on compose\n"));
  command.form = GraphForm::Svg;
  EXPECT_EQ(run().code, bad_world);
  command.environments = {"staging"};
  EXPECT_EQ(run().code, good);
  EXPECT_TRUE(files.all().at("all.mmd").starts_with("<svg "));
}

TEST_F(Graphs, MistakesMakeNoPicture) {
  command.out = command.out_shown = "a.dot";
  (void)files.write("/p/main.envc", "edition 2026\nsystem shop { }\napp web { frob = 1 }\nenvironment local on compose { }\n");
  const auto result = run();
  EXPECT_EQ(result.code, bad_sources);
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.err.find("E0301"), std::string::npos);
  EXPECT_FALSE(files.all().contains("a.dot"));
}

TEST_F(Graphs, WhatCannotBeWrittenIsSaid) {
  command.out = command.out_shown = "a.dot";
  files.failing = {"rename a.dot"};
  const auto result = run();
  EXPECT_EQ(result.code, bad_world);
  EXPECT_EQ(result.err, "envc: a.dot cannot be written: permission denied\n");
}

}  // namespace
}  // namespace envc::driver
