// Whole programs: they parse, the formatter keeps their meaning, and no way of
// breaking them crashes, hangs or leaves a tree that later stages cannot walk.
#include <gtest/gtest.h>

#include <ctime>

#include "syntax/recover.h"
#include "syntax_support.h"

namespace envc::test {
namespace {

class Programs : public testing::TestWithParam<std::filesystem::path> {};

std::string name_of(const testing::TestParamInfo<std::filesystem::path>& info) { return info.param.stem().string(); }

/// Broken or not: the tree is whole, and formatting twice is formatting once.
void expect_sound(const std::string& text) {
  Parsed once(text);
  ASSERT_EQ(tree_defect(once.tree, text.size()), "") << text;
  EXPECT_EQ(once.tree.has_errors, once.sink.has_errors()) << text;
  auto formatted = once.formatted();
  EXPECT_EQ(squeezed(formatted), squeezed(text)) << text;
  Parsed twice(formatted);
  EXPECT_EQ(twice.formatted(), formatted) << text;
}

TEST_P(Programs, Parse) {
  Parsed p(read_text(GetParam()));
  EXPECT_EQ(p.problems(), std::vector<std::string>{});
  EXPECT_EQ(tree_defect(p.tree, p.sources.text(p.file).size()), "");
}

TEST_P(Programs, FormattingKeepsTheMeaning) {
  auto text = read_text(GetParam());
  Parsed before(text);
  auto formatted = before.formatted();
  Parsed after(formatted);
  EXPECT_EQ(after.problems(), std::vector<std::string>{});
  EXPECT_EQ(after.ast(), before.ast());
  EXPECT_EQ(squeezed(formatted), squeezed(text));
  EXPECT_EQ(after.formatted(), formatted);
}

TEST_P(Programs, CutAnywhere) {
  auto text = read_text(GetParam());
  for (std::size_t cut = 0; cut < text.size(); cut += 7) {
    expect_sound(text.substr(0, cut));
    expect_sound(text.substr(cut));
    if (HasFailure()) return;
  }
}

TEST_P(Programs, LoseAToken) {
  auto text = read_text(GetParam());
  for (std::uint32_t pos = 0; pos < text.size();) {
    auto end = syntax::token_end(text, pos);
    if (text[pos] != ' ') expect_sound(text.substr(0, pos) + text.substr(end));
    if (HasFailure()) return;
    pos = end;
  }
}

TEST_P(Programs, GainAToken) {
  auto text = read_text(GetParam());
  static constexpr const char* tokens[] = {"{", "}",  "(",   ")",      "[",  "]",    "\"", "'",  ",", "=",
                                           "-", "\n", "if ", "\"\"\"", "/*", "\x80", "\\", "${", ":", "."};
  std::size_t next = 0;
  for (std::uint32_t pos = 0; pos < text.size(); pos = syntax::token_end(text, pos)) {
    expect_sound(text.substr(0, pos) + tokens[next++ % std::size(tokens)] + text.substr(pos));
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Syntax, Programs, testing::ValuesIn(programs()), name_of);

/// A broken entry costs one diagnostic, and its neighbours are built.
TEST(Recovery, NeighboursSurvive) {
  Parsed p("service a {\n  x = 1\n  y = 1.2.3\n  z = 3, q = * 4, r = 5\n}\nservice b { w = 6 }\n");
  EXPECT_EQ(p.problems().size(), 2u);
  EXPECT_EQ(p.ast(), "service a{x = 1; <error>; z = 3; <error>; r = 5}\nservice b{w = 6}\n");
}

TEST(Recovery, AtTheNextDeclaration) {
  Parsed p("service a { x = 1 }\nservice { y = [\n  2] }\n  rest\nservice b { }\n}\nservice c { }\n");
  EXPECT_EQ(p.problems().size(), 2u);
  EXPECT_EQ(p.ast(), "service a{x = 1}\n<error>\nservice b{}\n<error>\nservice c{}\n");
}

TEST(Recovery, ABlockWithoutEndStopsAtTheNextDeclaration) {
  Parsed p("service a {\n  env {\n    x = 1\n\nservice b { y = 2 }\n");
  EXPECT_EQ(p.problems(), std::vector<std::string>{"E0102 2:7 this `{` is never closed"});
  EXPECT_EQ(p.ast(), "service a{env {x = 1; <error>}}\nservice b{y = 2}\n");
}

TEST(Recovery, ABracketWithoutEndKeepsTheEntriesBelow) {
  Parsed p("service a {\n  x = f(1,\n  y = 2\n  z = 3\n}\n");
  EXPECT_EQ(p.problems(), std::vector<std::string>{"E0106 2:8 this `(` is never closed"});
  EXPECT_EQ(p.ast().find("z = 3") == std::string::npos, false) << p.ast();
}

TEST(Limits, NestingIsAnErrorAndNoOverflow) {
  for (std::string open : {"(", "[", "{ x = ", "f(", "\"{f(", "not ", "if a then b else "}) {
    std::string text = "service a { x = ";
    for (int i = 0; i < 20000; ++i) text += open;
    Parsed p(text);
    EXPECT_TRUE(p.sink.has_errors()) << open;
    (void)p.formatted();
  }
  std::string close(200, ')');
  Parsed good("service a { x = " + std::string(200, '(') + "1" + close + " }");
  EXPECT_EQ(good.problems(), std::vector<std::string>{});
  Parsed bad("service a { x = " + std::string(300, '(') + "1" + std::string(300, ')') + ", y = 1 }");
  ASSERT_EQ(bad.problems().size(), 1u);
  EXPECT_EQ(bad.problems().front().substr(0, 5), "E0105");
}

TEST(Limits, ChainsAreLimitedToo) {
  auto chain = [](int n, const std::string& link) {
    std::string text = "service a { x = b";
    for (int i = 0; i < n; ++i) text += link;
    return text + ", y = 1 }";
  };
  for (std::string link : {" + b", ".b", "[b]", "(b)", " and b"}) {
    EXPECT_EQ(Parsed(chain(900, link)).problems(), std::vector<std::string>{}) << link;
    auto problems = Parsed(chain(5000, link)).problems();
    ASSERT_EQ(problems.size(), 1u) << link;
    EXPECT_EQ(problems.front().substr(0, 5), "E0105") << link;
  }
}

/// What could backtrack exponentially or scan the rest of the file again and again.
TEST(Limits, TimeGrowsWithTheText) {
  auto nested = [](const std::string& open, const std::string& inner, const std::string& close, int depth) {
    std::string text = "service a { x = ";
    for (int i = 0; i < depth; ++i) text += open;
    text += inner;
    for (int i = 0; i < depth; ++i) text += close;
    return text + " }";
  };
  auto repeated = [](const std::string& line, int n) {
    std::string text = "service a {\n";
    for (int i = 0; i < n; ++i) text += line + "\n";
    return text + "}\n";
  };
  auto start = std::clock();  // of this process: the machine may be busy
  for (const char* inner : {"1", "*", "1.2.3", "\""}) {
    (void)Parsed(nested("[", inner, "]", 250));
    (void)Parsed(nested("(", inner, ")", 250));
    (void)Parsed(nested("{ let y = ", inner, " )) }", 120));
    (void)Parsed(nested("f(a = { b = ", inner, " })", 80));
    (void)Parsed(nested("\"{f(", inner, ")}\"", 80));
    (void)Parsed(nested("if a then b else ", inner, "", 200));
    (void)Parsed(nested("match a { b => ", inner, " }", 100));
  }
  for (const char* line :
       {"  x = (", "  x = [1, 2", "  x = \"a", "  x = 1 1", "  x = {", "  )", "  /* a", "  x = a -1", "  // only a comment"}) {
    Parsed p(repeated(line, 20000));
    (void)p.formatted();
  }
  auto seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_LT(seconds, 30);  // generous, for sanitizers; a quadratic scan takes minutes
}

TEST(Range, OffsetsAreThoseOfTheFile) {
  SourceMap sources;
  diag::Sink sink;
  std::string text = "service a { }\n/// of b\nservice b { x = * }\nservice c { }\n";
  auto file = sources.add("lib.envc", text, SourceOwner::Library);
  auto begin = static_cast<std::uint32_t>(text.find("///"));
  auto end = static_cast<std::uint32_t>(text.find("service c"));
  auto tree = syntax::parse_range(sources, file, begin, end, sink);
  ASSERT_EQ(sink.all().size(), 1u);
  EXPECT_EQ(text[sink.all().front().primary.begin], '*');
  EXPECT_EQ(tree.nodes.front().begin, begin);
  EXPECT_EQ(tree.nodes.front().end, end);
}

}  // namespace
}  // namespace envc::test
