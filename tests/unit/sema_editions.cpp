// Which policies run: those of the project's edition, and of the library only
// those whose things occur. With a library of its own: the real one has one edition.
#include <gtest/gtest.h>

#include "memory_files.h"
#include "sema/sema.h"

namespace envc::sema {
namespace {

struct World {
  SourceMap sources;
  Interner names;
  ast::Arena ast;
  Program program;
  diag::Sink sink;

  /// Checks one source against a library; says which policies are there.
  std::string policies(const std::string& source) {
    MemoryFiles files({{"lib/editions/2026.envc", "use std.first\n"},
                       {"lib/editions/2027.envc", "use std.first\nuse std.second\n"},
                       {"lib/first.envc", "policy small(t: thing) { require t.size < 3 else \"too big\" }\n"},
                       {"lib/second.envc", "policy few(t: thing, o: other) { }\npolicy any(c: List<other>, e: environment) { }\n"},
                       {"lib/third.envc", "policy all(t: base) { }\n"},
                       {"lib/kinds.envc",
                        "interface base { }\nkind thing : base { size: Int }\nkind other { }\nkind system { }\nkind environment { }\n"
                        "platform desk { formats = [\"none\"] }\n"},
                       {"p/main.envc", "system shop { }\nenvironment one on desk { }\n" + source}});
    auto library = load_library(files, "lib", sources, sink);
    EXPECT_TRUE(library);
    program.sources = &sources;
    program.names = &names;
    program.ast = &ast;
    check(program, *library, files, "p", {"main.envc"}, sink);
    std::string out;
    for (const auto& policy : program.policies) out += std::string(program.text(policy.name)) + " ";
    return out;
  }

  [[nodiscard]] std::string said() const {
    std::string out;
    for (const auto& d : sink.all()) out += std::string(d.code.id) + " " + d.message + "\n";
    return out;
  }
};

TEST(Editions, SayWhichPoliciesRun) {
  EXPECT_EQ(World().policies("edition 2026\nthing a { size = 1 }\n"), "small ");
  EXPECT_EQ(World().policies("edition 2027\nthing a { size = 1 }\nother b { }\n"), "any few small ");
  EXPECT_EQ(World().policies("edition 2026\nuse std.third\nthing a { size = 1 }\n"), "all small ");
}

TEST(Editions, TheNewestIsMeantWhereNoneIsNamed) {
  EXPECT_EQ(World().policies("thing a { size = 1 }\nother b { }\n"), "any few small ");
}

TEST(Editions, APolicyIsLoadedWhereItsThingsOccur) {
  EXPECT_EQ(World().policies("edition 2026\n"), "");
  EXPECT_EQ(World().policies("edition 2027\nother b { }\n"), "any ") << "few asks about both";
  EXPECT_EQ(World().policies("edition 2026\nkind thing { }\nthing a { }\n"), "") << "the user's own `thing` is another kind";
}

TEST(Editions, AProjectHasOne) {
  World unknown;
  EXPECT_EQ(unknown.policies("edition 2031\nthing a { size = 1 }\n"), "any small ");
  EXPECT_EQ(unknown.said(), "E0217 there is no edition 2031, but 2026 and 2027\n");
  World two;
  EXPECT_EQ(two.policies("edition 2026\nedition 2027\nthing a { size = 1 }\n"), "small ");
  EXPECT_EQ(two.said(), "E0222 one project has one edition: this says 2027, another line 2026\n");
  World same;
  (void)same.policies("edition 2026\nedition 2026\n");
  EXPECT_EQ(same.said(), "");
}

TEST(Editions, AnAllowOfARuleThatRunsIsKnownThoughNothingIsAsked) {
  World world;
  (void)world.policies("edition 2026\nallow small because \"x\"\nallow all because \"y\"\n");
  EXPECT_EQ(world.said(), "P0003 there is no rule `all` to allow\n");
}

}  // namespace
}  // namespace envc::sema
