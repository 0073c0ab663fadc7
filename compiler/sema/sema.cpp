#include "sema/sema.h"

#include "sema/check.h"

namespace envc::sema {

void check(Program& program, const LibraryIndex& library, FileSystem& files, const std::string& root,
           const std::vector<std::string>& sources, diag::Sink& sink) {
  Checker(program, library, files, sink).run(root, sources);
  for (const auto& one : sink.all())
    if (one.severity == diag::Severity::Error && one.primary.valid()) program.mistakes.push_back(one.primary);
}

}  // namespace envc::sema
