// A script for people that makes the values of secrets, notes those that a
// release gives, and checks those that are there: POSIX sh, beside the file of NAME= lines that it is about.
#pragma once

#include <string>

#include "plan/plan.h"

namespace envc::backends::doc {

/// How a reader of NAME=VALUE lines takes a value.
enum class Quotes : std::uint8_t {
  Literal,  ///< as it is (kubectl create secret --from-env-file)
  Removed   ///< without quotes around it (Compose)
};

struct SecretsScript {
  std::string_view name;  ///< "generate-env.sh"
  std::string_view file;  ///< the file that it fills: ".env"
  Quotes quotes = Quotes::Literal;
  bool inputs = false;    ///< whether the file holds what a release gives, too
};

/// The script; never a value, except those that must not be used.
[[nodiscard]] std::string secrets_script(const plan::Plan& plan, const SecretsScript& script);

}  // namespace envc::backends::doc
