// Every known mistake: what is said, where, and what each fix makes of it. The
// table tests/golden/syntax/mistakes.txt is read, run and compared; ENVC_UPDATE=1
// writes it anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>

#include "syntax_support.h"

namespace envc::test {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : c == '\\' ? "\\\\" : std::string(1, c);
  return out;
}

std::string applied(std::string text, const diag::Fix& fix) {
  auto edits = fix.edits;
  std::sort(edits.begin(), edits.end(), [](const diag::Edit& a, const diag::Edit& b) { return a.span.begin > b.span.begin; });
  for (const auto& e : edits) text.replace(e.span.begin, e.span.end - e.span.begin, e.text);
  return text;
}

/// The record of one source: its diagnostics, and its text after each fix.
std::string record_of(const std::string& source) {
  Parsed p(source);
  std::string out = "| " + escaped(source) + "\n";
  auto problems = p.problems();
  for (std::size_t i = 0; i < problems.size(); ++i) {
    out += "  " + problems[i] + "\n";
    for (const auto& fix : p.sink.all()[i].fixes) {
      auto fixed = applied(source, fix);
      out += "    " + fix.title + ": " + escaped(fixed) + "\n";
      // A fix mends: it may show what stands behind the mistake, but not more mistakes.
      EXPECT_LE(Parsed(fixed).problems().size(), problems.size()) << source << "\n" << fix.title;
      EXPECT_NE(Parsed(fixed).problems(), problems) << source << "\n" << fix.title;
    }
  }
  return out;
}

const std::filesystem::path& path() {
  static const auto result = std::filesystem::path(ENVC_SOURCE_DIR) / "tests/golden/syntax/mistakes.txt";
  return result;
}

TEST(Reports, Mistakes) {
  auto expected = read_text(path());
  std::string actual = expected.substr(0, expected.find("\n|") + 1);  // the head
  std::set<std::string> codes;
  for (const auto& line : table("mistakes.txt")) {
    if (line.front() != '|') {
      if (line.substr(0, 3) == "  E") codes.insert(line.substr(2, 5));
      continue;
    }
    actual += record_of(unescaped(line.substr(2)));
  }
  if (std::getenv("ENVC_UPDATE") != nullptr && std::getenv("CI") == nullptr) {
    std::ofstream(path(), std::ios::binary) << actual;
    GTEST_SKIP() << "written anew";
  }
  EXPECT_EQ(actual, expected);
  for (const auto& code : diag::all_codes()) {
    if (!std::string_view(code.id).starts_with("E01")) continue;
    EXPECT_TRUE(codes.contains(code.id)) << code.id << " stands in no record";
  }
}

TEST(Reports, Files) {
  auto first = [](const std::string& text) {
    auto problems = Parsed(text).problems();
    return problems.empty() ? std::string() : problems.front();
  };
  EXPECT_EQ(first("service a { x = \"\xFF\" }"), "E0001 1:18 byte 0xFF at offset 17 is not UTF-8");
  EXPECT_EQ(first("\xEF\xBB\xBFservice a { }"), "E0002 1:1 the file starts with a byte order mark");
  EXPECT_EQ(first("service a { x = \"e\xCC\x81\" }").substr(0, 10), "E0003 1:18");
  EXPECT_EQ(first(std::string("service a {\0}", 13)), "E0004 1:12 the file has a NUL byte at offset 11");
  EXPECT_EQ(first("service a { }\rservice b { }"), "E0005 1:14 a carriage return without a newline at offset 13");
  Parsed mark("\xEF\xBB\xBFservice a { x = 1 }\n");
  EXPECT_EQ(mark.problems().size(), 1u);  // what follows the mark is read
  EXPECT_EQ(mark.ast(), "service a{x = 1}\n");
  EXPECT_EQ(mark.formatted(), "service a { x = 1 }\n");
  Parsed accents("// e\xCC\x81 u\xCC\x88 q\xCC\x81\n");
  ASSERT_EQ(accents.sink.all().size(), 1u);
  EXPECT_EQ(accents.sink.all().front().fixes.front().edits.size(), 2u);
  EXPECT_EQ(accents.sink.all().front().fixes.front().edits.front().text, "\xC3\xA9");
}

TEST(Edges, TakenAndRefused) {
  for (const auto& line : table("edges.txt")) {
    ASSERT_TRUE(line.starts_with("+ ") || line.starts_with("- ")) << line;
    Parsed p(unescaped(line.substr(2)));
    EXPECT_EQ(p.sink.has_errors(), line.front() == '-') << line << "\n" << (p.problems().empty() ? "" : p.problems().front());
    EXPECT_EQ(tree_defect(p.tree, p.sources.text(p.file).size()), "") << line;
    if (line.front() == '-') continue;
    Parsed after(p.formatted());
    EXPECT_EQ(after.ast(), p.ast()) << line;
    EXPECT_EQ(after.formatted(), p.formatted()) << line;
  }
}

}  // namespace
}  // namespace envc::test
