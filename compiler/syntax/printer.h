// Walks the lossless tree and fills FormatLines. Owns where lines break and
// where blanks stand; alignment is in format_lines. Knows node kinds, no AST.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syntax/builder.h"
#include "syntax/format_lines.h"
#include "syntax/tree.h"

namespace envc::syntax {

inline constexpr std::size_t line_width = 120;
inline constexpr std::uint32_t indent_width = 2;

class Printer {
 public:
  Printer(const Tree& tree, std::string_view text) : tree_(tree), text_(text) {}
  [[nodiscard]] std::vector<FormatLine> file();

 private:
  /// How the groups of what is printed break.
  enum class Mode : std::uint8_t {
    Flat,         ///< all on one line
    Author,       ///< where the author broke them
    BreakBlocks,  ///< the outermost blocks break, one entry a line
    BreakLists    ///< the outermost blocks and lists break
  };
  /// What stands before the next token.
  struct Gap {
    enum class Kind : std::uint8_t { Flow, NewLine, Joined };
    Kind kind = Kind::Flow;
    std::uint32_t level = 0;          ///< of the new line
    std::uint32_t comment_level = 0;  ///< of comments before it
    bool blank_before = false;        ///< an empty line of the author stays: at first …
    bool blank_after = false;         ///< … and after comments
  };
  /// Children of a group in order, and where its brackets are.
  struct Group {
    std::vector<NodeIndex> children;
    std::uint32_t open = 0;
    std::uint32_t close = 0;
    bool comma_ends_line = false;  ///< lists and arguments; entries need none
  };

  // printer_groups.cpp: what has brackets and children between them
  void node(NodeIndex i);
  void plain(NodeIndex i);
  void braced(NodeIndex i, NodeKind member);
  void listed(NodeIndex i);
  void broken_group(const Group& g, bool one_a_line);
  void joined_group(const Group& g);
  void unit(const Group& g, std::size_t from, std::size_t to, std::uint32_t level);
  void joined(const std::vector<NodeIndex>& children, std::size_t from, std::size_t to);
  void alone(NodeIndex i, std::uint32_t level);
  void verbatim(NodeIndex i);
  void expect_mark(NodeIndex i);
  [[nodiscard]] bool needs_verbatim(NodeIndex i) const;
  [[nodiscard]] bool has_outer_block(NodeIndex i) const;
  [[nodiscard]] bool fits(const Group& g, std::size_t from, std::size_t to, std::uint32_t level) const;
  [[nodiscard]] bool has_break(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] bool own_break(const Group& g) const;

  // printer.cpp: tokens, blanks, comments
  void tokens(std::uint32_t begin, std::uint32_t end);
  void token(std::uint32_t begin, std::uint32_t end, bool is_operator);
  void advance_to(std::uint32_t begin, bool tight);
  bool comments(std::uint32_t begin, std::uint32_t end, std::uint32_t level, Gap gap);
  void start_line(std::uint32_t level, bool blank);

  [[nodiscard]] const Node& at(NodeIndex i) const { return tree_.nodes[i]; }
  [[nodiscard]] FormatLine& line() { return lines_.back(); }

  const Tree& tree_;
  std::string_view text_;
  std::vector<FormatLine> lines_;
  Mode mode_ = Mode::Author;
  Gap gap_;
  std::uint32_t entry_level_ = 0;  ///< lines that go on within an entry stand one level deeper
  std::uint32_t source_end_ = 0;   ///< of the last token
  bool tight_next_ = true;         ///< the next token stands directly after the last
  bool colon_blank_ = false;       ///< `kind a : b`
  std::uint32_t mark_at_ = 0;      ///< the token that alignment may move
  MarkKind mark_kind_ = MarkKind::None;
};

}  // namespace envc::syntax
