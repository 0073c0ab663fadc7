// See spelling.h.
#include "kubernetes/spelling.h"

#include <algorithm>

namespace envc::backends::kubernetes {
namespace {

// The only texts in which the kubelet replaces `$(NAME)`: values of environment
// variables, and the command and arguments of a container (not of a probe).
bool is_expanded(const doc::Place& at) {
  if (at.key == "value") return at.outer == "env";
  if (at.key == "command" || at.key == "args") return at.outer.ends_with("ontainers");
  return false;
}

// Maps of texts, and texts that look like numbers, are always quoted.
bool is_quoted(const doc::Place& at) {
  for (const std::string_view outer : {"labels", "matchLabels", "annotations", "data", "stringData", "nodeSelector"}) {
    if (at.outer == outer) return true;
  }
  for (const std::string_view key : {"value", "command", "args", "image", "schedule"}) {
    if (at.key == key) return true;
  }
  return false;
}

}  // namespace

void append_kubelet_text(std::string& out, std::string_view text, char next) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '$') continue;
    const char after = i + 1 < text.size() ? text[i + 1] : next;
    if (after == '$' || after == '(') out += '$';
  }
}

// Which Secret objects are needed is known once every manifest is written.
void Speller::note(const doc::Place& at, std::string_view text) {
  if (at.depth == 2 && at.key == "namespace" && at.outer == "metadata") space_ = text;
  if (at.key != "name" || at.outer != "secretKeyRef") return;
  const auto same = [&](const SecretObject& one) { return one.space == space_ && one.name == text; };
  if (std::none_of(secret_objects_.begin(), secret_objects_.end(), same)) secret_objects_.push_back({space_, text});
}

doc::Spelled Speller::operator()(const doc::Place& at, const plan::Node& node, std::string& scratch) {
  // A hashed object's body may hold its name as it was before the hash.
  if (at.depth == 2 && at.key == "name" && at.outer == "metadata" && plan_.objects[object_].hashed) {
    return {names_.of(object_)};
  }
  const bool quote = is_quoted(at);
  if (const auto* text = node.as<std::string_view>()) {
    note(at, *text);
    if (!quote || text->find('$') == std::string_view::npos || !is_expanded(at)) return {*text, quote};
    append_kubelet_text(scratch, *text, 0);
    return {scratch, quote};
  }
  const auto parts = *node.as<plan::Late>();
  if (!image(at, parts, scratch)) late(at, parts, scratch);
  return {scratch, quote};
}

// "repo/name:" and an input is the image `repo/name`, whose tag kustomize sets.
bool Speller::image(const doc::Place& at, plan::Late parts, std::string& scratch) {
  if (at.key != "image" || parts.size() < 2) return false;
  const auto* input = std::get_if<plan::InputPart>(&parts.back());
  if (input == nullptr) return false;
  for (const auto& part : parts.first(parts.size() - 1)) {
    const auto* text = std::get_if<std::string_view>(&part);
    if (text == nullptr) return false;
    scratch += *text;
  }
  if (!scratch.ends_with(':')) {
    scratch.clear();
    return false;
  }
  scratch.pop_back();
  for (const auto& known : images_) {
    if (known.name != scratch) continue;
    if (known.input != input->input) {
      reporter_.sink().report(diag::TagOfTwoInputs{}, reporter_.span(), scratch, plan_.inputs[input->input].name,
                              plan_.inputs[known.input].name);
    }
    return true;
  }
  images_.push_back({scratch, input->input});
  return true;
}

char Speller::first_character(plan::Late parts, std::size_t from) const {
  for (; from < parts.size(); ++from) {
    const auto* text = std::get_if<std::string_view>(&parts[from]);
    const auto* name = std::get_if<plan::NamePart>(&parts[from]);
    if (text == nullptr && name == nullptr) return '$';
    const auto known = text != nullptr ? *text : names_.of(name->object);
    if (!known.empty()) return known.front();
  }
  return 0;
}

void Speller::late(const doc::Place& at, plan::Late parts, std::string& scratch) {
  const bool expanded = is_expanded(at);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& part = parts[i];
    if (const auto* ref = std::get_if<plan::RefPart>(&part)) {
      reporter_.reference(*ref);
    } else if (const auto* input = std::get_if<plan::InputPart>(&part)) {
      reporter_.input(*input, at.key, "an input can be the tag of an image: `image = \"repository/name:{version}\"`");
    } else if (const auto* secret = std::get_if<plan::SecretPart>(&part)) {
      if (!expanded) {
        reporter_.secret(*secret, at.key, "a secret can be spliced into `env`, `command` and `args` of a container");
      }
      scratch += "$(";
      scratch += plan_.secrets[secret->secret].name;
      scratch += ')';
    } else {
      const auto* text = std::get_if<std::string_view>(&part);
      const auto known = text != nullptr ? *text : names_.of(std::get<plan::NamePart>(part).object);
      if (expanded) append_kubelet_text(scratch, known, first_character(parts, i + 1));
      else scratch += known;
    }
  }
}

}  // namespace envc::backends::kubernetes
