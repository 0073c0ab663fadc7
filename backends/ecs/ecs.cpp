// See ecs.h. What exists only after deployment stands there as `${address}`,
// which the deploy script replaces; a literal `${` is left alone, because that
// script replaces the addresses it knows and nothing else.
#include "ecs/ecs.h"

#include "doc/files.h"
#include "doc/json.h"
#include "doc/names.h"
#include "doc/report.h"

namespace envc::backends::ecs {
namespace {

constexpr std::string_view format = "ecs";

}  // namespace

std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink) {
  doc::Reporter reporter(plan, format, sink);
  doc::FileSet files;
  std::vector<const plan::Object*> owners;  // by file

  auto spell = [&](const doc::Place& at, const plan::Node& node, std::string& scratch) -> doc::Spelled {
    if (const auto* text = node.as<std::string_view>()) return {*text};
    for (const auto& part : *node.as<plan::Late>()) {
      if (const auto* text = std::get_if<std::string_view>(&part)) {
        scratch += *text;
      } else if (const auto* ref = std::get_if<plan::RefPart>(&part)) {
        scratch += "${";
        doc::append_address(scratch, plan.objects[ref->object], ref->path);
        scratch += '}';
      } else if (const auto* secret = std::get_if<plan::SecretPart>(&part)) {
        reporter.secret(*secret, at.key, "ECS reads secrets by their ARN: put them into `secrets`, not into a text");
      } else if (const auto* input = std::get_if<plan::InputPart>(&part)) {
        scratch += "${";
        scratch += plan.inputs[input->input].name;
        scratch += '}';
      } else if (const auto* name = std::get_if<plan::NamePart>(&part)) {
        scratch += plan.objects[name->object].name;
      }
    }
    return {scratch};
  };

  for (const auto& object : plan.objects) {
    if (object.format != format) continue;
    reporter.begin(object);
    const auto file = files.number(object.file, {});
    if (file < owners.size()) {
      auto& d = sink.report(diag::FileTaken{}, object.span, object.file, owners[file]->name, format);
      if (owners[file]->span.valid()) d.label(owners[file]->span, "made here");
      continue;
    }
    owners.push_back(&object);
    auto& out = files.text(file);
    doc::append_json(out, object.body, spell);
    out += '\n';
  }
  return std::move(files).take();
}

}  // namespace envc::backends::ecs
