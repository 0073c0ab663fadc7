// See report.h.
#include "doc/report.h"

#include "doc/names.h"

namespace envc::backends::doc {

bool Reporter::first(What what, std::uint32_t index, std::string_view detail) {
  return told_.emplace(object_, what, index, std::string(detail)).second;
}

void Reporter::reference(const plan::RefPart& part) {
  if (!first(What::Reference, part.object, part.path)) return;
  const auto& target = plan_.objects[part.object];
  std::string address;
  append_address(address, target, part.path);
  auto& d = sink_.report(diag::LateInKnownFormat{}, span(), address, format_);
  if (target.span.valid()) d.label(target.span, "it belongs to this object");
}

void Reporter::secret(const plan::SecretPart& part, std::string_view key, std::string_view instead) {
  if (!first(What::Secret, part.secret, key)) return;
  const auto& secret = plan_.secrets[part.secret];
  auto& d = sink_.report(diag::SecretInPlainPlace{}, span(), secret.name, key, format_);
  if (secret.span.valid()) d.label(secret.span, "declared here");
  d.help(std::string(instead));
}

void Reporter::input(const plan::InputPart& part, std::string_view key, std::string_view instead) {
  if (!first(What::Input, part.input, key)) return;
  const auto& input = plan_.inputs[part.input];
  auto& d = sink_.report(diag::InputInFixedPlace{}, span(), input.name, key, format_);
  if (input.span.valid()) d.label(input.span, "declared here");
  d.help(std::string(instead));
}

}  // namespace envc::backends::doc
