// See kubernetes.h: objects grouped into files, the order of their keys, the
// kustomization. Texts are spelling.cpp's, layout and quotes doc/yaml's.
#include "kubernetes/kubernetes.h"

#include <algorithm>
#include <set>
#include <utility>

#include "doc/env_example.h"
#include "doc/files.h"
#include "doc/secrets_script.h"
#include "doc/text.h"
#include "doc/yaml.h"
#include "kubernetes/spelling.h"

namespace envc::backends::kubernetes {
namespace {

constexpr std::string_view format = "kubernetes";
constexpr doc::SecretsScript script{"generate-secrets.sh", "secrets.env", doc::Quotes::Literal};
constexpr std::string_view first_keys[] = {"apiVersion", "kind", "metadata", "spec"};

// Readers look for these four first; the others follow as the shape has them.
void append_object(doc::Yaml& yaml, plan::Map fields) {
  for (const auto key : first_keys) {
    for (const auto& field : fields) {
      if (field.key == key) yaml.field(field, 0, {});
    }
  }
  for (const auto& field : fields) {
    if (std::find(std::begin(first_keys), std::end(first_keys), field.key) == std::end(first_keys)) yaml.field(field, 0, {});
  }
}

// The resources are named in the plan's order, but a namespace has to exist
// before anything that is put into it.
std::vector<std::string_view> reading_order(const plan::Plan& plan, const doc::FileSet& files) {
  std::vector<std::string_view> order;
  const auto add = [&](std::string_view path) {
    if (std::find(order.begin(), order.end(), path) == order.end()) order.push_back(path);
  };
  for (const auto& object : plan.objects) {
    if (object.format == format && object.shape == "Namespace") add(object.file);
  }
  const auto spaces = order.size();
  for (const auto& file : files.files()) {
    if (std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(spaces), file.path) ==
        order.begin() + static_cast<std::ptrdiff_t>(spaces)) {
      order.push_back(file.path);
    }
  }
  return order;
}

std::string kustomization(const plan::Plan& plan, const doc::FileSet& files, const std::vector<TaggedImage>& images) {
  std::string out = doc::header(plan);
  out += "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n";
  auto as_is = [](const doc::Place&, const plan::Node& node, std::string&) -> doc::Spelled {
    return {*node.as<std::string_view>()};
  };
  doc::Yaml yaml(out, as_is);
  for (const auto path : reading_order(plan, files)) {
    out += "  - ";
    yaml.text(path, false, 4);
  }
  if (images.empty()) return out;
  // The next build would write "unset" again: nobody edits this file.
  out += "# A release sets the tags in what is read from here, not in this file; \"unset\" is no version, so\n"
         "# that a forgotten one is seen at once:\n"
         "#   kubectl kustomize . | sed";
  for (const auto& image : images) {
    out += " \\\n#     -e 's|" + image.name + ":unset|" + image.name + ':' + doc::upper_snake(plan.inputs[image.input].name) + "|'";
  }
  out += " |\n#     kubectl apply -f -\n";
  out += "images:\n";
  for (const auto& image : images) {
    out += "  - name: ";
    yaml.text(image.name, false, 4);
    out += "    newTag: \"unset\"\n";
  }
  return out;
}

// The file of the namespace, which has to exist before anything is put into it.
std::string_view namespace_file(const plan::Plan& plan, std::string_view space) {
  for (const auto& object : plan.objects) {
    if (object.format == format && object.shape == "Namespace" && object.name == space) return object.file;
  }
  return {};
}

const plan::Node* child(const plan::Node* node, std::string_view key) {
  const auto* fields = node == nullptr ? nullptr : node->as<plan::Map>();
  if (fields == nullptr) return nullptr;
  const auto at = std::find_if(fields->begin(), fields->end(), [&](const plan::Field& field) { return field.key == key; });
  return at == fields->end() ? nullptr : &at->value;
}

std::string_view text_of(const plan::Node* node) {
  const auto* text = node == nullptr ? nullptr : node->as<std::string_view>();
  return text == nullptr ? std::string_view() : *text;
}

// (namespace, name) of what an operator fills: the targets of objects that name a
// store of secrets.
std::set<std::pair<std::string_view, std::string_view>> filled_objects(const plan::Plan& plan) {
  std::set<std::pair<std::string_view, std::string_view>> filled;
  for (const auto& object : plan.objects) {
    const auto* spec = child(&object.body, "spec");
    if (object.format != format || child(spec, "secretStoreRef") == nullptr) continue;
    filled.emplace(text_of(child(child(&object.body, "metadata"), "namespace")), text_of(child(child(spec, "target"), "name")));
  }
  return filled;
}

// How the values get into the cluster; the same commands replace them later.
// False: an operator fetches them, and nobody here makes any.
bool append_secret_commands(std::string& out, const plan::Plan& plan, std::vector<SecretObject> objects) {
  const auto filled = filled_objects(plan);
  std::erase_if(objects, [&](const SecretObject& one) { return filled.contains({one.space, one.name}); });
  if (objects.empty() && !filled.empty()) {
    out += "# What the store of secrets holds: each value stands there, and an operator fetches it.\n";
    return false;
  }
  out += "# ./generate-secrets.sh makes secrets.env, or copy this and fill it in.\n"
         "# secrets.env never belongs into version control. Its values are taken as they are, quotes included.\n";
  if (!objects.empty()) out += "# Before the first `kubectl apply -k .`, and whenever a value changes:\n";
  for (const auto& object : objects) {
    std::string space;
    if (!object.space.empty()) space.append(" --namespace ").append(object.space);
    if (const auto file = namespace_file(plan, object.space); !file.empty()) {
      out.append("#   kubectl apply -f ").append(file) += '\n';
    }
    out.append("#   kubectl create secret generic ").append(object.name).append(space);
    out += " --from-env-file=secrets.env --dry-run=client -o yaml | kubectl apply -f -\n";
  }
  return true;
}

}  // namespace

std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink) {
  const doc::Names names(plan, format, sink);
  doc::Reporter reporter(plan, format, sink);
  Speller speller(plan, reporter, names);
  doc::FileSet files;
  const auto header = doc::header(plan);
  for (std::uint32_t i = 0; i < plan.objects.size(); ++i) {
    const auto& object = plan.objects[i];
    if (object.format != format) continue;
    reporter.begin(object);
    speller.begin(i);
    auto& out = files.at(object.file, header);
    if (out.size() > header.size()) out += "---\n";
    doc::append_comment(out, object.doc, 0);
    doc::Yaml yaml(out, speller);
    append_object(yaml, *object.body.as<plan::Map>());
  }
  if (files.files().empty()) return {};
  auto kustomize = kustomization(plan, files, speller.images());
  files.at("kustomization.yaml", {}) = std::move(kustomize);
  if (!plan.secrets.empty()) {
    auto& out = files.at("secrets.env.example", header);
    const bool by_hand = append_secret_commands(out, plan, speller.secret_objects());
    doc::append_secret_lines(out, plan);
    if (by_hand) files.script(script.name) = doc::secrets_script(plan, script);
  }
  return std::move(files).take();
}

}  // namespace envc::backends::kubernetes
