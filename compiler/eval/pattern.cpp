#include "eval/pattern.h"

#include <memory>

namespace envc::eval {

namespace {
struct Piece;
using PiecePtr = std::unique_ptr<Piece>;
/// The parsed pattern; repetition copies it, so it is compiled from a tree.
struct Piece {
  enum Kind { Set, Sequence, Choice, Repeat } kind = Sequence;
  unsigned set = 0;
  int least = 1, most = 1;  // most < 0: no end
  std::vector<PiecePtr> parts;
};
}  // namespace

struct PatternParser {
  std::string_view text;
  Pattern& out;
  std::size_t at = 0;
  bool good = true;
  int depth = 0;

  bool end() const { return at >= text.size(); }
  char peek() const { return end() ? '\0' : text[at]; }

  unsigned add(const Pattern::Set& set) {
    out.sets_.push_back(set);
    return static_cast<unsigned>(out.sets_.size() - 1);
  }
  void escape(char c, Pattern::Set& set) {
    auto range = [&](char a, char b) {
      for (int i = a; i <= b; ++i) set.has[static_cast<unsigned char>(i)] = true;
    };
    switch (c) {
      case 'd': range('0', '9'); return;
      case 'w': range('a', 'z'), range('A', 'Z'), range('0', '9'); set.has['_'] = true; return;
      case 's': set.has[' '] = set.has['\t'] = set.has['\n'] = set.has['\r'] = true; return;
      case 'n': set.has['\n'] = true; return;
      case 't': set.has['\t'] = true; return;
      default: set.has[static_cast<unsigned char>(c)] = true;
    }
  }
  PiecePtr choice() {
    auto piece = std::make_unique<Piece>();
    piece->kind = Piece::Choice;
    piece->parts.push_back(sequence());
    while (good && peek() == '|' && !end()) {
      ++at;
      piece->parts.push_back(sequence());
    }
    return piece;
  }
  PiecePtr sequence() {
    auto piece = std::make_unique<Piece>();
    while (good && !end() && peek() != '|' && peek() != ')') piece->parts.push_back(repeat());
    return piece;
  }
  PiecePtr repeat() {
    auto piece = atom();
    while (good && !end()) {
      int least = -1, most = -1;
      if (peek() == '*') least = 0;
      else if (peek() == '+') least = 1;
      else if (peek() == '?') least = 0, most = 1;
      else if (peek() == '{') {
        auto number = [&] {
          int n = 0;
          while (!end() && peek() >= '0' && peek() <= '9' && n < 10000) n = n * 10 + (text[at++] - '0');
          return n;
        };
        ++at;
        least = number();
        most = least;
        if (peek() == ',') {
          ++at;
          most = peek() == '}' ? -1 : number();
        }
        if (peek() != '}' || most > 1000 || least > 1000) good = false;
      } else {
        break;
      }
      ++at;
      auto outer = std::make_unique<Piece>();
      outer->kind = Piece::Repeat;
      outer->least = least;
      outer->most = most;
      outer->parts.push_back(std::move(piece));
      piece = std::move(outer);
    }
    return piece;
  }
  PiecePtr atom() {
    auto piece = std::make_unique<Piece>();
    char c = text[at++];
    if (c == '(') {
      if (++depth > 50) good = false;
      if (text.substr(at, 2) == "?:") at += 2;
      piece = choice();
      --depth;
      if (peek() != ')' || end()) good = false;
      ++at;
      return piece;
    }
    piece->kind = Piece::Set;
    Pattern::Set set;
    if (c == '.') {
      for (auto& one : set.has) one = true;
    } else if (c == '\\' && !end()) {
      escape(text[at++], set);
    } else if (c == '[') {
      bool negated = peek() == '^';
      if (negated) ++at;
      bool first = true;
      while (!end() && (peek() != ']' || first)) {
        first = false;
        char a = text[at++];
        if (a == '\\' && !end()) {
          escape(text[at++], set);
          continue;
        }
        if (peek() == '-' && at + 1 < text.size() && text[at + 1] != ']') {
          char b = text[at + 1];
          at += 2;
          for (int i = static_cast<unsigned char>(a); i <= static_cast<unsigned char>(b); ++i) set.has[i] = true;
        } else {
          set.has[static_cast<unsigned char>(a)] = true;
        }
      }
      if (end()) good = false;
      else ++at;
      if (negated)
        for (auto& one : set.has) one = !one;
    } else if (c == '^' || c == '$') {
      piece->kind = Piece::Sequence;  // whole texts are matched anyway
      return piece;
    } else {
      set.has[static_cast<unsigned char>(c)] = true;
    }
    piece->set = add(set);
    return piece;
  }
  void emit(const Piece& piece) {
    using S = Pattern::Step;
    auto& steps = out.steps_;
    if (steps.size() > 100000) {
      good = false;
      return;
    }
    auto here = [&] { return static_cast<unsigned>(steps.size()); };
    switch (piece.kind) {
      case Piece::Set: steps.push_back({S::Class, piece.set}); return;
      case Piece::Sequence:
        for (auto& part : piece.parts) emit(*part);
        return;
      case Piece::Choice: {
        std::vector<unsigned> ends;
        for (std::size_t i = 0; i < piece.parts.size(); ++i) {
          if (i + 1 == piece.parts.size()) {
            emit(*piece.parts[i]);
            break;
          }
          auto split = here();
          steps.push_back({S::Split});
          steps[split].a = here();
          emit(*piece.parts[i]);
          ends.push_back(here());
          steps.push_back({S::Jump});
          steps[split].b = here();
        }
        for (auto end : ends) steps[end].a = here();
        return;
      }
      case Piece::Repeat: {
        for (int i = 0; i < piece.least; ++i) emit(*piece.parts[0]);
        if (piece.most < 0) {
          auto split = here();
          steps.push_back({S::Split});
          steps[split].a = here();
          emit(*piece.parts[0]);
          steps.push_back({S::Jump, split});
          steps[split].b = here();
        } else {
          std::vector<unsigned> splits;
          for (int i = piece.least; i < piece.most; ++i) {
            auto split = here();
            splits.push_back(split);
            steps.push_back({S::Split});
            steps[split].a = here();
            emit(*piece.parts[0]);
          }
          for (auto split : splits) steps[split].b = here();
        }
        return;
      }
    }
  }
};

bool Pattern::compile(std::string_view pattern) {
  steps_.clear();
  sets_.clear();
  PatternParser parser{pattern, *this};
  auto piece = parser.choice();
  if (!parser.good || !parser.end()) return false;
  parser.emit(*piece);
  steps_.push_back({Step::Match});
  return parser.good;
}

bool Pattern::matches(std::string_view text) const {
  std::vector<unsigned> now, next;
  std::vector<std::size_t> seen(steps_.size(), static_cast<std::size_t>(-1));
  std::vector<unsigned> stack;
  auto add = [&](std::vector<unsigned>& into, unsigned step, std::size_t position) {
    stack.push_back(step);
    while (!stack.empty()) {
      auto s = stack.back();
      stack.pop_back();
      if (seen[s] == position) continue;
      seen[s] = position;
      if (steps_[s].kind == Step::Jump) stack.push_back(steps_[s].a);
      else if (steps_[s].kind == Step::Split) stack.push_back(steps_[s].b), stack.push_back(steps_[s].a);
      else into.push_back(s);
    }
  };
  add(now, 0, 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    next.clear();
    for (auto s : now)
      if (steps_[s].kind == Step::Class && sets_[steps_[s].a].has[static_cast<unsigned char>(text[i])]) add(next, s + 1, i + 1);
    now.swap(next);
    if (now.empty()) return false;
  }
  for (auto s : now)
    if (steps_[s].kind == Step::Match) return true;
  return false;
}

}  // namespace envc::eval
