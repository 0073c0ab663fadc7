// From the tree to the AST: precedence, strings, names, docs, every form once.
#include <gtest/gtest.h>

#include "syntax/build.h"
#include "syntax_support.h"

namespace envc::test {
namespace {

std::string value(const std::string& text) {
  Parsed p("service a { x = " + text + " }");
  EXPECT_EQ(p.problems(), std::vector<std::string>{}) << text;
  auto ast = p.ast();
  return ast.substr(14, ast.size() - 16);  // without "service a{x = " and "}\n"
}
std::string entry(const std::string& text) {
  Parsed p("realize a on b {\n" + text + "\n}");
  EXPECT_EQ(p.problems(), std::vector<std::string>{}) << text;
  auto ast = p.ast();
  return ast.substr(15, ast.size() - 17);
}
std::string decl(const std::string& text) {
  Parsed p(text);
  EXPECT_EQ(p.problems(), std::vector<std::string>{}) << text;
  auto ast = p.ast();
  return ast.empty() ? ast : ast.substr(0, ast.size() - 1);
}

TEST(Build, Precedence) {
  EXPECT_EQ(value("a or b and not c == d ?? e..f + g * h.i"), "(a or (b and (not (c == (d ?? (e .. (f + (g * h.i))))))))");
  EXPECT_EQ(value("a - b - c"), "((a - b) - c)");
  EXPECT_EQ(value("(a - (b - c)) * d"), "((a - (b - c)) * d)");
  EXPECT_EQ(value("it > 5% over 5m"), "((it > 5_%) over 5_m)");
  EXPECT_EQ(value("not a and b"), "((not a) and b)");
  EXPECT_EQ(value("not not a is not none or b is c.d"), "((not (not (a is not none))) or (b is c.d))");
  EXPECT_EQ(value("a in b and c matches d and e contains f and g starts_with h"),
            "((((a in b) and (c matches d)) and (e contains f)) and (g starts_with h))");
  EXPECT_EQ(value("3 - -1"), "(3 - -1)");
  EXPECT_EQ(value("a.b?.c.\"d-e\"[0](1, k = 2)(3).`if`"), "a.b?.c.d-e[0](1, k=2)(3).if");
}

TEST(Build, Literals) {
  EXPECT_EQ(value("2027-01-31"), "date 2027-01-31");
  EXPECT_EQ(value("03:00..04:30"), "(time 03:00 .. time 04:30)");
  EXPECT_EQ(value("10.0.0.0/16"), "address 10.0.0.0/16");
  EXPECT_EQ(value("[512MiB, 0.5cpu, 70%, 100/min, -3s, 1.5, -7]"), "[512_MiB, 0.5_cpu, 70_%, 100_/min, -3_s, 1.5, -7]");
  EXPECT_EQ(value("[true, false, none, us-west-2]"), "[true, false, none, us-west-2]");
}

TEST(Build, Strings) {
  EXPECT_EQ(value("\"\""), "\"\"");
  EXPECT_EQ(value(R"("a\n\t\"\\\{b\}\u{e9}")"), "\"a\n\t\"\\{b}\xC3\xA9\"");
  EXPECT_EQ(value("\"$HOME {a.b(c, \"d{e}\")}!{m in whole MiB}\""), "\"$HOME {a.b(c, \"d{e}\")}!{m in whole MiB}\"");
  EXPECT_EQ(value("'a\\n{b}\"'"), "'a\\n{b}\"'");
  EXPECT_EQ(value("'''it's\n'quoted\\' '''"), "'it's\n'quoted\\' '");
}

TEST(Build, BlockStringsDropTheirFrame) {
  EXPECT_EQ(value("\"\"\"\n    a\n      b {c}\n\n    d\n    \"\"\""), "\"a\n  b {c}\n\nd\"");
  EXPECT_EQ(value("\"\"\"\r\n  a\r\n  b\r\n  \"\"\""), "\"a\nb\"");
  EXPECT_EQ(value("\"\"\"\n  {a}\n  \"\"\""), "\"{a}\"");
  EXPECT_EQ(value("\"\"\"a\n  b\"\"\""), "\"a\n  b\"");
  EXPECT_EQ(value("\"\"\"\n\"\"\""), "\"\"");
  EXPECT_EQ(value("\"\"\"\n  \"\"\""), "\"\"");
  EXPECT_EQ(value("\"\"\"\n  a\\n\n   \n  \"\"\""), "\"a\n\n \"");
  EXPECT_EQ(value("'''\n  {a}\\\n  '''"), "'{a}\\'");
  EXPECT_EQ(value("\"\"\"say \"hi\" {a}\"\"\""), "\"say \"hi\" {a}\"");
}

TEST(Build, Values) {
  EXPECT_EQ(value("if a then { b = 1 } else f { c = 2 }"), "(if a then {b = 1} else (f {c = 2}))");
  EXPECT_EQ(value("match a { b => 1, c as d => { e = d }\n f => [] }"), "match a { b => 1; c as d => {e = d}; f => [];}");
  EXPECT_EQ(value("[f(y for y in ys where y > 2), ...zs if k, a for a, b in c for d in e]"),
            "[f(y for y in ys where (y > 2)), ...zs if k, a for a,b in c for d in e]");
  EXPECT_EQ(value("a(1).b { c = 2 } if d"), "(a(1).b {c = 2}) if d");
}

TEST(Build, Entries) {
  EXPECT_EQ(entry("a = 1, b += 2\n c -= 3, d { e = 4 }, f g = 5, h i { j = 6 }, k l, m"),
            "a = 1; b += 2; c -= 3; d {e = 4}; f g = 5; h i {j = 6}; k l {}; m");
  EXPECT_EQ(entry("\"a b\" = 1, c \"d\" = 2, `for` = 3, final e = 4, final = 5"),
            "'a b' = 1; c 'd' = 2; for = 3; final e = 4; final = 5");
  EXPECT_EQ(entry("x if c, y for z in zs if q, w = 1 if v"), "x if c; y for z in zs if q; w = 1 if v");
  EXPECT_EQ(entry("[\"a{b}\"] = 1 if c\n ...d for e in f"), "[\"a{b}\"] = 1 if c; ...d for e in f");
  EXPECT_EQ(entry("varies vital silent main output a: B = 1\n out c: D?\n option e: \"x\" | \"y\""),
            "varies vital silent main output a: B = 1; out c: D?; option e: 'x'|'y'");
  EXPECT_EQ(entry("let a: Int = 1\n let b = 2\n setting c: Host"), "let a: Int = 1; let b = 2; setting c: Host");
  EXPECT_EQ(entry("emit a = B.C(k = d) { e = 1 } if f\n emit g\n emit h { }"), "emit a = B.C(k=d){e = 1} if f; emit g; emit h{}");
  EXPECT_EQ(entry("for a, b in c where d { emit e }\n if f { g = 1 } else { h = 2 }"),
            "for a,b in c where d {emit e}; if f{g = 1} else {h = 2}");
  EXPECT_EQ(entry("patch a.b { c = 1 }\n remove d.e\n on f { g = 1 }"), "patch a.b{c = 1}; remove d.e; on f{g = 1}");
  EXPECT_EQ(entry("require a > 1\n else \"m {a}\"\n ignores b, c.d if e because \"w\"\n approximates f because 'v'"),
            "require (a > 1) else \"m {a}\"; ignores b c.d if e because \"w\"; approximates f because 'v'");
  EXPECT_EQ(entry("require few-b : a > 1\n else \"m\"\n require a else 'n'\n require = 2"),
            "require few-b: (a > 1) else \"m\"; require a else 'n'; require = 2");
  EXPECT_EQ(entry("allow a.b because \"c\" until 2027-01-31"), "allow a.b because \"c\" until 2027-01-31");
}

TEST(Build, Types) {
  EXPECT_EQ(entry("a: Map<String, List<Int?>>?\n b: { c: Int, d: E } in whole GiB where (it > 0)?"),
            "a: Map<String, List<Int?>>?; b: {c: Int; d: E} in whole GiB where (it > 0)?");
}

TEST(Build, Declarations) {
  EXPECT_EQ(decl("edition 2026"), "edition 2026");
  EXPECT_EQ(decl("use std.a.b as c\nuse \"./d\""), "use std.a.b as c\nuse './d'");
  EXPECT_EQ(decl("private param a: Int = 1\ninput b: C\nsetting d: E"), "private param a: Int = 1\ninput b: C\nsetting d: E");
  EXPECT_EQ(decl("type A = \"b\" | \"c\"\nenum D = e | f\nunion G = h | i { j: K }"),
            "type A = 'b'|'c'\nenum D = | e | f\nunion G = | h | i{j: K}");
  EXPECT_EQ(decl("native fn a(b: C, d: E = 1): F?\nfn g(): H = 2"), "native fn a(b: C, d: E = 1): F?\nfn g(): H = 2");
  EXPECT_EQ(decl("kind a extends b.c on d : e, f { g }\nrecord h { }"), "kind a extends b.c on d : e : f{g}\nrecord h{}");
  EXPECT_EQ(decl("shape a.b in 'c' { d }\nrealize e.f on g { }"), "shape a.b in 'c'{d}\nrealize e.f on g{}");
  EXPECT_EQ(decl("policy a(b: c) if d { }\ntest \"t\" { expect 1 == 1, expect 2 }"),
            "policy a(b: c) if d{}\ntest \"t\" expect (1 == 1) expect 2");
  EXPECT_EQ(decl("abstract environment a extends b on c { }\nallow d because \"e\""),
            "abstract environment a extends b on c{}\nallow d because \"e\"");
  EXPECT_EQ(decl("a b\nc.d e { f = 1 }"), "a b\nc.d e{f = 1}");
}

TEST(Build, DocComments) {
  EXPECT_EQ(decl("/// one\n///two\n//// no\n// no\n/// three\n///   four\nservice a {\n  /// five\n  x = 1\n  // no\n  y = 2 /// "
                 "no\n  z = 3\n}"),
            "<three\n  four>service a{<five>x = 1; y = 2; z = 3}");
  EXPECT_EQ(decl("/// apart\n\nservice a { x = \"\"\"\n/// text\"\"\"\n y = 1 }"), "service a{x = \"/// text\"; y = 1}");
}

TEST(Build, Spans) {
  Parsed p("service a { x = (b + c) * d.e(1) }");
  std::vector<std::string> spans;
  for (std::uint32_t i = 0; i < p.arena.exprs.size(); ++i) spans.emplace_back(p.sources.text(p.arena.exprs[ast::ExprId(i)].span));
  EXPECT_EQ(spans, (std::vector<std::string>{"b", "c", "b + c", "d", "d.e", "1", "d.e(1)", "(b + c) * d.e(1)"}));
}

}  // namespace
}  // namespace envc::test
