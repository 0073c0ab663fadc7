// The pages of `envc explain`. Their texts are in diag/explain/*.md and become
// a table when the compiler is built (compiler/tools/embed.cpp).
#include <algorithm>

#include "diag/render.h"
#include "tools/embedded.h"

namespace envc::diag {

std::span<const EmbeddedFile> explain_pages();  // generated

std::string_view explain_page(std::string_view code) {
  auto pages = explain_pages();
  auto found = std::lower_bound(pages.begin(), pages.end(), code,
                                [](const EmbeddedFile& page, std::string_view wanted) { return page.name < wanted; });
  return found != pages.end() && found->name == code ? found->text : std::string_view();
}

}  // namespace envc::diag
