// What recovery remembers of a broken entry or declaration until it is reported.
// Plain data between parse.cpp (which fills it) and report_*.cpp (which words it).
#pragma once

#include <cstdint>
#include <vector>

namespace envc::syntax {

enum class Expected : std::uint8_t {
#define ENVC_EXPECTED(name, text) name,
#include "syntax/expected.def"
#undef ENVC_EXPECTED
  Nothing
};

/// A set of Expected, one bit each.
using ExpectedSet = std::uint32_t;
[[nodiscard]] constexpr ExpectedSet bit(Expected e) { return 1u << static_cast<unsigned>(e); }

enum class Broken : std::uint8_t { Entry, Declaration, Unclosed };

struct Failure {
  Broken what;
  std::uint32_t node;   ///< index of its Error node
  std::uint32_t begin;  ///< of what is broken
  std::uint32_t end;    ///< where recovery goes on
  std::uint32_t at;     ///< the furthest byte that no rule could take
  ExpectedSet expected = 0;
  bool follows_block = false;          ///< what stands before it on the line is whole and ends with `}`
  std::vector<std::uint32_t> openers;  ///< Unclosed: the `{` that have no `}`, innermost first
};

}  // namespace envc::syntax
