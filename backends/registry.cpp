// The one place that names all formats.
#include <array>

#include "backend.h"
#include "compose/compose.h"
#include "ecs/ecs.h"
#include "kubernetes/kubernetes.h"
#include "terraform/terraform.h"
#include "text/text.h"

namespace envc::backends {

std::span<const Backend> registry() {
  static constexpr std::array backends{
      Backend{"hcl", "terraform", &terraform::lower},
      Backend{"ecs", "ecs", &ecs::lower},
      Backend{"compose", "compose", &compose::lower},
      Backend{"kubernetes", "kubernetes", &kubernetes::lower},
      Backend{"text", "", &text::lower},
  };
  return backends;
}

}  // namespace envc::backends
