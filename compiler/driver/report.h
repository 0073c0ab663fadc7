// What a command says: diagnostics, loss and files, as text or as one JSON document.
#pragma once

#include "driver/exit.h"
#include "driver/pipeline.h"

namespace envc::driver {

/// For people: diagnostics go to `result.err`, loss and files to `result.out`.
void report_text(const Compilation& compilation, const WriteReport& files, const BuildCommand& command, Result& result);

/// For tools: {"diagnostics":[…],"errors":0,"warnings":0,"loss":[…],"files":[…]} in `result.out`.
void report_json(const Compilation& compilation, const WriteReport& files, const BuildCommand& command, Result& result);

}  // namespace envc::driver
