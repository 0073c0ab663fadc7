// The process: arguments in, two streams and an exit code out.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "driver/cli.h"
#include "driver/commands/commands.h"

namespace {

envc::driver::Terminal terminal() {
  const char* refused = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  const bool dumb = kind != nullptr && std::string_view(kind) == "dumb";
  return isatty(STDERR_FILENO) == 1 && (refused == nullptr || *refused == '\0') && !dumb ? envc::driver::Terminal::Colours
                                                                                         : envc::driver::Terminal::Plain;
}

/// Nothing of ours throws: what arrives here (no memory left) is an internal error.
[[noreturn]] void give_up() {
  std::fputs("envc: internal error: an exception was not caught\n", stderr);
  std::_Exit(70);
}

bool put(std::FILE* stream, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
}

}  // namespace

int main(int count, char** arguments) {
  std::set_terminate(give_up);
  envc::DiskFileSystem disk;
  auto result = envc::driver::run(disk, envc::driver::read_command_line({arguments + 1, arguments + count}, terminal()));
  put(stderr, result.err);
  return put(stdout, result.out) ? result.code : envc::driver::bad_world;
}
