// Facts: the second declaration of a generated shape refines fields that the
// first one has. Only a library declares such pairs.
#include <gtest/gtest.h>

#include "memory_files.h"
#include "sema/library.h"
#include "sema/sema.h"

namespace envc::sema {
namespace {

TEST(Facts, OfAFieldThatIsNotThere) {
  SourceMap sources;
  Interner names;
  ast::Arena ast;
  Program program;
  diag::Sink sink;
  program.sources = &sources;
  program.names = &names;
  program.ast = &ast;
  MemoryFiles files({
      {"lib/core.envc", "kind system { naming: String = \"{system}\" }\nkind environment { label: String? }\n"},
      {"lib/formats/f/generated/box.envc", "shape f.Box { width: Int }\n"},
      {"lib/formats/f/facts.envc",
       "shape f.Box { widht: Int }\nformat f { }\nplatform p { formats = [\"f\"] }\nkind crate { }\n"
       "realize crate on p { emit main = Box { width = 1 } }\n"},
      {"p/main.envc", "system shop { }\ncrate one { }\nenvironment here on p { }\n"},
  });
  auto library = load_library(files, "lib", sources, sink);
  ASSERT_TRUE(library);
  check(program, *library, files, "p", {"main.envc"}, sink);
  std::string said;
  for (const auto& d : sink.all()) said += std::string(d.code.id) + " " + d.message + "\n";
  EXPECT_EQ(said, "E0333 the shape `f.Box` has no field `widht` to refine\n");
}

}  // namespace
}  // namespace envc::sema
