#include "sema/sema.h"

#include "sema/check.h"

namespace envc::sema {

void check(Program& program, const LibraryIndex& library, FileSystem& files, const std::string& root,
           const std::vector<std::string>& sources, diag::Sink& sink) {
  Checker(program, library, files, sink).run(root, sources);
}

}  // namespace envc::sema
