// Interned names. Two symbols of one interner are equal exactly when their
// texts are; a symbol's text lives as long as its interner.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace envc {

struct Symbol {
  std::uint32_t index = 0;  // 0 is the empty text
  [[nodiscard]] constexpr bool empty() const { return index == 0; }
  friend constexpr bool operator==(Symbol, Symbol) = default;
  friend constexpr auto operator<=>(Symbol, Symbol) = default;
};

class Interner {
 public:
  Interner() { add(""); }
  Interner(const Interner&) = delete;
  Interner& operator=(const Interner&) = delete;

  Symbol add(std::string_view text) {
    if (auto found = index_.find(text); found != index_.end()) return Symbol{found->second};
    texts_.emplace_back(text);
    auto id = static_cast<std::uint32_t>(texts_.size() - 1);
    index_.emplace(texts_.back(), id);
    return Symbol{id};
  }
  /// The symbol of a text that was added before, or the empty symbol.
  [[nodiscard]] Symbol find(std::string_view text) const {
    auto found = index_.find(text);
    return found == index_.end() ? Symbol{} : Symbol{found->second};
  }
  [[nodiscard]] std::string_view operator[](Symbol s) const { return texts_[s.index]; }

 private:
  std::deque<std::string> texts_;  // a deque: growing never moves a text
  std::unordered_map<std::string_view, std::uint32_t> index_;
};

}  // namespace envc

template <>
struct std::hash<envc::Symbol> {
  std::size_t operator()(envc::Symbol s) const noexcept { return s.index * 0x9E3779B97F4A7C15ull >> 16; }
};
