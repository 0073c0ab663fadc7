#include "driver/exit.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace envc::driver {

int exit_code(const diag::Sink& sink) {
  static constexpr std::array world{diag::UnreadableFile::code.id, diag::NoSources::code.id, diag::OutputUnwritable::code.id};
  const bool io = std::any_of(sink.all().begin(), sink.all().end(), [](const diag::Diagnostic& d) {
    return std::any_of(world.begin(), world.end(), [&](std::string_view id) { return id == d.code.id; });
  });
  if (io) return bad_world;
  return sink.has_errors() ? bad_sources : good;
}

}  // namespace envc::driver
