// Types, bindings and units.
#include "syntax/builder.h"

namespace envc::syntax {

ast::TypeId Builder::type(NodeIndex i) {
  Children c(tree_, i);
  ast::Type out;
  out.span = span(i);
  if (c.is(NodeKind::Block)) {
    out.node = ast::RecordType{block(c.next())};
  } else if (c.is(NodeKind::QuotedLabel)) {
    ast::LiteralType literal;
    while (c.is(NodeKind::QuotedLabel)) literal.texts.push_back(quoted(c.next()));
    out.node = std::move(literal);
  } else {
    ast::NamedType named{path(c.next()), {}};
    while (c.is(NodeKind::Type)) named.args.push_back(type(c.next()));
    out.node = std::move(named);
  }
  if (c.is(NodeKind::Unit)) unit(c.next(), out.unit, out.whole);
  if (c.is(NodeKind::Where)) out.where = expression(first_child(c.next()));
  out.optional = c.take(NodeKind::Optional);
  return arena_.types.add(std::move(out));
}

ast::Binding Builder::binding(NodeIndex i) {
  Children c(tree_, i);
  ast::Binding result;
  result.name = ident(c.next());
  result.type = type(c.next());
  result.value = optional_value(c);
  return result;
}

void Builder::unit(NodeIndex i, Symbol& name, bool& whole) {
  Children c(tree_, i);
  whole = c.take(NodeKind::Whole);
  name = symbol(text(c.next()));
}

}  // namespace envc::syntax
