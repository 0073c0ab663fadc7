// See compose.h: sections of keyed objects, `$` in values doubled, secrets and
// inputs as variables that must be set. Layout and quotes are doc/yaml's.
#include "compose/compose.h"

#include <array>

#include "doc/env_example.h"
#include "doc/files.h"
#include "doc/names.h"
#include "doc/report.h"
#include "doc/secrets_script.h"
#include "doc/text.h"
#include "doc/yaml.h"

namespace envc::backends::compose {
namespace {

constexpr std::string_view format = "compose";

struct Section {
  std::string_view shape, key;
};
constexpr std::array sections{Section{"Service", "services"}, Section{"Network", "networks"}, Section{"Volume", "volumes"},
                              Section{"Secret", "secrets"}, Section{"Config", "configs"}};
constexpr std::string_view project = "Project";
constexpr std::string_view usual = "compose.yaml";  // as the shapes say
constexpr std::string_view example = ".env.example";
constexpr doc::SecretsScript script{"generate-env.sh", ".env", doc::Quotes::Removed, true};

// Texts that some reader would take for something else, or that people compare
// with quoted ones: always quoted.
bool is_quoted(const doc::Place& at) {
  for (const std::string_view outer : {"environment", "labels", "options", "driver_opts", "sysctls", "args"}) {
    if (at.outer == outer) return true;
  }
  for (const std::string_view key :
       {"command", "entrypoint", "test", "ports", "expose", "image", "environment", "mode", "published"}) {
    if (at.key == key) return true;
  }
  return false;
}

void append_doubled(std::string& out, std::string_view text) {
  for (const char c : text) {
    out += c;
    if (c == '$') out += '$';
  }
}

void append_variable(std::string& out, std::string_view name) {
  out += "${";
  out += name;
  out += ":?";
  out += name;
  out += " is not set, see ";
  out += example;
  out += '}';
}

bool is_known(std::string_view shape) {
  if (shape == project) return true;
  for (const auto& section : sections) {
    if (section.shape == shape) return true;
  }
  return false;
}

// What has no file of its own stands where the project does.
std::string_view project_file(const plan::Plan& plan) {
  for (const auto& object : plan.objects) {
    if (object.format == format && object.shape == project) return object.file;
  }
  return usual;
}

class Writer {
 public:
  Writer(const plan::Plan& plan, doc::Reporter& reporter, const doc::Names& names)
      : plan_(plan), reporter_(reporter), names_(names) {}

  // `objects`: those of one file, in the plan's order.
  void file(std::string& out, const std::vector<std::uint32_t>& objects) {
    auto spell = [this](const doc::Place& at, const plan::Node& node, std::string& scratch) {
      return spelled(at, node, scratch);
    };
    doc::Yaml yaml(out, spell);
    bool any = false;
    for (const auto index : objects) {
      if (plan_.objects[index].shape != project) continue;
      begin(out, index, any, 0);
      top_level(yaml, out, index);
    }
    for (const auto& section : sections) {
      bool opened = false;
      for (const auto index : objects) {
        const auto& object = plan_.objects[index];
        if (object.shape != section.shape) continue;
        if (!opened) {
          if (any) out += '\n';
          yaml.key(section.key, 0);
          out += '\n';
        }
        bool apart = opened && section.key == "services";
        opened = true;
        begin(out, index, apart, 2);
        yaml.field({names_.of(index), object.body}, 2, {section.key, {}, 1});
      }
      any = any || opened;
    }
  }

 private:
  // A blank line where `apart` says that something stands before; sets it.
  void begin(std::string& out, std::uint32_t index, bool& apart, std::size_t indent) {
    const auto& object = plan_.objects[index];
    reporter_.begin(object);
    if (apart) out += '\n';
    apart = true;
    doc::append_comment(out, object.doc, indent);
  }

  void top_level(doc::Yaml& yaml, std::string& out, std::uint32_t index) {
    const auto fields = *plan_.objects[index].body.as<plan::Map>();
    bool named = false;
    for (const auto& field : fields) {
      if (field.key != "name") continue;
      yaml.field(field, 0, {});
      named = true;
    }
    if (!named) {
      yaml.key("name", 0);
      out += ' ';
      yaml.text(names_.of(index), false, 2);
    }
    for (const auto& field : fields) {
      if (field.key != "name") yaml.field(field, 0, {});
    }
  }

  doc::Spelled spelled(const doc::Place& at, const plan::Node& node, std::string& scratch) {
    const bool quote = is_quoted(at);
    if (const auto* text = node.as<std::string_view>()) {
      if (text->find('$') == std::string_view::npos) return {*text, quote};
      append_doubled(scratch, *text);
      return {scratch, quote};
    }
    for (const auto& part : *node.as<plan::Late>()) {
      if (const auto* text = std::get_if<std::string_view>(&part)) {
        append_doubled(scratch, *text);
      } else if (const auto* ref = std::get_if<plan::RefPart>(&part)) {
        reporter_.reference(*ref);
      } else if (const auto* secret = std::get_if<plan::SecretPart>(&part)) {
        append_variable(scratch, plan_.secrets[secret->secret].name);
      } else if (const auto* input = std::get_if<plan::InputPart>(&part)) {
        append_variable(scratch, doc::upper_snake(plan_.inputs[input->input].name));
      } else if (const auto* name = std::get_if<plan::NamePart>(&part)) {
        append_doubled(scratch, names_.of(name->object));
      }
    }
    return {scratch, quote};
  }

  const plan::Plan& plan_;
  doc::Reporter& reporter_;
  const doc::Names& names_;
};

}  // namespace

std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink) {
  const doc::Names names(plan, format, sink);
  doc::Reporter reporter(plan, format, sink);
  doc::FileSet files;
  const auto header = doc::header(plan);
  const auto main = project_file(plan);
  std::vector<std::vector<std::uint32_t>> objects;  // by file
  for (std::uint32_t i = 0; i < plan.objects.size(); ++i) {
    const auto& object = plan.objects[i];
    if (object.format != format) continue;
    if (!is_known(object.shape)) {
      sink.report(diag::ShapeOfNoFormat{}, object.span, object.shape, format,
                  "`Project`, `Service`, `Network`, `Volume`, `Secret` and `Config`");
      continue;
    }
    const auto file = files.number(object.file == usual ? main : object.file, header);
    if (file == objects.size()) objects.emplace_back();
    objects[file].push_back(i);
  }
  Writer writer(plan, reporter, names);
  for (std::size_t i = 0; i < objects.size(); ++i) writer.file(files.text(i), objects[i]);

  if (!objects.empty() && !(plan.secrets.empty() && plan.inputs.empty())) {
    auto& out = files.at(example, header);
    out += "# ./generate-env.sh makes .env, or copy this and fill it in.\n";
    out += "# .env never belongs into version control. In it a value with `$`, `#`, quotes or spaces stands in single quotes.\n";
    doc::append_secret_lines(out, plan);
    doc::append_input_lines(out, plan);
    files.script(script.name) = doc::secrets_script(plan, script);
  }
  return std::move(files).take();
}

}  // namespace envc::backends::compose
