// The grammar of envc, one rule a line, in the order of envc.peg. Owns what is
// well-formed; it knows no tree, no recovery and no message: those hang on the
// rules in compiler/syntax (kinds.def, parse.cpp) and in grammar_errors.h.
// Every choice is made by its first characters or by a lookahead that holds no
// value, so nothing that can nest is ever matched twice.
#pragma once

#include <tao/pegtl.hpp>

namespace envc::grammar {

using namespace tao::pegtl;  // names declared here hide PEGTL's; none is called `match`

// clang-format off
// ---- blanks and lines
struct blanks        : star<one<' ', '\t'>> {};
struct needed        : plus<one<' ', '\t'>> {};
struct line_break    : seq<opt<one<'\r'>>, one<'\n'>> {};
struct comment       : seq<string<'/', '/'>, star<not_one<'\n'>>> {};
struct line_end      : sor<seq<comment, sor<one<'\n'>, eof>>, line_break> {};
struct empty_rest    : seq<blanks, line_end> {};
struct lines         : seq<star<empty_rest>, blanks> {};
struct new_lines     : seq<plus<empty_rest>, blanks> {};
struct comma         : one<','> {};
struct separator     : seq<blanks, sor<seq<comma, lines>, seq<empty_rest, lines, opt<comma, lines>>>> {};
struct listed        : seq<lines, comma, lines> {};
struct gap           : sor<new_lines, needed> {};

// ---- words
struct ident_first   : ranges<'A', 'Z', 'a', 'z', '_'> {};
struct ident_other   : ranges<'A', 'Z', 'a', 'z', '0', '9', '_'> {};
struct ident         : seq<ident_first, star<ident_other>, star<one<'-'>, plus<ident_other>>> {};
struct word_end      : not_at<opt<one<'-'>>, ident_other> {};
template <typename... Texts> struct word_of : seq<sor<Texts...>, word_end> {};
#define ENVC_TEXT(text) TAO_PEGTL_STRING(text)
#define ENVC_WORD(text) seq<ENVC_TEXT(text), word_end>
struct reserved      : word_of<ENVC_TEXT("and"), ENVC_TEXT("or"), ENVC_TEXT("not"), ENVC_TEXT("is"), ENVC_TEXT("in"), ENVC_TEXT("if"), ENVC_TEXT("then"), ENVC_TEXT("else"), ENVC_TEXT("match"), ENVC_TEXT("for"), ENVC_TEXT("true"), ENVC_TEXT("false"), ENVC_TEXT("none")> {};
struct quoted_ident  : seq<one<'`'>, ident, one<'`'>> {};
struct label_text    : sor<ident, quoted_ident> {};
struct name_text     : sor<seq<not_at<reserved>, ident>, quoted_ident> {};
struct label         : label_text {};
struct name          : name_text {};
struct name_value    : name_text {};

// ---- literals
struct integer       : plus<digit> {};
struct date          : seq<rep<4, digit>, one<'-'>, rep<2, digit>, one<'-'>, rep<2, digit>, word_end> {};
struct time_of_day   : seq<rep<2, digit>, one<':'>, rep<2, digit>, word_end> {};
struct octet         : rep_min_max<1, 3, digit> {};
struct address       : seq<octet, rep<3, one<'.'>, octet>, opt<one<'/'>, rep_min_max<1, 2, digit>>, word_end> {};
struct number_text   : seq<opt<one<'-'>>, integer, opt<one<'.'>, integer>> {};
struct unit_text     : sor<one<'%'>, seq<opt<one<'/'>>, plus<alpha>>> {};
struct quantity      : seq<number_text, unit_text, word_end> {};
struct number        : seq<number_text, word_end, not_at<one<'.'>, digit>> {};
struct number_start  : seq<opt<one<'-'>>, digit> {};
struct literal       : seq<at<number_start>, sor<date, time_of_day, address, quantity, number>> {};

// ---- strings
struct hole;
struct escape        : seq<one<'\\'>, sor<one<'n', 'r', 't', '"', '\'', '\\', '{', '}'>, seq<string<'u', '{'>, rep_min_max<1, 6, xdigit>, one<'}'>>>> {};
struct lone_dollar   : seq<one<'$'>, not_at<one<'{'>>> {};
struct lone_quote    : seq<not_at<string<'"', '"', '"'>>, one<'"'>> {};
struct raw_quotes    : string<'\'', '\'', '\''> {};
struct block_quotes  : string<'"', '"', '"'> {};
struct string_end    : one<'"'> {};
struct line_text     : plus<not_one<'"', '\\', '{', '}', '\n', '$'>> {};
struct block_text    : plus<not_one<'"', '\\', '{', '}', '$'>> {};
struct raw_block     : seq<raw_quotes, until<raw_quotes>> {};
struct raw_line      : seq<one<'\''>, star<not_one<'\'', '\n'>>, one<'\''>> {};
struct block_string  : seq<block_quotes, star<sor<block_text, lone_quote, lone_dollar, escape, hole>>, block_quotes> {};
struct line_string   : seq<one<'"'>, star<sor<line_text, lone_dollar, escape, hole>>, string_end> {};
struct string_value  : if_then_else<at<raw_quotes>, raw_block, if_then_else<at<block_quotes>, block_string, sor<line_string, raw_line>>> {};
struct plain_line    : seq<one<'"'>, star<sor<line_text, lone_dollar, escape>>, one<'"'>> {};
struct plain_text    : sor<plain_line, raw_line> {};
struct plain_string  : plain_text {};
struct text          : string_value {};

// ---- values; a `{` never follows a bare expression, so heads of for / if / match need no second grammar
struct value;
struct type;
struct block;
struct bare_expr;
struct operand;
struct for_clause;
struct close_paren   : one<')'> {};
struct close_args    : one<')'> {};
struct close_list    : one<']'> {};
struct close_bracket : one<']'> {};
struct close_brace   : one<'}'> {};
struct block_close   : one<'}'> {};
struct block_start   : at<one<'{'>> {};
struct assign_mark   : seq<one<'='>, not_at<one<'=', '>'>>> {};
struct equals        : assign_mark {};
struct then_word     : seq<gap, ENVC_TEXT("then"), gap> {};
struct else_word     : seq<gap, ENVC_TEXT("else"), gap> {};
struct condition     : seq<ENVC_TEXT("if"), needed, bare_expr, then_word, value, else_word, value> {};
struct arrow         : string<'=', '>'> {};
struct as            : seq<ENVC_TEXT("as"), needed, name> {};
struct arm           : seq<label, opt<needed, as>, blanks, arrow, lines, value> {};
struct arms          : seq<arm, star<separator, arm>, opt<separator>> {};
struct match_value   : seq<ENVC_TEXT("match"), needed, bare_expr, blanks, block_start, one<'{'>, lines, opt<arms>, lines, close_brace> {};
struct or_op         : ENVC_WORD("or") {};
struct and_op        : ENVC_WORD("and") {};
struct not_op        : seq<ENVC_TEXT("not"), needed> {};
struct compare_op    : sor<string<'=', '='>, string<'!', '='>, string<'<', '='>, string<'>', '='>, one<'<', '>'>, word_of<ENVC_TEXT("in"), ENVC_TEXT("matches"), ENVC_TEXT("contains"), ENVC_TEXT("starts_with")>> {};
struct over_op       : ENVC_TEXT("over") {};
struct default_op    : string<'?', '?'> {};
struct range_op      : seq<string<'.', '.'>, not_at<one<'.'>>> {};
struct sum_op        : one<'+', '-'> {};
struct product_op    : sor<one<'*'>, seq<one<'/'>, not_at<one<'/'>>>> {};
struct optional_mark : one<'?'> {};
struct member_name   : sor<label, plain_string> {};
struct member        : seq<opt<optional_mark>, one<'.'>, not_at<one<'.'>>, member_name> {};
struct index         : seq<one<'['>, lines, value, lines, close_bracket> {};
struct arg_label     : seq<label_text, blanks, assign_mark> {};
struct arg           : seq<opt<at<arg_label>, label, blanks, assign_mark, lines>, value, star<lines, for_clause>> {};
struct args          : seq<one<'('>, lines, opt<arg, star<listed, arg>>, lines, opt<comma>, lines, close_args> {};
struct spread_mark   : string<'.', '.', '.'> {};
struct guard         : seq<ENVC_TEXT("if"), needed, bare_expr> {};
struct item          : seq<opt<spread_mark>, value, star<lines, for_clause>, opt<needed, guard>> {};
struct list_value    : seq<one<'['>, lines, opt<item, star<separator, item>, opt<separator>>, lines, close_list> {};
struct paren         : seq<one<'('>, lines, value, lines, close_paren> {};
struct true_value    : ENVC_WORD("true") {};
struct false_value   : ENVC_WORD("false") {};
struct none_value    : ENVC_WORD("none") {};
struct primary       : sor<name_value, text, literal, list_value, paren, true_value, false_value, none_value> {};
struct postfix       : seq<primary, star<sor<args, index, member>>> {};
struct product       : seq<postfix, star<needed, product_op, gap, postfix>> {};
struct sum           : seq<product, star<needed, sum_op, gap, product>> {};
struct range_value   : seq<sum, opt<blanks, range_op, blanks, sum>> {};
struct default_value : seq<range_value, star<needed, default_op, gap, range_value>> {};
struct path          : seq<label, star<one<'.'>, not_at<one<'.'>>, member_name>> {};
struct not_prefix    : not_op {};
struct is_object     : sor<none_value, path> {};
struct is_test       : seq<ENVC_TEXT("is"), needed, opt<not_prefix>, is_object> {};
struct comparison    : seq<needed, compare_op, gap, default_value, opt<needed, over_op, needed, default_value>> {};
struct compare       : seq<default_value, opt<sor<seq<needed, is_test>, comparison>>> {};
struct negated;
struct operand       : if_then_else<not_prefix, negated, compare> {};
struct negated       : operand {};
struct conjunction   : seq<operand, star<gap, and_op, lines, operand>> {};
struct expression    : seq<conjunction, star<gap, or_op, lines, conjunction>> {};
struct bare_expr     : expression {};
struct hole_expr     : postfix {};
struct constructed   : seq<expression, opt<blanks, block>> {};
struct value         : sor<condition, match_value, block, constructed> {};
struct for_names     : seq<name, opt<blanks, comma, blanks, name>> {};
struct in_word       : seq<needed, ENVC_TEXT("in"), needed> {};
struct for_clause    : seq<ENVC_TEXT("for"), needed, for_names, in_word, bare_expr, opt<needed, ENVC_TEXT("where"), needed, bare_expr>> {};
struct whole         : ENVC_TEXT("whole") {};
struct unit_name     : ident {};
struct unit          : seq<ENVC_TEXT("in"), needed, opt<whole, needed>, unit_name> {};
struct hole_close    : one<'}'> {};
struct hole          : seq<one<'{'>, hole_expr, opt<needed, unit>, hole_close> {};

// ---- types
struct entry_end     : seq<blanks, sor<at<one<',', '}'>>, at<line_end>, eof>> {};
struct entry_stop    : at<entry_end> {};
struct decl_field;
struct member_slot   : seq<decl_field, entry_stop> {};
struct at_close      : sor<one<'}'>, eof> {};
struct type_body     : seq<one<'{'>, lines, star<not_at<at_close>, member_slot, opt<separator>, lines>, block_close> {};
struct bar           : seq<blanks, one<'|'>, lines> {};
struct literal_type  : seq<plain_string, star<bar, plain_string>> {};
struct close_angle   : one<'>'> {};
struct named_type    : seq<path, opt<one<'<'>, blanks, type, star<blanks, comma, blanks, type>, blanks, close_angle>> {};
struct where         : seq<ENVC_TEXT("where"), blanks, one<'('>, lines, bare_expr, lines, close_paren> {};
struct optional_type : one<'?'> {};
struct type          : seq<sor<type_body, literal_type, named_type>, opt<needed, unit>, opt<needed, where>, opt<blanks, optional_type>> {};
struct colon         : one<':'> {};
struct binding       : seq<name, blanks, colon, blanks, type, opt<blanks, assign_mark, lines, value>> {};

// ---- entries: one block form for components, records, objects, environments, kinds and realizations
struct assign        : sor<string<'+', '='>, string<'-', '='>, assign_mark> {};
struct no_word       : seq<blanks, sor<assign, one<':', '{'>>> {};
struct word          : seq<word_end, not_at<no_word>, needed> {};
struct entry_label   : sor<label, plain_string> {};
struct label_ahead   : sor<label_text, plain_text> {};
struct set_ahead     : seq<label_ahead, blanks, sor<assign, one<':'>>> {};
struct open_ahead    : seq<label_ahead, blanks, sor<assign, one<'{'>>> {};
struct tail_word     : seq<sor<ENVC_TEXT("if"), ENVC_TEXT("for")>, word> {};
struct tail          : seq<star<needed, for_clause>, opt<needed, guard>> {};
struct final_word    : ENVC_TEXT("final") {};
struct final_mark    : final_word {};
struct maybe_final   : opt<at<final_word, word>, final_mark, needed> {};
struct set_value     : seq<blanks, assign, lines, value> {};
struct open_block    : seq<blanks, block> {};
struct key           : seq<needed, not_at<tail_word>, entry_label, opt<sor<set_value, open_block>>> {};
struct field         : seq<maybe_final, entry_label, opt<sor<set_value, open_block, key>>, tail> {};
struct computed      : seq<one<'['>, value, close_bracket, blanks, equals, lines, value, tail> {};
struct spread        : seq<spread_mark, value, tail> {};
struct modifier_text : sor<ENVC_TEXT("varies"), ENVC_TEXT("vital"), ENVC_TEXT("silent"), ENVC_TEXT("main"), ENVC_TEXT("output"), ENVC_TEXT("out"), ENVC_TEXT("option")> {};
struct modifier      : modifier_text {};
struct decl_ahead    : seq<opt<final_word, needed>, star<modifier_text, needed>, label_ahead, blanks, one<':'>> {};
struct decl_field    : seq<maybe_final, star<at<modifier_text, needed>, modifier, needed>, entry_label, blanks, colon, blanks, type, opt<blanks, assign_mark, lines, value>> {};
struct reason        : text {};
struct because       : seq<gap, ENVC_TEXT("because"), needed> {};
struct setting       : seq<ENVC_TEXT("setting"), needed, binding> {};
struct let           : seq<ENVC_TEXT("let"), needed, name, opt<blanks, one<':'>, blanks, type>, blanks, equals, lines, value> {};
struct handle        : seq<name_text, blanks, assign_mark> {};
struct emit          : seq<ENVC_TEXT("emit"), needed, opt<at<handle>, name, blanks, assign_mark, lines>, path, opt<args>, opt<blanks, block>, opt<needed, guard>> {};
struct patch         : seq<ENVC_TEXT("patch"), needed, path, blanks, block_start, block> {};
struct loop          : seq<for_clause, blanks, block_start, block> {};
struct otherwise     : seq<blanks, ENVC_TEXT("else"), blanks, block_start, block> {};
struct branch        : seq<ENVC_TEXT("if"), needed, bare_expr, blanks, block_start, block, opt<otherwise>> {};
struct rule_id       : ident {};
struct rule_ahead    : seq<ident, blanks, one<':'>> {};
struct require_rule  : seq<ENVC_TEXT("require"), needed, opt<at<rule_ahead>, rule_id, blanks, colon, lines>, bare_expr, else_word, reason> {};
struct ignores       : seq<sor<ENVC_TEXT("ignores"), ENVC_TEXT("approximates")>, needed, path, star<listed, path>, opt<needed, guard>, because, reason> {};
struct remove_rule   : seq<ENVC_TEXT("remove"), needed, path> {};
struct until_date    : date {};
struct allow         : seq<ENVC_TEXT("allow"), needed, path, because, reason, opt<needed, ENVC_TEXT("until"), needed, until_date>> {};
struct placed        : seq<ENVC_TEXT("on"), needed, name, blanks, block_start, block> {};
template <typename Word, typename Unless> struct statement_ahead : seq<Word, word, not_at<Unless>> {};
struct setting_ahead : statement_ahead<ENVC_TEXT("setting"), open_ahead> {};
struct let_ahead     : statement_ahead<ENVC_TEXT("let"), seq<label_ahead, blanks, sor<string<'+', '='>, string<'-', '='>, one<'{'>>>> {};
struct emit_ahead    : statement_ahead<ENVC_TEXT("emit"), failure> {};
struct patch_ahead   : statement_ahead<ENVC_TEXT("patch"), set_ahead> {};
struct loop_ahead    : statement_ahead<ENVC_TEXT("for"), open_ahead> {};
struct branch_ahead  : statement_ahead<ENVC_TEXT("if"), set_ahead> {};
struct require_ahead : statement_ahead<ENVC_TEXT("require"), open_ahead> {};
struct ignores_ahead : statement_ahead<sor<ENVC_TEXT("ignores"), ENVC_TEXT("approximates")>, open_ahead> {};
struct remove_ahead  : statement_ahead<ENVC_TEXT("remove"), failure> {};
struct allow_ahead   : statement_ahead<ENVC_TEXT("allow"), open_ahead> {};
struct placed_ahead  : seq<ENVC_TEXT("on"), word, name_text, blanks, one<'{'>> {};
template <typename Ahead, typename Then, typename Else> struct choose : if_then_else<at<Ahead>, Then, Else> {};
struct member_entry  : choose<decl_ahead, decl_field, choose<one<'['>, computed, choose<spread_mark, spread, field>>> {};
struct other_entry   : choose<remove_ahead, remove_rule, choose<allow_ahead, allow, choose<placed_ahead, placed, choose<setting_ahead, setting, member_entry>>>> {};
struct plan_entry    : choose<loop_ahead, loop, choose<branch_ahead, branch, choose<require_ahead, require_rule, choose<ignores_ahead, ignores, other_entry>>>> {};
struct entry         : choose<let_ahead, let, choose<emit_ahead, emit, choose<patch_ahead, patch, plan_entry>>> {};
struct entry_slot    : seq<entry, entry_stop> {};
struct block         : seq<one<'{'>, lines, star<not_at<at_close>, entry_slot, opt<separator>, lines>, block_close> {};

struct broken        : failure {};  // never matches: the kind of what recovery skips

// ---- declarations; the last alternative, KIND NAME { … }, declares a component
struct edition_year  : number {};
struct edition       : seq<ENVC_TEXT("edition"), needed, edition_year> {};
struct use           : seq<ENVC_TEXT("use"), needed, sor<text, path>, opt<needed, as>> {};
struct param         : seq<ENVC_TEXT("param"), needed, binding> {};
struct input_decl    : seq<ENVC_TEXT("input"), needed, binding> {};
struct alias         : seq<ENVC_TEXT("type"), needed, name, blanks, equals, lines, type> {};
struct case_name     : ident {};
struct more          : seq<lines, one<'|'>, lines> {};
struct enumeration   : seq<ENVC_TEXT("enum"), needed, name, blanks, equals, lines, case_name, star<more, case_name>> {};
struct union_case    : seq<case_name, opt<blanks, type_body>> {};
struct union_type    : seq<ENVC_TEXT("union"), needed, name, blanks, equals, lines, union_case, star<more, union_case>> {};
struct open_paren    : one<'('> {};
struct params        : seq<open_paren, lines, opt<binding, star<listed, binding>>, lines, opt<comma, lines>, close_args> {};
struct native        : ENVC_TEXT("native") {};
struct fn            : seq<opt<native, needed>, ENVC_TEXT("fn"), needed, name, params, blanks, colon, blanks, type, opt<blanks, assign_mark, lines, value>> {};
struct extends       : seq<ENVC_TEXT("extends"), needed, path> {};
struct extends_name  : seq<ENVC_TEXT("extends"), needed, name> {};
struct on_name       : seq<ENVC_TEXT("on"), needed, name> {};
struct bases         : seq<blanks, one<':'>, blanks, path, star<blanks, comma, blanks, path>> {};
struct type_head     : seq<needed, name, opt<needed, extends>, opt<needed, on_name>, opt<bases>, blanks, block_start, block> {};
struct record        : seq<ENVC_TEXT("record"), type_head> {};
struct interface     : seq<ENVC_TEXT("interface"), type_head> {};
struct kind          : seq<ENVC_TEXT("kind"), type_head> {};
struct platform      : seq<ENVC_TEXT("platform"), type_head> {};
struct format        : seq<ENVC_TEXT("format"), type_head> {};
struct in_file       : seq<needed, ENVC_TEXT("in"), needed, reason> {};
struct shape         : seq<ENVC_TEXT("shape"), needed, path, opt<in_file>, blanks, block_start, block> {};
struct on_word       : seq<needed, on_name> {};
struct realize       : seq<ENVC_TEXT("realize"), needed, path, on_word, blanks, block_start, block> {};
struct policy        : seq<ENVC_TEXT("policy"), needed, case_name, params, opt<needed, guard>, blanks, block_start, block> {};
struct expect        : seq<ENVC_TEXT("expect"), needed, bare_expr> {};
struct expects       : seq<expect, star<separator, expect>, opt<separator>> {};
struct test          : seq<ENVC_TEXT("test"), needed, reason, blanks, block_start, one<'{'>, lines, opt<expects>, lines, close_brace> {};
struct abstract      : ENVC_TEXT("abstract") {};
struct environment   : seq<opt<abstract, needed>, ENVC_TEXT("environment"), needed, name, opt<needed, extends_name>, opt<needed, on_name>, blanks, block_start, block> {};
struct name_gap      : needed {};
struct component     : seq<path, name_gap, name, opt<blanks, block>> {};
template <typename Word> struct starts : seq<Word, one<' ', '\t'>> {};
struct fn_ahead      : seq<opt<native, needed>, starts<ENVC_TEXT("fn")>> {};
struct environment_ahead : seq<opt<abstract, needed>, starts<ENVC_TEXT("environment")>> {};
struct policy_decl   : choose<starts<ENVC_TEXT("policy")>, policy, choose<starts<ENVC_TEXT("test")>, test, choose<starts<ENVC_TEXT("allow")>, allow, component>>> {};
struct form_decl     : choose<starts<ENVC_TEXT("platform")>, platform, choose<starts<ENVC_TEXT("format")>, format, choose<starts<ENVC_TEXT("shape")>, shape, choose<starts<ENVC_TEXT("realize")>, realize, policy_decl>>>> {};
struct type_decl     : choose<starts<ENVC_TEXT("record")>, record, choose<starts<ENVC_TEXT("interface")>, interface, choose<starts<ENVC_TEXT("kind")>, kind, form_decl>>> {};
struct named_decl    : choose<starts<ENVC_TEXT("type")>, alias, choose<starts<ENVC_TEXT("enum")>, enumeration, choose<starts<ENVC_TEXT("union")>, union_type, choose<fn_ahead, fn, type_decl>>>> {};
struct typed_decl    : choose<starts<ENVC_TEXT("param")>, param, choose<starts<ENVC_TEXT("input")>, input_decl, choose<starts<ENVC_TEXT("setting")>, setting, choose<starts<ENVC_TEXT("let")>, let, named_decl>>>> {};
struct any_decl      : choose<starts<ENVC_TEXT("edition")>, edition, choose<starts<ENVC_TEXT("use")>, use, choose<environment_ahead, environment, typed_decl>>> {};
struct private_mark  : ENVC_TEXT("private") {};
struct decl          : seq<opt<at<starts<private_mark>>, private_mark, needed>, any_decl> {};
struct decl_end      : seq<blanks, sor<at<line_end>, eof>> {};
struct decl_stop     : at<decl_end> {};
struct decl_slot     : seq<decl, decl_stop> {};
struct file          : seq<lines, star<not_at<eof>, decl_slot, opt<empty_rest>, lines>, eof> {};
// clang-format on

#undef ENVC_WORD
#undef ENVC_TEXT

}  // namespace envc::grammar
