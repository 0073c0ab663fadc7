// See text.h: the comment at the head, then the text as it is.
#include "text/text.h"

#include <algorithm>
#include <map>

#include "doc/files.h"
#include "doc/names.h"
#include "doc/report.h"
#include "doc/text.h"

namespace envc::backends::text {
namespace {

constexpr std::string_view format = "text";

/// "# " before each line becomes the file's own comment. Two hyphens would end a comment of XML.
void append_comment(std::string& out, std::string_view text, std::string_view mark) {
  if (mark == "none") return;
  std::string lines;
  doc::append_comment(lines, text, 0);
  const bool closed = mark == "<!--";
  for (std::size_t at = 0; at < lines.size();) {
    const auto end = lines.find('\n', at);
    auto line = lines.substr(at + 1, end - at - 1);  // without the `#`
    if (closed)
      for (std::size_t i; (i = line.find("--")) != std::string::npos;) line.insert(i + 1, 1, ' ');
    out.append(mark).append(line).append(closed ? " -->\n" : "\n");
    at = end + 1;
  }
}

/// What must be the first line of a file.
std::string_view first_line(std::string_view content) {
  if (!content.starts_with("#!") && !content.starts_with("<?xml")) return {};
  return content.substr(0, std::min(content.find('\n'), content.size() - 1) + 1);
}

class Writer {
 public:
  Writer(const plan::Plan& plan, doc::Reporter& reporter, const doc::Names& names) : plan_(plan), reporter_(reporter), names_(names) {}

  File file(const plan::Object& object) {
    std::string content;
    std::string_view mark = "#";
    File made{std::string(object.file), {}, false, object.span};
    for (const auto& field : *object.body.as<plan::Map>()) {
      if (field.key == "content") append(content, field.value);
      if (field.key == "header") mark = *field.value.as<std::string_view>();
      if (field.key == "executable") made.executable = *field.value.as<bool>();
    }
    if (!content.empty() && !content.ends_with('\n')) content += '\n';
    const auto first = first_line(content);
    made.text = first;
    auto said = doc::header(plan_).substr(2);
    if (!object.doc.empty()) said.append(object.doc);
    append_comment(made.text, said, mark);
    made.text.append(content, first.size());
    return made;
  }

 private:
  void append(std::string& out, const plan::Node& node) {
    if (const auto* known = node.as<std::string_view>()) out += *known;
    const auto* late = node.as<plan::Late>();
    if (late == nullptr) return;
    for (const auto& part : *late) {
      if (const auto* known = std::get_if<std::string_view>(&part)) {
        out += *known;
      } else if (const auto* ref = std::get_if<plan::RefPart>(&part)) {
        reporter_.reference(*ref);
      } else if (const auto* secret = std::get_if<plan::SecretPart>(&part)) {
        reporter_.secret(*secret, "content", "give the program that reads the file the variable that carries the secret");
      } else if (const auto* input = std::get_if<plan::InputPart>(&part)) {
        reporter_.input(*input, "content", "give it to the program that reads the file as a variable, or make it a `param`");
      } else if (const auto* name = std::get_if<plan::NamePart>(&part)) {
        out += names_.of(name->object);
      }
    }
  }

  const plan::Plan& plan_;
  doc::Reporter& reporter_;
  const doc::Names& names_;
};

}  // namespace

std::vector<File> lower(const plan::Plan& plan, diag::Sink& sink) {
  const doc::Names names(plan, format, sink);
  doc::Reporter reporter(plan, format, sink);
  Writer writer(plan, reporter, names);
  std::map<std::string_view, const plan::Object*> owners;  // by path
  std::vector<File> files;
  for (const auto& object : plan.objects) {
    if (object.format != format) continue;
    reporter.begin(object);
    if (object.shape != "File") {
      sink.report(diag::ShapeOfNoFormat{}, object.span, object.shape, format, "`File`");
      continue;
    }
    const auto [owner, is_first] = owners.try_emplace(object.file, &object);
    if (!is_first) {
      auto& d = sink.report(diag::FileTaken{}, object.span, object.file, owner->second->name, format);
      if (owner->second->span.valid()) d.label(owner->second->span, "made here");
      continue;
    }
    files.push_back(writer.file(object));
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

}  // namespace envc::backends::text
