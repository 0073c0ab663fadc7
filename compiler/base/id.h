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

/// Owns all values of one kind. An Id stays valid for the life of the store, and
/// so does a reference: growing adds a chunk and moves nothing.
template <class T>
class Store {
  static constexpr std::uint32_t shift = 8, chunk = 1u << shift;

 public:
  Id<T> add(T value) {
    if (size_ == chunks_.size() * chunk) {
      chunks_.emplace_back();
      chunks_.back().reserve(chunk);
    }
    chunks_.back().push_back(std::move(value));
    return Id<T>(size_++);
  }
  [[nodiscard]] T& operator[](Id<T> id) { return chunks_[id.index >> shift][id.index & (chunk - 1)]; }
  [[nodiscard]] const T& operator[](Id<T> id) const { return chunks_[id.index >> shift][id.index & (chunk - 1)]; }
  [[nodiscard]] std::uint32_t size() const { return size_; }

 private:
  std::vector<std::vector<T>> chunks_;
  std::uint32_t size_ = 0;
};

}  // namespace envc

template <class T>
struct std::hash<envc::Id<T>> {
  std::size_t operator()(envc::Id<T> id) const noexcept { return id.index * 0x9E3779B97F4A7C15ull >> 16; }
};
