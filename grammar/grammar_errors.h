// What is expected where a rule fails: the one table between the grammar and the
// messages of a broken entry. A rule that stands here is needed where it stands;
// optional parts must not, or messages would list everything that could follow.
#pragma once

#include "grammar/envc_grammar.h"
#include "syntax/failure.h"

namespace envc::grammar {

/// `Expected::Nothing` for rules that no message names.
template <typename Rule>
inline constexpr syntax::Expected expectation = syntax::Expected::Nothing;

#define ENVC_EXPECT(rule, what) \
  template <>                   \
  inline constexpr syntax::Expected expectation<rule> = syntax::Expected::what;
ENVC_EXPECT(decl, Declaration)
ENVC_EXPECT(entry, Entry)
ENVC_EXPECT(decl_field, Name)
ENVC_EXPECT(primary, Value)
ENVC_EXPECT(type, Type)
ENVC_EXPECT(name, Name)
ENVC_EXPECT(path, Name)
ENVC_EXPECT(case_name, Name)
ENVC_EXPECT(unit_name, Name)
ENVC_EXPECT(member_name, Name)
ENVC_EXPECT(reason, String)
ENVC_EXPECT(until_date, Date)
ENVC_EXPECT(edition_year, Number)
ENVC_EXPECT(equals, Equals)
ENVC_EXPECT(colon, Colon)
ENVC_EXPECT(arrow, Arrow)
ENVC_EXPECT(then_word, Then)
ENVC_EXPECT(else_word, Else)
ENVC_EXPECT(because, Because)
ENVC_EXPECT(in_word, In)
ENVC_EXPECT(on_word, On)
ENVC_EXPECT(block_start, BlockStart)
ENVC_EXPECT(open_paren, OpenParen)
ENVC_EXPECT(close_paren, CloseParen)
ENVC_EXPECT(close_args, NextArg)
ENVC_EXPECT(close_list, NextItem)
ENVC_EXPECT(name_gap, Name)
ENVC_EXPECT(close_bracket, CloseBracket)
ENVC_EXPECT(close_angle, CloseAngle)
ENVC_EXPECT(close_brace, CloseBrace)
ENVC_EXPECT(hole_close, CloseBrace)
ENVC_EXPECT(entry_stop, EntryEnd)
ENVC_EXPECT(decl_stop, DeclEnd)
#undef ENVC_EXPECT

}  // namespace envc::grammar
