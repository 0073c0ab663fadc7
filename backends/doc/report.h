// What a format cannot say, told once an object: a value may be printed twice
// (measured, then written) and a secret may stand in ten places.
#pragma once

#include <set>
#include <string>
#include <tuple>

#include "diag/diagnostic.h"
#include "plan/plan.h"

namespace envc::backends::doc {

class Reporter {
 public:
  Reporter(const plan::Plan& plan, std::string_view format, diag::Sink& sink) : plan_(plan), format_(format), sink_(sink) {}

  void begin(const plan::Object& object) { object_ = &object; }

  /// A reference where every value must be known (E0650).
  void reference(const plan::RefPart& part);
  /// A secret where it would be printed for everyone (E0651).
  void secret(const plan::SecretPart& part, std::string_view key, std::string_view instead);
  /// An input where the format takes none (E0652).
  void input(const plan::InputPart& part, std::string_view key, std::string_view instead);

  [[nodiscard]] diag::Sink& sink() { return sink_; }
  [[nodiscard]] Span span() const { return object_ != nullptr ? object_->span : Span{}; }

 private:
  enum class What : std::uint8_t { Reference, Secret, Input };
  bool first(What what, std::uint32_t index, std::string_view detail);

  const plan::Plan& plan_;
  std::string_view format_;
  diag::Sink& sink_;
  const plan::Object* object_ = nullptr;
  std::set<std::tuple<const plan::Object*, What, std::uint32_t, std::string>> told_;  // asked, never walked
};

}  // namespace envc::backends::doc
