// Names, paths and doc comments: what every construct is built from.
#include "syntax/build.h"

#include <vector>

#include "syntax/builder.h"

namespace envc::syntax {

ast::Module build(const Tree& tree, const SourceMap& sources, Interner& names, ast::Arena& arena, diag::Sink& sink) {
  return Builder(tree, sources, names, arena, sink).module();
}

ast::Module Builder::module() {
  ast::Module result{tree_.file, {}};
  if (tree_.nodes.empty()) return result;
  auto floor = node(0).begin;
  for (Children c(tree_, 0); !c.done();) {
    auto i = c.next();
    result.decls.push_back(decl(i, floor));
    floor = node(i).end;
  }
  return result;
}

ast::Ident Builder::ident(NodeIndex i) {
  if (node(i).kind == NodeKind::QuotedLabel) return {quoted(i), span(i)};
  auto name = text(i);
  if (name.front() == '`') name = name.substr(1, name.size() - 2);
  return {symbol(name), span(i)};
}

ast::Path Builder::path(NodeIndex i) {
  ast::Path result{{}, span(i)};
  for (Children c(tree_, i); !c.done();) result.parts.push_back(ident(c.next()));
  return result;
}

/// The `///` lines right above `begin`. Looked for in the text: to the grammar
/// they are comments. `floor` is where the previous sibling ends: a line of its
/// block string may look like a comment.
Symbol Builder::doc(std::uint32_t begin, std::uint32_t floor) {
  auto line = begin;  // start of the line of `begin`
  while (line > floor && text_[line - 1] != '\n') {
    --line;
    if (text_[line] != ' ' && text_[line] != '\t') return {};
  }
  std::vector<std::string_view> lines;
  while (line > floor) {
    auto end = line - 1;  // of the line above, before its newline
    auto start = end;
    while (start > floor && text_[start - 1] != '\n') --start;
    auto above = text_.substr(start, end - start);
    if (start > 0 && text_[start - 1] != '\n') break;
    auto first = above.find_first_not_of(" \t");
    if (first == std::string_view::npos || above.substr(first, 3) != "///" || above.substr(first, 4) == "////") break;
    above.remove_prefix(first + 3);
    if (above.starts_with(' ')) above.remove_prefix(1);
    if (above.ends_with('\r')) above.remove_suffix(1);
    lines.push_back(above);
    line = start;
  }
  std::string joined;
  for (auto i = lines.rbegin(); i != lines.rend(); ++i) {
    if (i != lines.rbegin()) joined += '\n';
    joined += *i;
  }
  return symbol(joined);
}

}  // namespace envc::syntax
