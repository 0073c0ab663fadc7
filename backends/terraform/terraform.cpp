// See terraform.h: blocks grouped into files, references as expressions, inputs
// and secrets as variables. Layout and escapes are doc/hcl's.
#include "terraform/terraform.h"

#include <algorithm>

#include "doc/files.h"
#include "doc/hcl.h"
#include "doc/names.h"
#include "doc/report.h"
#include "doc/text.h"
#include "terraform/words.h"

namespace envc::backends::terraform {
namespace {

constexpr std::string_view format = "hcl";

// The variables that carry inputs and secrets, by their index in the plan.
struct Variables {
  explicit Variables(const plan::Plan& plan) {
    for (const auto& input : plan.inputs) inputs.push_back(variable_name(input.name));
    for (const auto& secret : plan.secrets) secrets.push_back(variable_name(secret.name));
    input_used.resize(inputs.size());
    secret_used.resize(secrets.size());
  }
  std::vector<std::string> inputs, secrets;
  std::vector<bool> input_used, secret_used;
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
void append_variables(const plan::Plan& plan, const Variables& variables, doc::FileSet& files, std::string_view header,
                      const doc::HclSpelling& spelling) {
  const auto exists = [&](std::string_view name) {
    for (const auto& object : plan.objects) {
      if (object.format == format && object.shape == "variable" && object.name == name) return true;
    }
    return false;
  };
  const auto append = [&](const std::string& name, std::string_view description, bool is_secret, std::string_view pattern, std::string_view meaning) {
    if (exists(name)) return;
    std::string condition = "can(regex(\"";
    doc::append_hcl_text(condition, "^(?:" + std::string(pattern) + ")$", 0);
    condition += "\", var." + name + "))";
    const auto message = meaning.empty() ? "The value must match " + std::string(pattern) + "." : std::string(meaning.substr(0, meaning.find('\n')));
    const plan::Field rule[] = {{"condition", {std::string_view(condition)}}, {"error_message", {std::string_view(message)}}};
    const plan::Node rules[] = {{plan::Map(rule)}};
    auto& out = files.at("variables.tf", header);
    out += '\n';
    const plan::Field fields[] = {
        {"description", {description}},
        {"type", {std::string_view("string")}},
        {"nullable", {false}},
        {"sensitive", is_secret ? plan::Node{true} : plan::Node{}},
        {"ephemeral", is_secret ? plan::Node{true} : plan::Node{}},
        {"validation", pattern.empty() ? plan::Node{} : plan::Node{plan::List(rules)}, true},
    };
    doc::Hcl(out, spelling).block("variable", name, {}, fields);
  };
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    const auto& input = plan.inputs[i];
    if (!variables.input_used[i]) continue;
    append(variables.inputs[i], input.doc.empty() ? "Given when a release runs." : input.doc, false, input.pattern, input.meaning);
  }
  for (std::size_t i = 0; i < plan.secrets.size(); ++i) {
    const auto& secret = plan.secrets[i];
    if (!variables.secret_used[i]) continue;
    append(variables.secrets[i], secret.doc.empty() ? "A secret: never in the state." : secret.doc, true, {}, {});
  }
}

bool is_local(const plan::Object& object) { return object.shape == "local" || object.shape.starts_with("local."); }

// Every named expression of a file, in one `locals` block where the first of them stands.
void append_locals(std::string& out, const plan::Plan& plan, std::string_view file, const doc::HclSpelling& spelling) {
  std::vector<plan::Field> fields;
  std::vector<std::string_view> said;
  for (const auto& object : plan.objects) {
    if (object.format != format || !is_local(object) || object.file != file) continue;
    for (const auto& field : *object.body.as<plan::Map>()) {
      if (field.key == "value") fields.push_back({object.name, field.value});
    }
    if (!object.doc.empty() && std::find(said.begin(), said.end(), object.doc) == said.end()) said.push_back(object.doc);
  }
  for (const auto doc : said) doc::append_comment(out, doc, 0);
  doc::Hcl(out, spelling).block("locals", {}, {}, fields);
}

}  // namespace

std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink) {
  doc::Reporter reporter(plan, format, sink);
  doc::FileSet files;
  const auto header = doc::header(plan);
  const plan::Object* current = nullptr;
  Variables variables(plan);

  const auto expression = [&](std::string& out, const plan::Part& part) {
    if (const auto* ref = std::get_if<plan::RefPart>(&part)) {
      if (plan.objects[ref->object].format != format) reporter.reference(*ref);
      doc::append_address(out, plan.objects[ref->object], ref->path);
    } else if (const auto* input = std::get_if<plan::InputPart>(&part)) {
      variables.input_used[input->input] = true;
      out += "var.";
      out += variables.inputs[input->input];
    } else if (const auto* secret = std::get_if<plan::SecretPart>(&part)) {
      variables.secret_used[secret->secret] = true;
      out += "var.";
      out += variables.secrets[secret->secret];
    }
  };
  const auto name = [&](plan::NamePart part) { return plan.objects[part.object].name; };
  const auto bad_name = [&](std::string_view text) {
    sink.report(diag::InvalidIdentifier{}, current != nullptr ? current->span : Span{}, text, "an argument in Terraform");
  };
  const doc::HclSpelling spelling{expression, name, bad_name, &is_bare};

  std::vector<std::string_view> with_locals;  // files that have their `locals` already
  for (const auto& object : plan.objects) {
    if (object.format != format) continue;
    current = &object;
    reporter.begin(object);
    if (is_local(object)) {
      if (std::find(with_locals.begin(), with_locals.end(), object.file) != with_locals.end()) continue;
      with_locals.push_back(object.file);
      auto& out = files.at(object.file, header);
      out += '\n';
      append_locals(out, plan, object.file, spelling);
      continue;
    }
    const auto block = block_of(object);
    check_labels(block, object, sink);
    auto& out = files.at(object.file, header);
    out += '\n';
    doc::append_comment(out, object.doc, 0);
    doc::Hcl(out, spelling).block(block.keyword, block.first_label, block.second_label, *object.body.as<plan::Map>());
  }
  append_variables(plan, variables, files, header, spelling);
  return std::move(files).take();
}

}  // namespace envc::backends::terraform
