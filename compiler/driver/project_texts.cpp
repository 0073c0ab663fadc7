#include "driver/project_texts.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "diag/render.h"
#include "base/paths.h"

namespace envc::driver {

using model::ProjectFile;
using Fault = ProjectFile::Fault;

const ProjectFile& ProjectTexts::read(std::string_view path) {
  const std::lock_guard lock(mutex_);
  auto at = known_.find(path);
  if (at == known_.end()) at = known_.emplace(std::string(path), load(path)).first;
  return at->second;
}

ProjectFile ProjectTexts::load(std::string_view written) const {
  if (written.find('\0') != std::string_view::npos) return {Fault::Missing, {}, {}};  // the disk would read a shorter name
  const auto path = normal(written);
  if (written.starts_with('/') || !is_below(path, ".")) return {Fault::Leaves, {}, {}};
  const auto folder = files_.canonical(folder_.empty() ? "." : folder_);
  const auto real = files_.canonical(join(folder_, path));
  if (!folder || !real) return {Fault::Unreadable, {}, (folder ? real : folder).error().message};
  if (!is_below(*real, *folder)) return {Fault::Leaves, {}, *real};
  switch (files_.kind(*real)) {
    case FileKind::File: break;
    case FileKind::Missing:
    case FileKind::Link: return {Fault::Missing, {}, nearest(path)};  // a link whose target is gone
    case FileKind::Folder: return {Fault::NotText, {}, "it is a folder"};
    case FileKind::Other: return {Fault::NotText, {}, "it is a device or a pipe"};
  }
  const auto size = files_.size(*real);
  if (!size) return {Fault::Unreadable, {}, size.error().message};
  if (*size > model::ProjectFiles::max_bytes) return {Fault::TooLarge, {}, fmt::format("{} bytes", *size)};
  auto text = files_.read(*real);
  if (!text) return {Fault::Unreadable, {}, text.error().message};
  if (const auto bad = utf8::first_invalid(*text); bad != std::string_view::npos)
    return {Fault::NotText, {}, fmt::format("byte 0x{:02x} at offset {} is not UTF-8", static_cast<unsigned char>((*text)[bad]), bad)};
  if (const auto nul = text->find('\0'); nul != std::string::npos) return {Fault::NotText, {}, fmt::format("it has a NUL byte at offset {}", nul)};
  return {Fault::None, std::move(*text), {}};
}

/// The path with its first absent part replaced by what is there under the most similar name; empty where that names no file either.
std::string ProjectTexts::nearest(const std::string& path) const {
  std::string good;
  const auto all = parts(path);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto next = good.empty() ? std::string(all[i]) : good + "/" + std::string(all[i]);
    if (files_.kind(join(folder_, next)) != FileKind::Missing) {
      good = next;
      continue;
    }
    const auto names = files_.list(good.empty() ? (folder_.empty() ? "." : folder_) : join(folder_, good));
    const auto near = names ? diag::nearest(all[i], *names) : std::string();
    if (near.empty()) return {};
    auto found = good.empty() ? near : good + "/" + near;
    for (auto j = i + 1; j < all.size(); ++j) found.append("/").append(all[j]);
    const auto kind = files_.kind(join(folder_, found));
    return kind == FileKind::File || kind == FileKind::Link ? found : std::string();
  }
  return {};
}

}  // namespace envc::driver
