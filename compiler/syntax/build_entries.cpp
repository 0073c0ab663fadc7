// Blocks and their entries.
#include "syntax/builder.h"

namespace envc::syntax {

ast::BlockId Builder::block(NodeIndex i) {
  ast::Block result{span(i), {}};
  auto floor = node(i).begin + 1;
  for (Children c(tree_, i); !c.done();) {
    auto child = c.next();
    result.entries.push_back(entry(child, floor));
    floor = node(child).end;
  }
  return arena_.blocks.add(std::move(result));
}

ast::BlockId Builder::optional_block(Children& c) { return c.is(NodeKind::Block) ? block(c.next()) : ast::BlockId(); }

ast::Entry Builder::entry(NodeIndex i, std::uint32_t floor) {
  ast::Entry out;
  out.span = span(i);
  out.doc = doc(out.span.begin, floor);
  Children c(tree_, i);
  switch (node(i).kind) {
    case NodeKind::Field: out.node = field(i); break;
    case NodeKind::DeclField: out.node = decl_field(i); break;
    case NodeKind::Computed: {
      ast::ComputedEntry result{value(c.next()), {}, {}};
      result.value = value(c.next());
      result.tail = tail(c);
      out.node = std::move(result);
      break;
    }
    case NodeKind::Spread: {
      c.take(NodeKind::SpreadMark);
      ast::SpreadEntry result{value(c.next()), {}};
      result.tail = tail(c);
      out.node = std::move(result);
      break;
    }
    case NodeKind::Let: out.node = let(i); break;
    case NodeKind::Emit: out.node = emit(i); break;
    case NodeKind::Patch: {
      auto target = path(c.next());
      out.node = ast::PatchEntry{std::move(target), block(c.next())};
      break;
    }
    case NodeKind::Loop: {
      auto clause = for_clause(c.next());
      out.node = ast::LoopEntry{std::move(clause), block(c.next())};
      break;
    }
    case NodeKind::Branch: {
      ast::BranchEntry result{expression(c.next()), {}, {}};
      result.then = block(c.next());
      result.otherwise = optional_block(c);
      out.node = result;
      break;
    }
    case NodeKind::Require: {
      ast::RequireEntry result;
      if (c.is(NodeKind::Name)) result.id = ident(c.next());
      result.condition = expression(c.next());
      result.message = primary(c.next());
      out.node = result;
      break;
    }
    case NodeKind::Ignores: out.node = ignores(i); break;
    case NodeKind::Remove: out.node = ast::RemoveEntry{path(c.next())}; break;
    case NodeKind::Allow: out.node = allow(i); break;
    case NodeKind::Placed: {
      auto platform = ident(c.next());
      out.node = ast::PlacedEntry{platform, block(c.next())};
      break;
    }
    case NodeKind::Setting: out.node = ast::SettingEntry{binding(c.next())}; break;
    default: out.node = ast::ErrorEntry{}; break;
  }
  return out;
}

ast::FieldEntry Builder::field(NodeIndex i) {
  Children c(tree_, i);
  ast::FieldEntry result;
  auto name = [&](bool& quoted_name) {
    quoted_name = c.is(NodeKind::QuotedLabel);
    return ident(c.next());
  };
  result.is_final = c.take(NodeKind::Final);
  result.label = name(result.quoted);
  if (c.is(NodeKind::Label) || c.is(NodeKind::QuotedLabel)) {
    result.key = name(result.key_quoted);
    result.op = ast::AssignOp::Open;
  }
  if (c.is(NodeKind::Assign)) {
    auto op = text(c.next()).front();
    result.op = op == '+' ? ast::AssignOp::Append : op == '-' ? ast::AssignOp::Subtract : ast::AssignOp::Set;
    result.value = value(c.next());
  } else if (c.is(NodeKind::Block)) {
    result.op = ast::AssignOp::Open;
    result.block = block(c.next());
  } else if (result.key) {
    result.block = arena_.blocks.add({span(node(i).end, node(i).end), {}});  // `expose http` opens the entry and adds nothing
  }
  result.tail = tail(c);
  return result;
}

ast::DeclFieldEntry Builder::decl_field(NodeIndex i) {
  Children c(tree_, i);
  ast::DeclFieldEntry result;
  result.is_final = c.take(NodeKind::Final);
  while (c.is(NodeKind::Modifier)) {
    auto word = text(c.next());
    auto& m = result.modifiers;
    (word == "varies"   ? m.varies
     : word == "vital"  ? m.vital
     : word == "silent" ? m.silent
     : word == "main"   ? m.main
     : word == "output" ? m.output
     : word == "out"    ? m.out
                        : m.option) = true;
  }
  result.name = ident(c.next());
  result.type = type(c.next());
  result.value = optional_value(c);
  return result;
}

ast::EmitEntry Builder::emit(NodeIndex i) {
  Children c(tree_, i);
  ast::EmitEntry result;
  if (c.is(NodeKind::Name)) result.handle = ident(c.next());
  result.shape = path(c.next());
  if (c.is(NodeKind::Args)) result.args = args(c.next());
  result.block = optional_block(c);
  result.guard = guard(c);
  return result;
}

ast::IgnoresEntry Builder::ignores(NodeIndex i) {
  Children c(tree_, i);
  ast::IgnoresEntry result;
  result.approximates = text(i).front() == 'a';
  while (c.is(NodeKind::Path)) result.paths.push_back(path(c.next()));
  result.guard = guard(c);
  result.because = primary(c.next());
  return result;
}

ast::AllowEntry Builder::allow(NodeIndex i) {
  Children c(tree_, i);
  ast::AllowEntry result;
  result.id = path(c.next());
  result.because = primary(c.next());
  if (!c.done()) result.until = symbol(text(c.next()));
  return result;
}

ast::LetEntry Builder::let(NodeIndex i) {
  Children c(tree_, i);
  ast::LetEntry result;
  result.name = ident(c.next());
  if (c.is(NodeKind::Type)) result.type = type(c.next());
  result.value = value(c.next());
  return result;
}

ast::Tail Builder::tail(Children& c) {
  ast::Tail result;
  result.fors = for_clauses(c);
  result.guard = guard(c);
  return result;
}

}  // namespace envc::syntax
