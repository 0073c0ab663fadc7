// `allow … until`: judged against a day that is given from outside; and the
// allows that none of several environments needed.
#include <gtest/gtest.h>

#include <algorithm>

#include "memory_files.h"
#include "model/merge.h"
#include "model/rules.h"
#include "sema/sema.h"

namespace envc::model {
namespace {

constexpr const char* source =
    "edition 2026\nsystem shop { }\nrecord Nothing { }\nkind thing { size: Int }\n"
    "policy small(t: thing) { require t.size < 3 else \"too big\" }\n"
    "allow small because \"being measured\" until 2026-06-30\n"
    "platform desk { formats = [\"none\"] }\nrealize thing on desk { ignores size because \"a test\" }\n"
    "environment one on desk { }\nenvironment two on desk { }\n";

struct World {
  SourceMap sources;
  Interner names;
  ast::Arena ast;
  sema::Program program;
  diag::Sink sink;

  explicit World(const std::string& text) {
    program.sources = &sources;
    program.names = &names;
    program.ast = &ast;
    MemoryFiles files({{"p/main.envc", text}});
    sema::check(program, sema::embedded_library(), files, "p", {"main.envc"}, sink);
  }

  std::set<std::uint32_t> freeze(std::uint32_t index, const std::string& as_of) {
    auto environment = merge(program, index, sink);
    environment.as_of = as_of;
    Evaluator(environment, sink).freeze();
    return environment.used_allows;
  }

  [[nodiscard]] std::string codes() const {
    std::string out;
    for (const auto& d : sink.all()) out += std::string(d.code.id) + " " + d.message + "\n";
    return out;
  }
};

TEST(Allow, HoldsUntilItsLastDay) {
  World world(std::string(source) + "thing desk_top { size = 7 }\n");
  EXPECT_EQ(world.freeze(0, ""), std::set<std::uint32_t>{0});
  world.freeze(0, "2026-06-30");
  EXPECT_EQ(world.codes(), "");
  world.freeze(0, "2026-07-01");
  EXPECT_EQ(world.codes(), "P0004 `allow small` ended on 2026-06-30\n");
}

TEST(Allow, OfSeveralEnvironmentsIsUnusedWhereNoneNeedsIt) {
  World world(std::string(source) + "thing desk_top { size = 1 }\n");
  EXPECT_TRUE(world.freeze(0, "").empty());
  EXPECT_EQ(world.codes(), "") << "another environment may need it";
  report_unused_allows(world.program, {}, world.sink);
  EXPECT_EQ(world.codes(), "P0002 `allow small` allows nothing: the rule holds without it\n");
}

}  // namespace
}  // namespace envc::model
