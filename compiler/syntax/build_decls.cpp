// Declarations: one node each, children in the order of the grammar.
#include "syntax/builder.h"

namespace envc::syntax {

using ast::TypeDeclKind;

ast::DeclId Builder::decl(NodeIndex i, std::uint32_t floor) {
  ast::Decl out;
  out.span = span(i);
  out.doc = doc(out.span.begin, floor);
  if (node(i).kind == NodeKind::Decl) {
    Children c(tree_, i);
    out.is_private = c.take(NodeKind::Private);
    named_decl(c.next(), out);
  } else {
    out.node = ast::ErrorDecl{};
  }
  return arena_.decls.add(std::move(out));
}

void Builder::named_decl(NodeIndex i, ast::Decl& out) {
  Children c(tree_, i);
  switch (node(i).kind) {
    case NodeKind::Edition: out.node = ast::EditionDecl{symbol(text(c.next()))}; break;
    case NodeKind::Use: out.node = use(i); break;
    case NodeKind::Param: out.node = ast::BindingDecl{ast::BindingKind::Param, binding(c.next())}; break;
    case NodeKind::Input: out.node = ast::BindingDecl{ast::BindingKind::Input, binding(c.next())}; break;
    case NodeKind::Setting: out.node = ast::BindingDecl{ast::BindingKind::Setting, binding(c.next())}; break;
    case NodeKind::Let: out.node = ast::LetDecl{let(i)}; break;
    case NodeKind::Alias: {
      auto name = ident(c.next());
      out.node = ast::AliasDecl{name, type(c.next())};
      break;
    }
    case NodeKind::Enum: {
      ast::EnumDecl result{ident(c.next()), {}};
      while (!c.done()) result.cases.push_back(ident(c.next()));
      out.node = std::move(result);
      break;
    }
    case NodeKind::Union: out.node = union_type(i); break;
    case NodeKind::Fn: out.node = fn(i); break;
    case NodeKind::Record: out.node = type_decl(i, TypeDeclKind::Record); break;
    case NodeKind::Interface: out.node = type_decl(i, TypeDeclKind::Interface); break;
    case NodeKind::Kind: out.node = type_decl(i, TypeDeclKind::Kind); break;
    case NodeKind::Platform: out.node = type_decl(i, TypeDeclKind::Platform); break;
    case NodeKind::Format: out.node = type_decl(i, TypeDeclKind::Format); break;
    case NodeKind::Shape: {
      ast::ShapeDecl result{path(c.next()), {}, {}};
      if (c.is(NodeKind::String)) result.file = primary(c.next());
      result.block = block(c.next());
      out.node = std::move(result);
      break;
    }
    case NodeKind::Realize: {
      ast::RealizeDecl result{path(c.next()), {}, {}};
      result.platform = ident(first_child(c.next()));
      result.block = block(c.next());
      out.node = std::move(result);
      break;
    }
    case NodeKind::Policy: {
      ast::PolicyDecl result{ident(c.next()), {}, {}, {}};
      result.params = params(c.next());
      result.guard = guard(c);
      result.block = block(c.next());
      out.node = std::move(result);
      break;
    }
    case NodeKind::Test: {
      ast::TestDecl result{primary(c.next()), {}};
      while (!c.done()) result.expects.push_back(expression(first_child(c.next())));
      out.node = std::move(result);
      break;
    }
    case NodeKind::Environment: out.node = environment(i); break;
    case NodeKind::Allow: out.node = ast::AllowDecl{allow(i)}; break;
    case NodeKind::Component: {
      ast::ComponentDecl result{path(c.next()), {}, {}};
      result.name = ident(c.next());
      result.block = optional_block(c);
      out.node = std::move(result);
      break;
    }
    default: out.node = ast::ErrorDecl{}; break;
  }
}

ast::UseDecl Builder::use(NodeIndex i) {
  Children c(tree_, i);
  ast::UseDecl result;
  if (c.is(NodeKind::Path)) {
    result.path = path(c.next());
  } else {
    result.text_span = span(c.peek());
    auto literal = string(c.next());
    if (literal.parts.size() == 1) result.text = literal.parts.front().literal;  // a hole leaves the empty text: no such file
  }
  if (c.is(NodeKind::As)) result.as = ident(first_child(c.next()));
  return result;
}

ast::UnionDecl Builder::union_type(NodeIndex i) {
  Children c(tree_, i);
  ast::UnionDecl result{ident(c.next()), {}};
  while (!c.done()) {
    Children parts(tree_, c.next());
    ast::UnionCase one{ident(parts.next()), {}};
    one.block = optional_block(parts);
    result.cases.push_back(one);
  }
  return result;
}

ast::FnDecl Builder::fn(NodeIndex i) {
  Children c(tree_, i);
  ast::FnDecl result;
  result.native = c.take(NodeKind::Native);
  result.name = ident(c.next());
  result.params = params(c.next());
  result.result = type(c.next());
  result.body = optional_value(c);
  return result;
}

ast::TypeDecl Builder::type_decl(NodeIndex i, TypeDeclKind kind) {
  Children c(tree_, i);
  ast::TypeDecl result{kind, ident(c.next()), {}, {}, {}, {}};
  if (c.is(NodeKind::Extends)) result.extends = path(first_child(c.next()));
  if (c.is(NodeKind::On)) result.on = ident(first_child(c.next()));
  while (c.is(NodeKind::Path)) result.bases.push_back(path(c.next()));
  result.block = block(c.next());
  return result;
}

ast::EnvironmentDecl Builder::environment(NodeIndex i) {
  Children c(tree_, i);
  ast::EnvironmentDecl result;
  result.is_abstract = c.take(NodeKind::Abstract);
  result.name = ident(c.next());
  if (c.is(NodeKind::Extends)) result.extends = ident(first_child(c.next()));
  if (c.is(NodeKind::On)) result.on = ident(first_child(c.next()));
  result.block = block(c.next());
  return result;
}

std::vector<ast::Binding> Builder::params(NodeIndex i) {
  std::vector<ast::Binding> result;
  for (Children c(tree_, i); !c.done();) result.push_back(binding(c.next()));
  return result;
}

}  // namespace envc::syntax
