// Paths as text: joining, normalising, comparing. Asks no disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace envc {

/// "out", "a/b" -> "out/a/b"; a folder "." adds nothing, an absolute path stands alone.
[[nodiscard]] std::string join(std::string_view folder, std::string_view path);
/// Without ".", empty and resolvable ".." parts.
[[nodiscard]] std::string normal(std::string_view path);
/// The parts between slashes.
[[nodiscard]] std::vector<std::string_view> parts(std::string_view path);
/// Everything before the last slash; empty where there is none.
[[nodiscard]] std::string_view folder_of(std::string_view path);
[[nodiscard]] std::string_view name_of(std::string_view path);
/// Whether `path` is `folder` or stands below it; both normal.
[[nodiscard]] bool is_below(std::string_view path, std::string_view folder);
/// Relative, not empty, and without "." and "..".
[[nodiscard]] bool stays_inside(std::string_view path);

}  // namespace envc
