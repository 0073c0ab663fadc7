// How texts and late values are written in manifests: what the kubelet expands,
// where an input may stand, which texts are always quoted. Layout is doc/yaml's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/names.h"
#include "doc/report.h"
#include "doc/spelling.h"

namespace envc::backends::kubernetes {

/// An image whose tag is an input: a release fills it in.
struct TaggedImage {
  std::string name;
  std::uint32_t input;
};

/// A Secret object that containers take variables from; nobody but the reader makes it.
struct SecretObject {
  std::string_view space;  ///< its namespace, or empty
  std::string_view name;
};

class Speller {
 public:
  Speller(const plan::Plan& plan, doc::Reporter& reporter, const doc::Names& names)
      : plan_(plan), reporter_(reporter), names_(names) {}

  /// Before the first text of an object.
  void begin(std::uint32_t object) {
    object_ = object;
    space_ = {};
  }
  doc::Spelled operator()(const doc::Place& at, const plan::Node& node, std::string& scratch);
  /// In the order in which they were first seen.
  [[nodiscard]] const std::vector<TaggedImage>& images() const { return images_; }
  [[nodiscard]] const std::vector<SecretObject>& secret_objects() const { return secret_objects_; }

 private:
  bool image(const doc::Place& at, plan::Late parts, std::string& scratch);
  void late(const doc::Place& at, plan::Late parts, std::string& scratch);
  void note(const doc::Place& at, std::string_view text);
  [[nodiscard]] char first_character(plan::Late parts, std::size_t from) const;

  const plan::Plan& plan_;
  doc::Reporter& reporter_;
  const doc::Names& names_;
  std::uint32_t object_ = 0;
  std::string_view space_;  ///< the object's namespace, which stands before its spec
  std::vector<TaggedImage> images_;
  std::vector<SecretObject> secret_objects_;
};

/// Appends a text for the kubelet, which reads `$(NAME)` as a variable and `$$`
/// as `$`. `next` is the character that will follow, 0 for none.
void append_kubelet_text(std::string& out, std::string_view text, char next);

}  // namespace envc::backends::kubernetes
