// What a text must be before it is parsed: UTF-8 without a byte order mark and
// without NUL, and composed (NFC) as far as names that people read go. E00.
#pragma once

#include <string_view>

#include "base/source.h"
#include "diag/diagnostic.h"

namespace envc::syntax {

struct CheckedText {
  bool readable = true;     ///< false: parsing makes no sense
  std::uint32_t begin = 0;  ///< after the byte order mark, if there is one
};

[[nodiscard]] CheckedText check_text(std::string_view text, FileId file, diag::Sink& sink);

}  // namespace envc::syntax
