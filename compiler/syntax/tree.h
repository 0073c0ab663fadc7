// The lossless tree of one file: nodes in pre-order, flat. What is between the
// nodes (blanks, comments, punctuation) is found in the text; nothing is lost.
#pragma once

#include <cstdint>
#include <vector>

#include "base/source.h"
#include "diag/diagnostic.h"

namespace envc::syntax {

/// One kind for each grammar rule that later stages look at; see kinds.def.
enum class NodeKind : std::uint16_t {
#define ENVC_NODE(kind, rule) kind,
#include "syntax/kinds.def"
#undef ENVC_NODE
};

struct Node {
  NodeKind kind;
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t size;  ///< nodes in this subtree, itself included
};

struct Tree {
  FileId file;
  std::vector<Node> nodes;
  bool has_errors = false;
};

/// The index of the first child of a node; equal to `after(tree, i)` when it has none.
[[nodiscard]] inline std::uint32_t first_child(std::uint32_t i) { return i + 1; }
/// The index after the subtree of a node: its next sibling, or the end of its parent.
[[nodiscard]] inline std::uint32_t after(const Tree& tree, std::uint32_t i) { return i + tree.nodes[i].size; }

}  // namespace envc::syntax
