// Failure of the world outside (open, read, write), as a value. Mistakes of
// users are diagnostics; mistakes of ours end in ENVC_CHECK.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

namespace envc {

struct IoError {
  std::string path;
  std::string message;  // lower case, no full stop: "permission denied"
};

template <class T, class E = IoError>
class [[nodiscard]] Expected {
 public:
  Expected(T value) : state_(std::move(value)) {}
  Expected(E error) : state_(std::move(error)) {}
  [[nodiscard]] explicit operator bool() const { return state_.index() == 0; }
  [[nodiscard]] T& operator*() { return std::get<0>(state_); }
  [[nodiscard]] const T& operator*() const { return std::get<0>(state_); }
  [[nodiscard]] T* operator->() { return &std::get<0>(state_); }
  [[nodiscard]] const E& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, E> state_;
};

struct Done {};  // Expected<Done>: an action without a result

}  // namespace envc

/// A broken invariant is our bug, never the user's: say where, exit 70.
#define ENVC_CHECK(condition)                                                                   \
  do {                                                                                          \
    if (!(condition)) {                                                                         \
      std::fprintf(stderr, "envc: internal error at %s:%d: %s\n", __FILE__, __LINE__, #condition); \
      std::_Exit(70);                                                                           \
    }                                                                                           \
  } while (false)
