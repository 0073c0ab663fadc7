// Diagnostics as the workflow commands that GitHub shows beside the lines of a
// change: `::error file=a.envc,line=1,col=3,title=E0301::message`.
#include "diag/render.h"

namespace envc::diag {
namespace {

/// What a command's text may not hold as it is; properties end at `:` and `,` too.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (char c : text) {
    if (special.find(c) == std::string_view::npos) out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

constexpr std::string_view in_messages = "%\r\n", in_properties = "%\r\n:,";

}  // namespace

std::string render_github(const std::vector<Diagnostic>& all, const SourceMap& sources) {
  std::string out;
  for (const auto& d : all) {
    out += d.severity == Severity::Error ? "::error " : d.severity == Severity::Warning ? "::warning " : "::notice ";
    if (d.primary.valid()) {
      auto begin = sources.line_column(d.primary.file, d.primary.begin), end = sources.line_column(d.primary.file, d.primary.end);
      out +=
          fmt::format("file={},line={},endLine={},", escaped(sources.path(d.primary.file), in_properties), begin.line, end.line);
      if (begin.line == end.line) out += fmt::format("col={},endColumn={},", begin.column, end.column);
    }
    auto text = d.message;
    if (!d.primary_label.empty()) text += ": " + d.primary_label;
    if (!d.environments.empty()) text += " (in " + enumerate(d.environments) + ")";
    for (const auto& note : d.notes) text += "\n" + note.role + ": " + note.text;
    for (const auto& help : d.helps) text += "\nhelp: " + help;
    for (const auto& fix : d.fixes) text += "\nhelp: " + fix.title;
    out += fmt::format("title={}::{}\n", escaped(rule_id(d), in_properties), escaped(text, in_messages));
  }
  return out;
}

}  // namespace envc::diag
