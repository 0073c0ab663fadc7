// The canonical form, piece by piece. What it must keep is in syntax_programs.
#include <gtest/gtest.h>

#include "syntax_support.h"

namespace envc::test {
namespace {

std::string formatted(const std::string& text) {
  Parsed p(text);
  auto once = p.formatted();
  EXPECT_EQ(Parsed(once).formatted(), once) << text;
  return once;
}

TEST(Format, BlanksBetweenTokens) {
  EXPECT_EQ(formatted("service a{x=1,y=[ 1,2 ,3 ],z=f( 1 ,k=2 )[ 0 ].b}"),
            "service a { x = 1, y = [1, 2, 3], z = f(1, k = 2)[0].b }\n");
  EXPECT_EQ(formatted("kind  a:b ,c{x :List< Int >?=none}"), "kind a : b, c { x: List<Int>? = none }\n");
  EXPECT_EQ(formatted("service a { x = 1 .. 3,y =[...a] }"), "service a { x = 1..3, y = [...a] }\n");
  EXPECT_EQ(formatted("fn f(a:Int,b:Int):Int=if a  ==  b then  (a)  else  [ b ][ 0 ]"),
            "fn f(a: Int, b: Int): Int = if a == b then (a) else [b][0]\n");
  EXPECT_EQ(formatted("service a { }"), "service a { }\n");
  EXPECT_EQ(formatted("kind a { require few :b  < 3 else 'c' }"), "kind a { require few: b < 3 else 'c' }\n");
  EXPECT_EQ(formatted("kind a {\nrequire few:\nb < 3\nelse 'c' }"), "kind a {\n  require few:\n    b < 3\n    else 'c'\n}\n");
}

TEST(Format, Lines) {
  EXPECT_EQ(formatted("\n\n\nservice a {\n\n\n  x = 1\n\n\n  y = 2\n\n}\n\n\n\nservice b { }\n\n"),
            "service a {\n  x = 1\n\n  y = 2\n}\n\nservice b { }\n");
  EXPECT_EQ(formatted("service a {\nx = 1,\ny = 2,z = 3\n}"), "service a {\n  x = 1\n  y = 2, z = 3\n}\n");
  EXPECT_EQ(formatted("service a { x = 1,\ny { z = 2 } }"), "service a {\n  x = 1\n  y { z = 2 }\n}\n");
  EXPECT_EQ(formatted("service a { x = [\n1\n2, 3\n] }"), "service a {\n  x = [\n    1,\n    2, 3,\n  ]\n}\n");
  EXPECT_EQ(formatted("service a {\n  x = b and\n      c\n    or d\n}"), "service a {\n  x = b and\n    c\n    or d\n}\n");
  EXPECT_EQ(formatted("service a { x = f(\"p\", json = {\ny = 1 }) }"),
            "service a {\n  x = f(\"p\", json = {\n    y = 1\n  })\n}\n");
}

TEST(Format, LongLinesBreakTheirOutermostBlock) {
  std::string text(80, 't');
  EXPECT_EQ(formatted("service a { x = \"" + text + "\", y { z = 1 }, w = 2 }"),
            "service a { x = \"" + text + "\", y { z = 1 }, w = 2 }\n");
  EXPECT_EQ(formatted("service a { x = \"" + text + "\", y { z = 1 }, w = 2, v = 34 }"),
            "service a {\n  x = \"" + text + "\"\n  y { z = 1 }\n  w = 2\n  v = 34\n}\n");
  EXPECT_EQ(formatted("let a = [\"" + text + "\", \"" + text + "\"]"),
            "let a = [\n  \"" + text + "\",\n  \"" + text + "\",\n]\n");
}

TEST(Format, Alignment) {
  EXPECT_EQ(
      formatted("service a {\n  x = 1\n  long = 2, m = 3\n  name\n  yy = 3 if z\n  block { x = 1 }\n  q = 1\n\n  rr = 2\n}"),
      "service a {\n  x    = 1\n  long = 2, m = 3\n  name\n  yy   = 3 if z\n  block { x = 1 }\n  q = 1\n\n  rr = 2\n}\n");
  EXPECT_EQ(formatted("fn f(): A = match b {\n  c => 1\n  ddd as e => 2\n}"),
            "fn f(): A = match b {\n  c        => 1\n  ddd as e => 2\n}\n");
  EXPECT_EQ(formatted("realize a on b {\n  emit c = D\n  emit eee = F { }\n}"),
            "realize a on b {\n  emit c   = D\n  emit eee = F { }\n}\n");
  EXPECT_EQ(formatted("service a { // one\n  x = 1 // two\n  y = 234 //three\n\n  z = 3 // four\n}"),
            "service a {  // one\n  x = 1    // two\n  y = 234  //three\n\n  z = 3  // four\n}\n");
}

TEST(Format, WhatIsBrokenIsCopied) {
  EXPECT_EQ(formatted("service a{x=1}\nservice  {  y=2 }\nservice b{z=3}"),
            "service a { x = 1 }\nservice  {  y=2 }\nservice b { z = 3 }\n");
  EXPECT_EQ(formatted("service a{\nb{x=1  2}\nc{y=3}\n}"), "service a {\n  b {x=1  2}\n  c { y = 3 }\n}\n");
  EXPECT_EQ(formatted("service a{\nx=1\n\nservice b{y=2}"), "service a{\nx=1\n\nservice b { y = 2 }\n");
  EXPECT_EQ(formatted("\xFF"), "\xFF");
}

TEST(Format, NothingAndLineEnds) {
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted("\n \n"), "");
  EXPECT_EQ(formatted("// a"), "// a\n");
  EXPECT_EQ(formatted("service a {\r\n  x = 1 // b\r\n}\r\n"), "service a {\n  x = 1  // b\n}\n");
}

}  // namespace
}  // namespace envc::test
