// The formatter's door: lines from the printer, alignment, text.
#include "syntax/format.h"

#include "syntax/format_lines.h"
#include "syntax/printer.h"

namespace envc::syntax {

std::string format(const Tree& tree, const SourceMap& sources) {
  auto text = sources.text(tree.file);
  if (tree.nodes.empty() || (tree.has_errors && tree.nodes.size() == 1)) return std::string(text);  // nothing of it could be read
  return join_lines(Printer(tree, text).file());
}

}  // namespace envc::syntax
