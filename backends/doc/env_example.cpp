// See env_example.h.
#include "doc/env_example.h"

#include "doc/text.h"

namespace envc::backends::doc {

void append_secret_lines(std::string& out, const plan::Plan& plan) {
  for (const auto& secret : plan.secrets) {
    out += '\n';
    append_comment(out, secret.doc, 0);
    if (!secret.component.empty()) {
      out += "# of: ";
      out += secret.component;
      out += '\n';
    }
    if (!secret.generate.empty()) {
      out += "# generate: ";
      out += secret.generate;
      out += '\n';
    }
    out += secret.name;
    out += "=\n";
  }
}

std::string_view input_doc(const plan::Input& input) {
  return input.doc.empty() ? std::string_view("Given when a release runs.") : input.doc;
}

void append_input_lines(std::string& out, const plan::Plan& plan) {
  for (const auto& input : plan.inputs) {
    out += '\n';
    append_comment(out, input_doc(input), 0);
    out += upper_snake(input.name);
    out += "=\n";
  }
}

}  // namespace envc::backends::doc
