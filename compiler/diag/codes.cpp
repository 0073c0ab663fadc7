// The list of all codes, from the same .def files as the types.
#include "diag/diagnostic.h"

namespace envc::diag {

const std::vector<Code>& all_codes() {
  static const std::vector<Code> codes = {
#define DIAG(ID, NAME, SEVERITY, TEXT) NAME::code,
#include "diag/all.def"
#undef DIAG
  };
  return codes;
}

}  // namespace envc::diag
