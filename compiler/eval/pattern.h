// Whole-text patterns for `matches`: characters, `.`, classes, groups, `|`,
// `* + ? {m,n}`, `\d \w \s`. Own code because <regex> is slow to compile and may
// backtrack without end: this one is linear in the text, whatever the pattern.
#pragma once

#include <string_view>
#include <vector>

namespace envc::eval {

class Pattern {
 public:
  /// False when the pattern is not well formed.
  [[nodiscard]] bool compile(std::string_view pattern);
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  struct Step { enum Kind : unsigned char { Class, Split, Jump, Match } kind; unsigned a = 0, b = 0; };
  struct Set { bool has[256] = {}; };
  std::vector<Step> steps_;
  std::vector<Set> sets_;
  friend struct PatternParser;
};

}  // namespace envc::eval
