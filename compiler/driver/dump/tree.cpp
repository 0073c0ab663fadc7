#include "driver/dump/dump.h"

namespace envc::driver {
namespace {

std::string_view name_of(syntax::NodeKind kind) {
  switch (kind) {
#define ENVC_NODE(kind, rule) \
  case syntax::NodeKind::kind: return #kind;
#include "syntax/kinds.def"
#undef ENVC_NODE
  }
  return "";
}

std::string one_line(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\n') out += "\\n";
    else if (c != '\r') out += c;
  }
  return out;
}

}  // namespace

std::string tree_text(const syntax::Tree& tree, const SourceMap& sources) {
  auto out = fmt::format("# {}\n", sources.path(tree.file));
  std::vector<std::uint32_t> ends;
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
    while (!ends.empty() && ends.back() <= i) ends.pop_back();
    const auto& node = tree.nodes[i];
    auto at = sources.line_column(tree.file, node.begin);
    out.append(ends.size() * 2, ' ').append(fmt::format("{} {}:{}", name_of(node.kind), at.line, at.column));
    if (node.size == 1) out.append("  ").append(one_line(sources.text(Span{tree.file, node.begin, node.end})));
    out += '\n';
    ends.push_back(syntax::after(tree, i));
  }
  return out;
}

}  // namespace envc::driver
