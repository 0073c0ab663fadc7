// Sources -> checked program. Loads what `use` and names ask for, reports every
// independent error, never stops at the first.
#pragma once

#include "base/file_system.h"
#include "sema/library.h"
#include "sema/program.h"

namespace envc::sema {

/// `root` is the project folder, `files` its .envc files relative to it.
void check(Program& program, const LibraryIndex& library, FileSystem& files, const std::string& root,
           const std::vector<std::string>& sources, diag::Sink& sink);

}  // namespace envc::sema
