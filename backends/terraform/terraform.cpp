// See terraform.h: blocks grouped into files, references as expressions, inputs
// and secrets as variables. Layout and escapes are doc/hcl's.
#include "terraform/terraform.h"

#include "doc/files.h"
#include "doc/hcl.h"
#include "doc/names.h"
#include "doc/report.h"
#include "doc/text.h"
#include "terraform/words.h"

namespace envc::backends::terraform {
namespace {

constexpr std::string_view format = "hcl";

struct Used {
  std::vector<bool> inputs;
  std::vector<bool> secrets;
};

void check_labels(const Block& block, const plan::Object& object, diag::Sink& sink) {
  const auto bad = [](std::string_view label) { return !label.empty() && !doc::is_hcl_identifier(label); };
  if (bad(block.first_label)) {
    sink.report(diag::InvalidIdentifier{}, object.span, block.first_label, "a label in Terraform");
  }
  if (bad(block.second_label)) {
    sink.report(diag::InvalidIdentifier{}, object.span, block.second_label, "a label in Terraform");
  }
}

// The variables that carry what is known only when a release runs. A variable
// that the library wrote itself wins: it may have a validation.
void append_variables(const plan::Plan& plan, const Used& used, doc::FileSet& files, std::string_view header,
                      const doc::HclSpelling& spelling) {
  const auto exists = [&](std::string_view name) {
    for (const auto& object : plan.objects) {
      if (object.format == format && object.shape == "variable" && object.name == name) return true;
    }
    return false;
  };
  const auto append = [&](std::string_view name, std::string_view description, bool is_secret) {
    if (exists(name)) return;
    auto& out = files.at("variables.tf", header);
    out += '\n';
    const plan::Field fields[] = {
        {"description", {description}},
        {"type", {std::string_view("string")}},
        {"nullable", {false}},
        {"sensitive", is_secret ? plan::Node{true} : plan::Node{}},
        {"ephemeral", is_secret ? plan::Node{true} : plan::Node{}},
    };
    doc::Hcl(out, spelling).block("variable", name, {}, fields);
  };
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    const auto& input = plan.inputs[i];
    if (!used.inputs[i]) continue;
    append(variable_name(input.name), input.doc.empty() ? "Given when a release runs." : input.doc, false);
  }
  for (std::size_t i = 0; i < plan.secrets.size(); ++i) {
    const auto& secret = plan.secrets[i];
    if (!used.secrets[i]) continue;
    append(variable_name(secret.name), secret.doc.empty() ? "A secret: never in the state." : secret.doc, true);
  }
}

}  // namespace

std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink) {
  doc::Reporter reporter(plan, format, sink);
  doc::FileSet files;
  const auto header = doc::header(plan);
  const plan::Object* current = nullptr;
  Used used{std::vector<bool>(plan.inputs.size()), std::vector<bool>(plan.secrets.size())};

  const auto expression = [&](std::string& out, const plan::Part& part) {
    if (const auto* ref = std::get_if<plan::RefPart>(&part)) {
      if (plan.objects[ref->object].format != format) reporter.reference(*ref);
      doc::append_address(out, plan.objects[ref->object], ref->path);
    } else if (const auto* input = std::get_if<plan::InputPart>(&part)) {
      used.inputs[input->input] = true;
      out += "var." + variable_name(plan.inputs[input->input].name);
    } else if (const auto* secret = std::get_if<plan::SecretPart>(&part)) {
      used.secrets[secret->secret] = true;
      out += "var." + variable_name(plan.secrets[secret->secret].name);
    }
  };
  const auto name = [&](plan::NamePart part) { return plan.objects[part.object].name; };
  const auto bad_name = [&](std::string_view text) {
    sink.report(diag::InvalidIdentifier{}, current != nullptr ? current->span : Span{}, text, "an argument in Terraform");
  };
  const doc::HclSpelling spelling{expression, name, bad_name, &is_bare};

  for (const auto& object : plan.objects) {
    if (object.format != format) continue;
    current = &object;
    reporter.begin(object);
    const auto block = block_of(object);
    check_labels(block, object, sink);
    auto& out = files.at(object.file, header);
    out += '\n';
    doc::append_comment(out, object.doc, 0);
    doc::Hcl(out, spelling).block(block.keyword, block.first_label, block.second_label, *object.body.as<plan::Map>());
  }
  append_variables(plan, used, files, header, spelling);
  return std::move(files).take();
}

}  // namespace envc::backends::terraform
