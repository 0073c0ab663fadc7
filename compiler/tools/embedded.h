// What the generated tables consist of: files whose text is part of the binary.
#pragma once

#include <span>
#include <string_view>

namespace envc {

struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

}  // namespace envc
