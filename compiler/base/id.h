// Typed 32-bit ids and the store they index. Ids replace pointers between the
// structures of every stage: they are small, stable when a store grows, and
// never own anything.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace envc {

template <class T>
struct Id {
  static constexpr std::uint32_t none = 0xffffffffu;
  std::uint32_t index = none;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t i) : index(i) {}
  [[nodiscard]] constexpr bool valid() const { return index != none; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;
};

/// Owns all values of one kind; an Id stays valid for the life of the store.
template <class T>
class Store {
 public:
  Id<T> add(T value) {
    items_.push_back(std::move(value));
    return Id<T>(static_cast<std::uint32_t>(items_.size() - 1));
  }
  [[nodiscard]] T& operator[](Id<T> id) { return items_[id.index]; }
  [[nodiscard]] const T& operator[](Id<T> id) const { return items_[id.index]; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }
  [[nodiscard]] auto begin() { return items_.begin(); }
  [[nodiscard]] auto end() { return items_.end(); }

 private:
  std::vector<T> items_;
};

}  // namespace envc

template <class T>
struct std::hash<envc::Id<T>> {
  std::size_t operator()(envc::Id<T> id) const noexcept { return id.index * 0x9E3779B97F4A7C15ull >> 16; }
};
