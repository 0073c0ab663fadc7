// Integers as text, without locale and without allocation.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>

namespace envc::backends::doc {

inline void append_integer(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

}  // namespace envc::backends::doc
