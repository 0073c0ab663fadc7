#include "base/file_system.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace envc {
namespace fs = std::filesystem;
namespace {

IoError failure(const std::string& path, const std::error_code& code) {
  auto text = code.message();
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return {path, text};
}

IoError last_failure(const std::string& path) { return failure(path, std::error_code(errno, std::generic_category())); }

}  // namespace

Expected<std::string> DiskFileSystem::read(const std::string& path) const {
  std::error_code code;
  if (fs::is_directory(path, code)) return IoError{path, "is a folder"};
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return last_failure(path);
  std::string text;
  auto size = fs::file_size(path, code);
  if (!code) text.reserve(size);
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) text.append(buffer, static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return last_failure(path);
  return text;
}

Expected<std::uint64_t> DiskFileSystem::size(const std::string& path) const {
  std::error_code code;
  auto bytes = fs::file_size(path, code);
  if (code) return failure(path, code);
  return std::uint64_t{bytes};
}

Expected<Done> DiskFileSystem::write(const std::string& path, std::string_view text) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  if (!out) return last_failure(path);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) return last_failure(path);
  return Done{};
}

Expected<Done> DiskFileSystem::rename(const std::string& from, const std::string& to) {
  std::error_code code;
  fs::rename(from, to, code);
  if (code) return failure(to, code);
  return Done{};
}

Expected<Done> DiskFileSystem::remove(const std::string& path) {
  std::error_code code;
  fs::remove(path, code);
  if (code) return failure(path, code);
  return Done{};
}

Expected<Done> DiskFileSystem::make_folders(const std::string& path) {
  std::error_code code;
  fs::create_directories(path, code);
  if (code) return failure(path, code);
  return Done{};
}

Expected<std::vector<std::string>> DiskFileSystem::list(const std::string& folder) const {
  std::error_code code;
  std::vector<std::string> names;
  for (fs::directory_iterator it(folder, code), end; !code && it != end; it.increment(code))
    names.push_back(it->path().filename().string());
  if (code) return failure(folder, code);
  std::sort(names.begin(), names.end());
  return names;
}

FileKind DiskFileSystem::kind(const std::string& path) const {
  std::error_code code;
  auto status = fs::symlink_status(path, code);
  switch (status.type()) {
    case fs::file_type::none:
    case fs::file_type::not_found: return FileKind::Missing;
    case fs::file_type::regular: return FileKind::File;
    case fs::file_type::directory: return FileKind::Folder;
    case fs::file_type::symlink: return FileKind::Link;
    default: return FileKind::Other;
  }
}

Expected<std::string> DiskFileSystem::canonical(const std::string& path) const {
  std::error_code code;
  auto result = fs::weakly_canonical(fs::absolute(path, code), code);
  if (code) return failure(path, code);
  return result.string();
}

Expected<Done> DiskFileSystem::make_executable(const std::string& path) {
  std::error_code code;
  fs::permissions(path, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add, code);
  if (code) return failure(path, code);
  return Done{};
}

bool DiskFileSystem::is_executable(const std::string& path) const {
  std::error_code code;
  return (fs::status(path, code).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

}  // namespace envc
