// `.envc-manifest.json`: which files of an output folder envc wrote, with a
// hash of what it wrote. What is not in it belongs to somebody else.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace envc::driver {

inline constexpr std::string_view manifest_name = ".envc-manifest.json";

struct Written {
  std::string hash;    ///< of the file's bytes
  std::string format;  ///< Output::format: empty where the path says it
  friend bool operator==(const Written&, const Written&) = default;
};

/// By path below the output folder.
using Manifest = std::map<std::string, Written>;

/// 64 bits of FNV-1a as 16 hexadecimal digits: finds changes, resists no attack.
[[nodiscard]] std::string content_hash(std::string_view text);

/// Nothing where the text is no manifest. Paths that leave the folder are skipped.
[[nodiscard]] std::optional<Manifest> read_manifest(std::string_view text);

/// Sorted, one file a line, so that versions of it merge well.
[[nodiscard]] std::string write_manifest(const Manifest& manifest);

}  // namespace envc::driver
