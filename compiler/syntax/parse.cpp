// The only unit that sees PEGTL. Its control class fills the flat tree (a rule
// with a kind pushes a node, closes it on success, truncates on failure), limits
// nesting, notes the furthest failure, and recovers at entries and declarations.
// Words of messages are in report.cpp; what to skip is in recover.cpp.
#include "syntax/parse.h"

#include <algorithm>
#include <type_traits>

#include "grammar/envc_grammar.h"
#include "grammar/grammar_errors.h"
#include "syntax/check_text.h"
#include "syntax/failure.h"
#include "syntax/recover.h"
#include "syntax/report.h"

namespace envc::syntax {
namespace {

namespace g = envc::grammar;
namespace pegtl = tao::pegtl;

using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

constexpr std::size_t max_failures = 200;  // then the rest of the file is skipped: recovery may scan far

template <typename Rule>
inline constexpr int kind_of = -1;
#define ENVC_NODE(kind, rule) \
  template <>                 \
  inline constexpr int kind_of<g::rule> = static_cast<int>(NodeKind::kind);
#define ENVC_ALSO(kind, rule) ENVC_NODE(kind, rule)
#include "syntax/kinds.def"
#undef ENVC_NODE

template <typename Rule>
inline constexpr bool nests = std::is_same_v<Rule, g::value> || std::is_same_v<Rule, g::type> || std::is_same_v<Rule, g::negated>;

template <typename Rule>
inline constexpr bool is_block = std::is_same_v<Rule, g::block> || std::is_same_v<Rule, g::type_body>;

/// Rules that recover: what they hold, and what must follow it.
struct NoSlot {
  static constexpr bool recovers = false;
};
template <typename Inner, typename Stop, Broken What>
struct SlotOf {
  static constexpr bool recovers = true;
  using inner = Inner;
  using stop = Stop;
  static constexpr Broken what = What;
};
template <typename Rule>
struct Slot : NoSlot {};
template <>
struct Slot<g::entry_slot> : SlotOf<g::entry, g::entry_stop, Broken::Entry> {};
template <>
struct Slot<g::member_slot> : SlotOf<g::decl_field, g::entry_stop, Broken::Entry> {};
template <>
struct Slot<g::decl_slot> : SlotOf<g::decl, g::decl_stop, Broken::Declaration> {};

struct State {
  const char* base;       ///< the text of the file, whatever range of it is parsed
  std::string_view text;  ///< the range's end is its end
  std::vector<Node>& nodes;
  std::vector<Failure> failures;
  const char* furthest;
  ExpectedSet expected = 0;
  int depth = 0;
  int chain = 0;           ///< operators and postfixes of the expressions that are open
  bool by_column = false;  ///< a declaration at column 1 ends every open block
  bool unwinding = false;  ///< the blocks that are open now have no end

  [[nodiscard]] std::uint32_t offset(const char* p) const { return static_cast<std::uint32_t>(p - base); }
  void note(const char* at, Expected what) {
    const char* end = text.data() + text.size();
    while (at != end && (*at == ' ' || *at == '\t')) ++at;  // what is missing is missing before the next token
    if (at < furthest) return;
    if (at > furthest) expected = 0;
    furthest = at;
    expected |= bit(what);
  }
  void truncate(std::size_t size) {
    nodes.resize(size);
    for (; !failures.empty() && failures.back().node >= size; failures.pop_back())
      if (failures.back().what == Broken::Unclosed) unwinding = false;
  }
  void fail(Failure failure) {
    nodes.push_back({NodeKind::Error, failure.begin, failure.end, 1});
    failures.push_back(std::move(failure));
  }
  [[nodiscard]] bool at_next_declaration(const char* p) const {
    auto at = offset(p);
    return by_column && (at == 0 || base[at - 1] == '\n') && looks_like_declaration(text, at);
  }
};

template <typename Rule>
struct Control : pegtl::normal<Rule> {
  static constexpr int kind = kind_of<Rule>;
  static constexpr Expected expected = g::expectation<Rule>;
  static constexpr bool enable = false;  // no start, success and failure of PEGTL's own: match() below does all

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action, template <typename...> class C>
  [[nodiscard]] static bool match(Input& in, State& state) {
    if constexpr (A == pegtl::apply_mode::nothing) return plain<A, M, Action, C>(in, state);  // a lookahead
    else if constexpr (Slot<Rule>::recovers) return slot<A, Action, C>(in, state);
    else if constexpr (std::is_same_v<Rule, g::block_close>) return close_block<A, M, Action, C>(in, state);
    else if constexpr (nests<Rule>) return nested<A, M, Action, C>(in, state);
    else if constexpr (kind >= 0 || expected != Expected::Nothing) return noted<A, M, Action, C>(in, state);
    else return plain<A, M, Action, C>(in, state);
  }

