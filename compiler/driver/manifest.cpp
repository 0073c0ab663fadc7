#include "driver/manifest.h"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>

#include "driver/paths.h"

namespace envc::driver {
namespace {
constexpr int version = 1;
}

std::string content_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ull;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return fmt::format("{:016x}", hash);
}

std::optional<Manifest> read_manifest(std::string_view text) {
  auto document = nlohmann::json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("version") || document["version"] != version) return std::nullopt;
  if (!document.contains("files") || !document["files"].is_object()) return std::nullopt;
  Manifest manifest;
  for (const auto& [path, hash] : document["files"].items())
    if (hash.is_string() && stays_inside(path)) manifest.emplace(path, hash.get<std::string>());
  return manifest;
}

std::string write_manifest(const Manifest& manifest) {
  nlohmann::ordered_json files = nlohmann::ordered_json::object();
  for (const auto& [path, hash] : manifest) files[path] = hash;
  nlohmann::ordered_json document = {{"version", version}, {"files", std::move(files)}};
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace envc::driver
