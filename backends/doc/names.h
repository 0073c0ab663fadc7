// What objects are called in files: their address, and the final names of those
// that end in a hash of their content.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/report.h"
#include "plan/plan.h"

namespace envc::backends::doc {

/// Appends what expressions and people call an object's attribute:
/// `aws_vpc.main.id`, `data.aws_x.main.id`, `var.name`, `local.path`.
/// An empty path is the object itself.
void append_address(std::string& out, const plan::Object& object, std::string_view path);

/// The final name of every object of a plan. A hashed name is "name-0123456789":
/// when the content changes, so does the name, and with it all that holds it.
/// `metadata.name` is not part of the content.
class Names {
 public:
  /// Reports what holds its own name, for objects of `format` (E0653).
  Names(const plan::Plan& plan, std::string_view format, diag::Sink& sink);

  [[nodiscard]] std::string_view of(std::uint32_t object) const {
    const auto& hashed = hashed_[object];
    return hashed.empty() ? plan_.objects[object].name : std::string_view(hashed);
  }

 private:
  enum class State : std::uint8_t { Open, Busy, Done };
  void resolve(std::uint32_t object);
  void append_content(std::string& out, const plan::Object& object, bool& cyclic);

  const plan::Plan& plan_;
  std::string_view format_;
  diag::Sink& sink_;
  std::vector<std::string> hashed_;
  std::vector<State> states_;
};

/// Ten hexadecimal digits that depend on all of `text`, the same on every
/// machine and for ever (std::hash is neither). No defence against forgery.
[[nodiscard]] std::string short_hash(std::string_view text);

}  // namespace envc::backends::doc
