#include "driver/manifest.h"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/paths.h"

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
  for (const auto& [path, entry] : document["files"].items()) {
    if (!stays_inside(path)) continue;
    if (entry.is_string()) manifest.emplace(path, Written{entry.get<std::string>(), ""});
    if (!entry.is_object() || !entry.contains("hash") || !entry["hash"].is_string()) continue;
    Written written{entry["hash"].get<std::string>(), ""};
    if (entry.contains("format") && entry["format"].is_string()) written.format = entry["format"].get<std::string>();
    manifest.emplace(path, std::move(written));
  }
  return manifest;
}

std::string write_manifest(const Manifest& manifest) {
  nlohmann::ordered_json files = nlohmann::ordered_json::object();
  for (const auto& [path, written] : manifest) {
    if (written.format.empty()) files[path] = written.hash;
    else files[path] = {{"hash", written.hash}, {"format", written.format}};
  }
  nlohmann::ordered_json document = {{"version", version}, {"files", std::move(files)}};
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace envc::driver
