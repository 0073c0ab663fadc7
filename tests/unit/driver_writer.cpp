// The writer: what differs is written, all of it or nothing, and nothing of others.
#include "driver/writer.h"

#include <gtest/gtest.h>

#include "driver/manifest.h"
#include "driver_files.h"

namespace envc::driver {
namespace {

using Files = std::map<std::string, std::string>;

struct Writer : testing::Test {
  DriverFiles files{Files{{"/p/main.envc", ""}}};
  WriteRequest request{"/p", "/p/out", {}, {{"a/compose/compose.yaml", "one\n"}, {"b/compose/compose.yaml", "two\n"}}};

  /// The codes that a write reports.
  std::vector<std::string> write(WriteReport* report = nullptr) {
    diag::Sink sink;
    auto made = write_outputs(files, request, sink);
    if (report) *report = made;
    return codes(sink);
  }
  std::vector<std::string> compare() {
    diag::Sink sink;
    (void)compare_outputs(files, request, sink);
    return codes(sink);
  }
  static std::vector<std::string> codes(const diag::Sink& sink) {
    std::vector<std::string> out;
    for (const auto& d : sink.all()) out.emplace_back(d.code.id);
    return out;
  }
  /// Files below out/, without the manifest.
  Files written() const {
    Files out;
    for (const auto& [path, text] : files.all())
      if (path.starts_with("/p/out/") && !path.ends_with(manifest_name)) out[path.substr(7)] = text;
    return out;
  }
};
using Codes = std::vector<std::string>;

TEST_F(Writer, WritesAllAndThenNothing) {
  EXPECT_EQ(write(), Codes{});
  EXPECT_EQ(written(), (Files{{"a/compose/compose.yaml", "one\n"}, {"b/compose/compose.yaml", "two\n"}}));
  files.calls.clear();
  WriteReport report;
  EXPECT_EQ(write(&report), Codes{});
  EXPECT_EQ(files.calls, Codes{});
  ASSERT_EQ(report.size(), 2u);
  EXPECT_EQ(report[0].state, FileState::Same);
}

TEST_F(Writer, WritesOnlyWhatChangedAndTheManifestLast) {
  (void)write();
  files.calls.clear();
  request.outputs[1].text = "three\n";
  EXPECT_EQ(write(), Codes{});
  EXPECT_EQ(files.calls, (Codes{"write /p/out/b/compose/.compose.yaml.envc-tmp", "write /p/out/..envc-manifest.json.envc-tmp",
                                "rename /p/out/b/compose/compose.yaml", "rename /p/out/.envc-manifest.json"}));
}

TEST_F(Writer, RemovesWhatIsNoLongerProducedAndItsFolders) {
  (void)write();
  request.outputs.pop_back();
  WriteReport report;
  EXPECT_EQ(write(&report), Codes{});
  EXPECT_EQ(written(), (Files{{"a/compose/compose.yaml", "one\n"}}));
  EXPECT_EQ(report.back().state, FileState::Removed);
  EXPECT_FALSE(files.folders.contains("/p/out/b/compose"));
  EXPECT_FALSE(files.folders.contains("/p/out/b"));
  EXPECT_TRUE(files.folders.contains("/p/out"));
}

TEST_F(Writer, KeepsWhatWasChangedByHand) {
  (void)write();
  (void)files.write("/p/out/b/compose/compose.yaml", "mine\n");
  request.outputs.pop_back();
  EXPECT_EQ(write(), Codes{"E0053"});
  EXPECT_EQ(written()["b/compose/compose.yaml"], "mine\n");
  EXPECT_EQ(compare(), Codes{"E0612"});
}

TEST_F(Writer, NeverOverwritesWhatItDidNotWrite) {
  (void)files.write("/p/out/b/compose/compose.yaml", "mine\n");
  EXPECT_EQ(write(), Codes{"E0609"});
  EXPECT_EQ(written(), (Files{{"b/compose/compose.yaml", "mine\n"}}));
}

TEST_F(Writer, AdoptsEqualFiles) {
  (void)files.write("/p/out/b/compose/compose.yaml", "two\n");
  EXPECT_EQ(write(), Codes{});
  request.outputs.pop_back();
  EXPECT_EQ(write(), Codes{});
  EXPECT_EQ(written().size(), 1u);  // it was ours to remove
}

TEST_F(Writer, ScopeLeavesTheRestAlone) {
  (void)write();
  request.outputs[0].text = "new a\n";
  request.outputs[1].text = "new b\n";
  request.scope.environments = {"b"};
  EXPECT_EQ(write(), Codes{});
  EXPECT_EQ(written(), (Files{{"a/compose/compose.yaml", "one\n"}, {"b/compose/compose.yaml", "new b\n"}}));
  request.scope = {{}, {"terraform"}};
  request.outputs.clear();
  EXPECT_EQ(write(), Codes{});
  EXPECT_EQ(written().size(), 2u);
}

TEST_F(Writer, AFileOfAFormatWithoutAFolderIsNobodyElses) {
  request.outputs = {{"a/compose/compose.yaml", "one\n"}, {"a/compose/nginx.conf", "two\n", false, "text"}, {"a/notes.md", "three\n", false, "text"}};
  EXPECT_EQ(write(), Codes{});
  const auto all = written();
  EXPECT_EQ(all.size(), 3u);
  const auto outputs = request.outputs;
  request.outputs.clear();
  request.scope = {{}, {"kubernetes"}};
  EXPECT_EQ(write(), Codes{});
  EXPECT_EQ(written(), all);
  request.scope = {{}, {"text"}};  // only its own go
  EXPECT_EQ(write(), Codes{});
  EXPECT_EQ(written(), (Files{{"a/compose/compose.yaml", "one\n"}}));
  request.outputs = outputs;
  request.scope = {{}, {"compose"}};  // with what stands beside it
  EXPECT_EQ(write(), Codes{});
  EXPECT_EQ(written(), (Files{{"a/compose/compose.yaml", "one\n"}, {"a/compose/nginx.conf", "two\n"}}));
  request.scope = {};
  EXPECT_EQ(write(), Codes{});
  EXPECT_EQ(written(), all);
  EXPECT_EQ(compare(), Codes{});
}

TEST_F(Writer, WhatIsToBeExecutableIsMadeSo) {
  (void)write();
  request.outputs[0].executable = true;
  EXPECT_EQ(compare(), Codes{"E0612"});
  WriteReport report;
  EXPECT_EQ(write(&report), Codes{});
  EXPECT_EQ(report[0].state, FileState::Changed);
  EXPECT_TRUE(files.executable.contains("/p/out/a/compose/compose.yaml"));
  EXPECT_EQ(compare(), Codes{});
}

TEST_F(Writer, AFailureAtAnyPointChangesNothing) {
  (void)write();
  const auto before = files.all();
  request.outputs = {{"a/compose/compose.yaml", "changed\n"}, {"c/compose/compose.yaml", "new\n"}};
  for (const char* call :
       {"write /p/out/a/compose/.compose.yaml.envc-tmp", "write /p/out/c/compose/.compose.yaml.envc-tmp",
        "write /p/out/..envc-manifest.json.envc-tmp", "remove /p/out/b/compose/compose.yaml",
        "rename /p/out/a/compose/compose.yaml", "rename /p/out/c/compose/compose.yaml", "rename /p/out/.envc-manifest.json"}) {
    files.failing = {call};
    EXPECT_EQ(write(), Codes{"E0611"}) << call;
    files.failing.clear();
    EXPECT_EQ(files.all(), before) << call;
    EXPECT_FALSE(files.folders.contains("/p/out/c")) << call;
  }
  EXPECT_EQ(write(), Codes{});
}

TEST_F(Writer, RefusesLinksThatLeadOut) {
  files.links["/p/out"] = "/etc";
  EXPECT_EQ(write(), Codes{"E0610"});
  files.links = {{"/p/out/a", "/etc"}};
  EXPECT_EQ(write(), Codes{"E0610"});
  files.links = {{"/p/out/a/compose/compose.yaml", "/etc/passwd"}};
  EXPECT_EQ(write(), Codes{"E0610"});
  EXPECT_EQ(files.calls, Codes{});
  files.links = {{"/p/out", "/p/build"}};  // stays in the project
  EXPECT_EQ(write(), Codes{});
}

TEST_F(Writer, AnOutputFolderElsewhereMayBeALink) {
  request.out = "/q/out";
  files.links["/q/out"] = "/r";
  EXPECT_EQ(write(), Codes{});
}

TEST_F(Writer, ABrokenManifestIsNoLicenceToOverwrite) {
  (void)write();
  (void)files.write("/p/out/.envc-manifest.json", "<<<<<<< HEAD\n");
  EXPECT_EQ(write(), Codes{"E0054"});
  EXPECT_EQ(write(), Codes{});
  (void)files.write("/p/out/.envc-manifest.json", "<<<<<<< HEAD\n");
  request.outputs[0].text = "changed\n";
  EXPECT_EQ(write(), (Codes{"E0054", "E0609"}));
}

TEST_F(Writer, CompareTellsEveryDifferenceAndWritesNothing) {
  EXPECT_EQ(compare(), (Codes{"E0612", "E0612"}));
  (void)write();
  EXPECT_EQ(compare(), Codes{});
  files.calls.clear();
  request.outputs[0].text = "changed\n";
  request.outputs.pop_back();
  EXPECT_EQ(compare(), (Codes{"E0612", "E0612"}));
  request.scope.environments = {"a"};
  EXPECT_EQ(compare(), Codes{"E0612"});
  EXPECT_EQ(files.calls, Codes{});
}

TEST_F(Writer, CompareMissesTheManifestToo) {
  (void)write();
  (void)files.remove("/p/out/.envc-manifest.json");
  EXPECT_EQ(compare(), Codes{"E0612"});
}

TEST_F(Writer, MakesScriptsExecutable) {
  request.outputs[0].executable = true;
  (void)write();
  EXPECT_EQ(files.executable, std::set<std::string>{"/p/out/a/compose/compose.yaml"});
}

TEST(Manifest, ComesBackAsItWent) {
  Manifest manifest{{"a/x", {content_hash("1"), ""}}, {"b/y", {content_hash(""), "text"}}};
  EXPECT_EQ(content_hash(""), "cbf29ce484222325");
  EXPECT_EQ(read_manifest(write_manifest(manifest)), manifest);
  EXPECT_EQ(read_manifest(R"({"version": 1, "files": {"../x": "1", "/y": "2", "ok": "3"}})"), (Manifest{{"ok", {"3", ""}}}));
  for (const char* text : {"", "[]", "{}", R"({"version": 2, "files": {}})", R"({"version": 1})"})
    EXPECT_FALSE(read_manifest(text)) << text;
}

}  // namespace
}  // namespace envc::driver
