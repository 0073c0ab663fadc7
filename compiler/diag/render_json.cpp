// Diagnostics for tools: one JSON document, every place as file, line, column
// and byte offset, every fix as edits that can be applied as they are.
#include <nlohmann/json.hpp>

#include "diag/render.h"

namespace envc::diag {
namespace {

using Json = nlohmann::ordered_json;

const char* word(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Note: return "note";
  }
  return "note";
}

Json place(const Span& span, const SourceMap& sources) {
  if (!span.valid()) return nullptr;
  auto begin = sources.line_column(span.file, span.begin);
  auto end = sources.line_column(span.file, span.end);
  return {{"file", sources.path(span.file)}, {"line", begin.line},   {"column", begin.column}, {"end_line", end.line},
          {"end_column", end.column},        {"offset", span.begin}, {"end_offset", span.end}};
}

Json edits(const Fix& fix, const SourceMap& sources) {
  auto out = Json::array();
  for (const auto& edit : fix.edits) out.push_back({{"span", place(edit.span, sources)}, {"text", edit.text}});
  return out;
}

Json entry(const Diagnostic& d, const SourceMap& sources) {
  auto labels = Json::array(), notes = Json::array(), fixes = Json::array();
  for (const auto& label : d.labels) labels.push_back({{"span", place(label.span, sources)}, {"text", label.text}});
  for (const auto& note : d.notes) notes.push_back({{"role", note.role}, {"text", note.text}});
  for (const auto& fix : d.fixes) fixes.push_back({{"title", fix.title}, {"edits", edits(fix, sources)}});
  return {{"code", d.code.id},
          {"name", d.code.name},
          {"severity", word(d.severity)},
          {"rule", d.rule},
          {"message", d.message},
          {"span", place(d.primary, sources)},
          {"label", d.primary_label},
          {"labels", std::move(labels)},
          {"notes", std::move(notes)},
          {"helps", d.helps},
          {"fixes", std::move(fixes)},
          {"environments", d.environments}};
}

}  // namespace

std::string render_json(const std::vector<Diagnostic>& all, const SourceMap& sources) {
  auto list = Json::array();
  std::size_t errors = 0, warnings = 0;
  for (const auto& d : all) {
    if (d.severity == Severity::Error) ++errors;
    if (d.severity == Severity::Warning) ++warnings;
    list.push_back(entry(d, sources));
  }
  Json document = {{"diagnostics", std::move(list)}, {"errors", errors}, {"warnings", warnings}};
  // A source that is not UTF-8 may be quoted in a message: replaced, never thrown at.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace envc::diag