 private:
  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action, template <typename...> class C>
  static bool plain(Input& in, State& state) {
    if constexpr (A == pegtl::apply_mode::nothing || std::is_same_v<typename Rule::subs_t, pegtl::empty_list>) {
      return pegtl::match<Rule, A, M, Action, C>(in, state);
    } else {
      // A sequence that fails takes back the nodes of what it had matched.
      const auto size = state.nodes.size();
      bool ok = pegtl::match<Rule, A, M, Action, C>(in, state);
      if (!ok && state.nodes.size() != size) state.truncate(size);
      return ok;
    }
  }

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action, template <typename...> class C>
  static bool nested(Input& in, State& state) {
    if (state.depth >= max_nesting) {
      state.note(in.current(), Expected::TooDeep);
      return false;
    }
    ++state.depth;
    bool ok = noted<A, M, Action, C>(in, state);
    --state.depth;
    return ok;
  }

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action, template <typename...> class C>
  static bool noted(Input& in, State& state) {
    const char* begin = in.current();
    if constexpr (kind < 0) {
      bool ok = plain<A, M, Action, C>(in, state);
      if (!ok && expected != Expected::Nothing) state.note(begin, expected);
      return ok;
    } else {
      const auto index = state.nodes.size();
      const int chain = state.chain;
      state.nodes.push_back({static_cast<NodeKind>(kind), state.offset(begin), 0, 0});
      if (!plain<A, M, Action, C>(in, state) || !links(in, state)) {
        state.truncate(index);
        state.chain = chain;
        if (expected != Expected::Nothing) state.note(begin, expected);
        return false;
      }
      if constexpr (kind == static_cast<int>(NodeKind::Expr)) state.chain = chain;
      auto& node = state.nodes[index];
      node.end = state.offset(in.current());
      node.size = static_cast<std::uint32_t>(state.nodes.size() - index);
      if constexpr (is_block<Rule>) {
        if (state.unwinding) state.failures.back().openers.push_back(node.begin);
      }
      return true;
    }
  }

  /// A long chain becomes a deep tree: it is limited like nesting is.
  static bool links(Input& in, State& state) {
    constexpr bool link = kind == static_cast<int>(NodeKind::Operator) || kind == static_cast<int>(NodeKind::Member) ||
                          kind == static_cast<int>(NodeKind::Index) || kind == static_cast<int>(NodeKind::Args);
    if constexpr (link) {
      if (++state.chain > max_chain) {
        state.note(in.current(), Expected::TooDeep);
        return false;
      }
    }
    return true;
  }

  /// The `}` of a block. At the end of the text a missing one is reported and
  /// taken as given, once for all blocks that are open.
  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action, template <typename...> class C>
  static bool close_block(Input& in, State& state) {
    if (plain<A, M, Action, C>(in, state)) return true;
    auto at = state.offset(in.current());
    if (!state.unwinding)
      state.fail({Broken::Unclosed, static_cast<std::uint32_t>(state.nodes.size()), at, at, at, 0, false, {}});
    state.unwinding = true;
    state.furthest = in.current();
    return true;
  }

