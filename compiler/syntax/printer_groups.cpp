// What breaks over lines: blocks, lists, arguments, cases. The author's lines
// stay; a line that is too long breaks its outermost blocks, else its lists.
#include <algorithm>
#include <utility>

#include "syntax/printer.h"

namespace envc::syntax {
namespace {

bool is_atom(NodeKind kind) {
  switch (kind) {
    case NodeKind::String:
    case NodeKind::QuotedLabel:
    case NodeKind::Label:
    case NodeKind::Name:
    case NodeKind::Date:
    case NodeKind::Time:
    case NodeKind::Address:
    case NodeKind::Quantity:
    case NodeKind::Number:
    case NodeKind::Operator:
    case NodeKind::Assign:
    case NodeKind::Error: return true;
    default: return false;
  }
}

bool is_braced(NodeKind kind) { return kind == NodeKind::Block || kind == NodeKind::Match || kind == NodeKind::Test; }

bool is_type_declaration(NodeKind kind) {
  return kind == NodeKind::Record || kind == NodeKind::Interface || kind == NodeKind::Kind || kind == NodeKind::Platform ||
         kind == NodeKind::Format;
}

}  // namespace

void Printer::node(NodeIndex i) {
  auto kind = at(i).kind;
  if (is_atom(kind)) return token(at(i).begin, at(i).end, kind == NodeKind::Operator || kind == NodeKind::Assign);
  if (kind == NodeKind::Args || kind == NodeKind::Params || kind == NodeKind::Index) tight_next_ = true;
  if (kind == NodeKind::Block) return needs_verbatim(i) ? verbatim(i) : braced(i, NodeKind::File);
  if (kind == NodeKind::Match) return braced(i, NodeKind::Arm);
  if (kind == NodeKind::Test) return braced(i, NodeKind::Expect);
  if (kind == NodeKind::List || kind == NodeKind::Args || kind == NodeKind::Params) return listed(i);
  plain(i);
}

void Printer::plain(NodeIndex i) {
  bool colon = std::exchange(colon_blank_, is_type_declaration(at(i).kind));
  auto pos = at(i).begin;
  for (Children c(tree_, i); !c.done();) {
    auto child = c.next();
    tokens(pos, at(child).begin);
    node(child);
    pos = at(child).end;
  }
  tokens(pos, at(i).end);
  colon_blank_ = colon;
}

/// `{ … }`, perhaps with a head: `match x { … }`. Members are the children of
/// one kind; for a block (NodeKind::File) all.
void Printer::braced(NodeIndex i, NodeKind member) {
  Group g;
  auto pos = at(i).begin;
  for (Children c(tree_, i); !c.done();) {
    auto child = c.next();
    if (member == NodeKind::File || at(child).kind == member) {
      g.children.push_back(child);
      continue;
    }
    tokens(pos, at(child).begin);
    node(child);
    pos = at(child).end;
  }
  g.open = static_cast<std::uint32_t>(text_.find('{', pos));
  g.close = at(i).end - 1;
  if (g.open > pos) tokens(pos, g.open);
  bool broken = mode_ == Mode::Author ? has_break(g.open, g.close) : mode_ != Mode::Flat && !g.children.empty();
  if (broken) broken_group(g, mode_ != Mode::Author);
  else joined_group(g);
}

/// `[ … ]` and `( … )` with commas. Where only what stands within the items is
/// broken, the brackets hug them: `f("x", json = {`.
void Printer::listed(NodeIndex i) {
  Group g;
  for (Children c(tree_, i); !c.done();) g.children.push_back(c.next());
  g.open = at(i).begin;
  g.close = at(i).end - 1;
  g.comma_ends_line = true;
  bool breaks = mode_ == Mode::BreakLists && at(i).kind == NodeKind::List && !g.children.empty();
  if (breaks || (mode_ == Mode::Author && own_break(g))) broken_group(g, breaks);
  else joined_group(g);
}

void Printer::joined_group(const Group& g) {
  token(g.open, g.open + 1, false);
  source_end_ = std::max(source_end_, g.children.empty() ? g.close : at(g.children.front()).begin);
  joined(g.children, 0, g.children.size());
  source_end_ = g.close;  // over a comma that ends the list
  gap_.kind = Gap::Kind::Joined;
  token(g.close, g.close + 1, false);
}

void Printer::joined(const std::vector<NodeIndex>& children, std::size_t from, std::size_t to) {
  for (auto k = from; k < to; ++k) {
    if (k > from) {
      line().text += ',';
      gap_.kind = Gap::Kind::Joined;
    }
    node(children[k]);
  }
}

void Printer::broken_group(const Group& g, bool one_a_line) {
  token(g.open, g.open + 1, false);
  const auto mode = mode_;
  const auto entry_level = entry_level_;
  const auto level = line().indent / indent_width;
  for (std::size_t from = 0; from < g.children.size();) {
    auto to = from + 1;
    while (!one_a_line && to < g.children.size() && !has_break(at(g.children[to - 1]).end, at(g.children[to]).begin)) ++to;
    gap_ = {Gap::Kind::NewLine, level + 1, level + 1, from > 0, true};
    unit(g, from, to, level + 1);
    from = to;
  }
  mode_ = mode;
  entry_level_ = entry_level;
  gap_ = {Gap::Kind::NewLine, level, level + 1, !g.children.empty(), false};
  token(g.close, g.close + 1, false);
}

/// Children that the author wrote on one line: they stay there when they fit.
void Printer::unit(const Group& g, std::size_t from, std::size_t to, std::uint32_t level) {
  const bool single = !has_break(at(g.children[from]).begin, at(g.children[to - 1]).end);
  auto first = g.children[from];
  entry_level_ = level;
  if (single && fits(g, from, to, level)) {
    mode_ = Mode::Flat;
    expect_mark(first);
    joined(g.children, from, to);
    mark_kind_ = MarkKind::None;
    line().transparent = line().kind == MarkKind::None && at(first).kind == NodeKind::Field && !has_outer_block(first);
  } else if (to - from > 1) {
    for (auto k = from; k < to; ++k) {
      if (k > from) gap_ = {Gap::Kind::NewLine, level, level, false, false};
      unit(g, k, k + 1, level);
    }
    return;
  } else {
    mode_ = !single ? Mode::Author : has_outer_block(first) ? Mode::BreakBlocks : Mode::BreakLists;
    node(first);
  }
  if (g.comma_ends_line) line().text += ',';
}

/// Where `=` or `=>` of an entry stands, if its neighbours may be aligned with it.
void Printer::expect_mark(NodeIndex i) {
  Children c(tree_, i);
  auto expect = [&](MarkKind kind, std::uint32_t from, std::string_view sign) {
    while (from < text_.size() && (text_[from] == ' ' || text_[from] == '\t')) ++from;
    if (text_.substr(from, sign.size()) != sign) return;
    mark_at_ = from;
    mark_kind_ = kind;
  };
  if (at(i).kind == NodeKind::Field) {
    c.take(NodeKind::Final);
    expect(MarkKind::Field, at(c.next()).end, "=");
  } else if (at(i).kind == NodeKind::Emit && c.is(NodeKind::Name)) {
    expect(MarkKind::Emit, at(c.next()).end, "=");
  } else if (at(i).kind == NodeKind::Arm) {
    auto end = at(c.next()).end;
    if (c.is(NodeKind::As)) end = at(c.next()).end;
    expect(MarkKind::Arm, end, "=>");
  }
}

void Printer::verbatim(NodeIndex i) {
  auto end = at(i).end;
  while (end > at(i).begin &&
         (text_[end - 1] == ' ' || text_[end - 1] == '\t' || text_[end - 1] == '\n' || text_[end - 1] == '\r'))
    --end;
  token(at(i).begin, end, false);
}

/// Broken parts are copied: an error itself, a block around one (its separators
/// are uncertain), a declaration with a block that has no end.
bool Printer::needs_verbatim(NodeIndex i) const {
  if (!tree_.has_errors) return false;
  if (at(i).kind == NodeKind::Error) return true;
  if (at(i).kind == NodeKind::Block) {
    for (Children c(tree_, i); !c.done();)
      if (at(c.next()).kind == NodeKind::Error) return true;
    return false;
  }
  for (auto k = i; k < after(tree_, i); ++k)
    if (at(k).kind == NodeKind::Error && at(k).begin == at(k).end) return true;
  return false;
}

bool Printer::has_outer_block(NodeIndex i) const {
  for (auto k = i; k < after(tree_, i);) {
    if (is_braced(at(k).kind) && at(k).size > 1) return true;
    k = is_braced(at(k).kind) || at(k).kind == NodeKind::List ? after(tree_, k) : k + 1;
  }
  return false;
}

/// Whether the children fit on one line of this level. Comments and alignment do not count.
bool Printer::fits(const Group& g, std::size_t from, std::size_t to, std::uint32_t level) const {
  std::size_t least = level * indent_width;  // a lower bound first: without blanks and commas
  for (auto pos = at(g.children[from]).begin; pos < at(g.children[to - 1]).end && least <= line_width; ++pos)
    if (text_[pos] != ' ' && text_[pos] != '\t' && text_[pos] != ',' && (static_cast<unsigned char>(text_[pos]) & 0xC0) != 0x80)
      ++least;
  if (least > line_width) return false;
  Printer flat(tree_, text_);
  flat.mode_ = Mode::Flat;
  flat.joined(g.children, from, to);
  return level * indent_width + columns(flat.line().text) + (g.comma_ends_line ? 1 : 0) <= line_width;
}

bool Printer::own_break(const Group& g) const {
  auto pos = g.open;
  for (auto child : g.children) {
    if (has_break(pos, at(child).begin)) return true;
    pos = at(child).end;
  }
  return has_break(pos, g.close);
}

}  // namespace envc::syntax
