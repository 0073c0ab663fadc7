// See names.h.
#include "doc/names.h"

#include "doc/json.h"

namespace envc::backends::doc {
namespace {

// `aws`, or `aws.recovery` where a second configuration has an alias.
void append_provider(std::string& out, const plan::Object& object) {
  const auto point = object.shape.find('.');
  if (point == std::string_view::npos) {
    out += object.name;
    return;
  }
  out += object.shape.substr(point + 1);
  for (const auto& field : *object.body.as<plan::Map>()) {
    const auto* alias = field.key == "alias" ? field.value.as<std::string_view>() : nullptr;
    if (alias == nullptr) continue;
    out += '.';
    out += *alias;
  }
}

}  // namespace

void append_address(std::string& out, const plan::Object& object, std::string_view path) {
  if (object.shape == "variable") {
    out += "var.";
    out += object.name;
  } else if (object.shape == "local" || object.shape.starts_with("local.")) {
    out += "local.";
    out += object.name;
    if (path == "value") return;
  } else if (object.shape == "provider" || object.shape.starts_with("provider.")) {
    append_provider(out, object);
  } else {
    out += object.shape;
    out += '.';
    out += object.name;
  }
  if (path.empty()) return;
  if (path.front() != '[') out += '.';
  out += path;
}

std::string short_hash(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325u;  // FNV-1a
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  // FNV's upper bits know little of the last characters; Murmur's finish mixes them.
  h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
  h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53u;
  h ^= h >> 33;
  std::string out(10, '0');
  for (auto& digit : out) {
    digit = "0123456789abcdef"[h >> 60];
    h <<= 4;
  }
  return out;
}

Names::Names(const plan::Plan& plan, std::string_view format, diag::Sink& sink)
    : plan_(plan), format_(format), sink_(sink), hashed_(plan.objects.size()), states_(plan.objects.size(), State::Open) {
  for (std::uint32_t i = 0; i < plan.objects.size(); ++i) {
    if (plan.objects[i].hashed) resolve(i);
  }
}

void Names::resolve(std::uint32_t index) {
  if (states_[index] == State::Done || !plan_.objects[index].hashed) return;
  states_[index] = State::Busy;
  const auto& object = plan_.objects[index];
  std::string content;
  bool cyclic = false;
  append_content(content, object, cyclic);
  if (cyclic && object.format == format_) sink_.report(diag::NameHoldsItself{}, object.span, object.name);
  hashed_[index] = std::string(object.name) + '-' + short_hash(content);
  states_[index] = State::Done;
}

void Names::append_content(std::string& out, const plan::Object& object, bool& cyclic) {
  auto spell = [&](const Place&, const plan::Node& node, std::string& scratch) -> Spelled {
    if (const auto* text = node.as<std::string_view>()) return {*text};
    for (const auto& part : *node.as<plan::Late>()) {
      if (const auto* text = std::get_if<std::string_view>(&part)) {
        scratch += *text;
      } else if (const auto* ref = std::get_if<plan::RefPart>(&part)) {
        append_address(scratch, plan_.objects[ref->object], ref->path);
      } else if (const auto* secret = std::get_if<plan::SecretPart>(&part)) {
        scratch += plan_.secrets[secret->secret].name;
      } else if (const auto* input = std::get_if<plan::InputPart>(&part)) {
        scratch += plan_.inputs[input->input].name;
      } else if (const auto* name = std::get_if<plan::NamePart>(&part)) {
        if (states_[name->object] == State::Busy) cyclic = true;
        else resolve(name->object);
        scratch += of(name->object);
      }
    }
    return {scratch};
  };
  for (const auto& field : *object.body.as<plan::Map>()) {
    append_json_string(out, field.key);
    const auto* metadata = field.key == "metadata" ? field.value.as<plan::Map>() : nullptr;
    if (metadata == nullptr) {
      append_compact_json(out, field.value, {}, spell);
      continue;
    }
    for (const auto& inner : *metadata) {
      if (inner.key == "name") continue;
      append_json_string(out, inner.key);
      append_compact_json(out, inner.value, {}, spell);
    }
  }
}

}  // namespace envc::backends::doc