  /// An entry or a declaration: when it is broken, it becomes an Error node.
  template <pegtl::apply_mode A, template <typename...> class Action, template <typename...> class C>
  static bool slot(Input& in, State& state) {
    using S = Slot<Rule>;
    constexpr auto required = pegtl::rewind_mode::required;
    if (S::what == Broken::Entry && (state.unwinding || state.at_next_declaration(in.current()))) return false;
    const auto nodes = state.nodes.size();
    const int depth = state.depth;
    const int chain = state.chain;
    state.furthest = in.current();
    state.expected = 0;
    bool stands = false;
    {
      auto marker = in.template mark<required>();
      if (C<typename S::inner>::template match<A, required, Action, C>(in, state)) {
        if (state.unwinding || C<typename S::stop>::template match<A, required, Action, C>(in, state)) {
          if (S::what == Broken::Declaration) state.unwinding = false;
          return marker(true);
        }
        stands = in.current()[-1] == '}';  // a whole block stands: only what follows it is broken
        if (stands) (void)marker(true);
      }
    }
    if (!stands) state.truncate(nodes);
    state.unwinding = false;
    state.depth = depth;
    state.chain = chain;
    skip_broken<S::what>(in, state, stands);
    return true;
  }

  template <Broken What>
  static void skip_broken(Input& in, State& state, bool follows_block) {
    while (!in.empty() && (*in.current() == ' ' || *in.current() == '\t')) in.bump(1);
    auto begin = state.offset(in.current());
    auto at = state.offset(state.furthest);
    auto end =
        What == Broken::Entry ? end_of_broken_entry(state.text, begin, at) : end_of_broken_declaration(state.text, begin, at);
    if (state.failures.size() >= max_failures) end = static_cast<std::uint32_t>(state.text.size());
    state.fail({What, static_cast<std::uint32_t>(state.nodes.size()), begin, end, at, state.expected, follows_block, {}});
    in.bump(end - begin);
  }
};

std::vector<Failure> match_file(std::string_view text, std::uint32_t begin, std::vector<Node>& nodes, bool by_column) {
  nodes.clear();
  nodes.reserve((text.size() - begin) / 3 + 16);
  State state{text.data(), text, nodes, {}, text.data() + begin, 0, 0, 0, by_column, false};
  Input in(text.data() + begin, text.data() + text.size(), "");
  (void)pegtl::parse<g::file, pegtl::nothing, Control>(in, state);
  return std::move(state.failures);
}

Tree parse_text(std::string_view text, FileId file, std::uint32_t begin, diag::Sink& sink) {
  Tree tree{file, {}, false};
  auto failures = match_file(text, begin, tree.nodes, false);
  auto unclosed = [](const Failure& f) { return f.what == Broken::Unclosed; };
  // A block without end swallows what follows; where it ended shows in the columns.
  if (std::any_of(failures.begin(), failures.end(), unclosed)) failures = match_file(text, begin, tree.nodes, true);
  // A string or comment without end explains the missing `}` below it.
  auto runs_away = [&](const Failure& f) { return !unclosed(f) && ends_unclosed(text, f.begin, f.end); };
  if (std::any_of(failures.begin(), failures.end(), runs_away)) std::erase_if(failures, unclosed);
  tree.has_errors = !failures.empty();
  for (const auto& failure : failures) report(failure, text, file, sink);
  return tree;
}

}  // namespace

Tree parse(const SourceMap& sources, FileId file, diag::Sink& sink) {
  auto text = sources.text(file);
  auto checked = check_text(text, file, sink);
  if (!checked.readable) return {file, {{NodeKind::File, 0, static_cast<std::uint32_t>(text.size()), 1}}, true};
  auto tree = parse_text(text, file, checked.begin, sink);
  tree.has_errors |= checked.begin > 0;
  return tree;
}

Tree parse_range(const SourceMap& sources, FileId file, std::uint32_t begin, std::uint32_t end, diag::Sink& sink) {
  return parse_text(sources.text(file).substr(0, end), file, begin, sink);
}

}  // namespace envc::syntax
