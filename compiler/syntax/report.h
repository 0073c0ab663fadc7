// A broken entry or declaration -> its one diagnostic of E01.
#pragma once

#include <string_view>

#include "base/source.h"
#include "diag/diagnostic.h"
#include "syntax/failure.h"

namespace envc::syntax {

void report(const Failure& failure, std::string_view text, FileId file, diag::Sink& sink);

}  // namespace envc::syntax
