// Sources (lines and columns), UTF-8, symbols, the arena.
#include <gtest/gtest.h>

#include "base/arena.h"
#include "base/id.h"
#include "base/shell.h"
#include "base/source.h"
#include "base/symbol.h"
#include "base/utf8.h"

namespace envc {
namespace {

TEST(SourceMap, CountsLinesAndCodePoints) {
  SourceMap sources;
  auto file = sources.add("a.envc", "é = 1\r\nx\n", SourceOwner::User);
  EXPECT_EQ(sources.line_column(file, 3).column, 3u);
  EXPECT_EQ(sources.line_column(file, 8).line, 2u);
  EXPECT_EQ(sources.line_column(file, 10).line, 3u);
  EXPECT_EQ(sources.line_column(file, 999).line, 3u);
  EXPECT_EQ(sources.line_text(file, 1), "é = 1");
  EXPECT_EQ(sources.line_text(file, 3), "");
  EXPECT_EQ(sources.line_text(file, 4), "");
  EXPECT_EQ(sources.place({file, 8, 9}), "a.envc:2:1");
  EXPECT_EQ(sources.place({}), "<nowhere>");
}

TEST(SourceMap, KeepsTextsWhereTheyAre) {
  SourceMap sources;
  auto first = sources.add("a", "short", SourceOwner::User);
  auto text = sources.text(first);
  for (int i = 0; i < 1000; ++i) sources.add("b", "x", SourceOwner::User);
  EXPECT_EQ(text, "short");
  EXPECT_EQ(sources.text(first).data(), text.data());
}

TEST(Utf8, DecodesWhatIsWellFormed) {
  EXPECT_EQ(utf8::decode("a", 0).point, U'a');
  EXPECT_EQ(utf8::decode("é", 0).point, U'é');
  EXPECT_EQ(utf8::decode("日", 0).point, U'日');
  EXPECT_EQ(utf8::decode("😀", 0).point, U'😀');
  EXPECT_EQ(utf8::decode("😀", 0).length, 4u);
}

TEST(Utf8, RejectsOverlongSurrogatesTruncatedAndTooLarge) {
  for (std::string_view bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xE6\x97", "\xF4\x90\x80\x80", "\x80", "\xFF"}) {
    auto decoded = utf8::decode(bad, 0);
    EXPECT_FALSE(decoded.valid);
    EXPECT_EQ(decoded.length, 1u);
  }
  EXPECT_EQ(utf8::first_invalid("aé\xFFx"), 3u);
  EXPECT_EQ(utf8::first_invalid("aé日"), std::string_view::npos);
}

TEST(Shell, QuotesOnlyWhatTheShellWouldRead) {
  for (const auto* plain : {"a", "--max-memory=256mb", "/var/lib/x_1", "user@host:80", "a,b", "50%", "-"}) EXPECT_EQ(shell_word(plain), plain);
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("two words"), "'two words'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("$HOME `x` \"y\" \\"), "'$HOME `x` \"y\" \\'");
  EXPECT_EQ(shell_word("~"), "'~'");
  EXPECT_EQ(shell_word("PATH=x"), "'PATH=x'");
  EXPECT_EQ(shell_word("a\nb"), "'a\nb'");
  EXPECT_EQ(shell_word("é"), "'é'");
}

TEST(Interner, GivesEqualTextsOneSymbol) {
  Interner names;
  auto a = names.add("web");
  EXPECT_EQ(a, names.add("web"));
  EXPECT_NE(a, names.add("db"));
  EXPECT_EQ(names[a], "web");
  EXPECT_TRUE(names.add("").empty());
  EXPECT_TRUE(names.find("unknown").empty());
}

TEST(Arena, AlignsAndOutgrowsItsBlocks) {
  Arena arena;
  (void)arena.copy("x");
  auto* number = arena.make<double>(1.5);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(number) % alignof(double), 0u);
  std::string large(1 << 20, 'a');
  EXPECT_EQ(arena.copy(large), large);
  EXPECT_EQ(*number, 1.5);
}

TEST(Store, KeepsIdsWhenItGrows) {
  Store<int> store;
  auto first = store.add(1);
  for (int i = 0; i < 100; ++i) store.add(i);
  EXPECT_EQ(store[first], 1);
  EXPECT_FALSE(Id<int>().valid());
}

}  // namespace
}  // namespace envc
