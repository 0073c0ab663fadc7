// Words of a POSIX shell: how a text is quoted so that the shell reads it back.
#pragma once

#include <string>
#include <string_view>

namespace envc {

/// One word of a POSIX shell (2.2 of its Command Language) that stands for the
/// text: itself where nothing in it means anything to a shell, else '…' with
/// '\'' for a quote inside. `NAME=x`, which would be an assignment at the start
/// of a command, is quoted too.
[[nodiscard]] std::string shell_word(std::string_view text);

}  // namespace envc
