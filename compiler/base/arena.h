// A bump allocator: what one environment makes lives and dies together.
// Holds trivially destructible things only.
#pragma once

#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace envc {

class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (raw(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }
  template <class T>
  std::span<T> copy(const std::vector<T>& items) { return copy(std::span<const T>(items)); }
  template <class T>
  std::span<T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (items.empty()) return {};
    auto* at = static_cast<T*>(raw(sizeof(T) * items.size(), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), at);
    return {at, items.size()};
  }
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    auto* at = static_cast<char*>(raw(text.size(), 1));
    std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
  }
  [[nodiscard]] std::size_t bytes() const { return total_; }

 private:
  void* raw(std::size_t size, std::size_t align) {
    auto at = (next_ + align - 1) & ~(align - 1);
    if (at + size > end_) {
      auto chunk = std::max<std::size_t>(size + align, blocks_.empty() ? 1 << 14 : 1 << 18);
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(chunk));
      next_ = reinterpret_cast<std::uintptr_t>(blocks_.back().get());
      end_ = next_ + chunk;
      total_ += chunk;
      at = (next_ + align - 1) & ~(align - 1);
    }
    next_ = at + size;
    return reinterpret_cast<void*>(at);
  }
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::uintptr_t next_ = 0, end_ = 0;
  std::size_t total_ = 0;
};

}  // namespace envc
