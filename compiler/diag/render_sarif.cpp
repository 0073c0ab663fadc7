// Diagnostics as SARIF 2.1.0, which code hosts and editors read.
#include <map>
#include <nlohmann/json.hpp>

#include "diag/render.h"

namespace envc::diag {
namespace {

using Json = nlohmann::ordered_json;

Json region(const Span& span, const SourceMap& sources) {
  auto begin = sources.line_column(span.file, span.begin), end = sources.line_column(span.file, span.end);
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

Json file(FileId id, const SourceMap& sources) { return {{"uri", sources.path(id)}}; }

Json location(const Span& span, std::string_view text, const SourceMap& sources) {
  Json out = {{"physicalLocation", {{"artifactLocation", file(span.file, sources)}, {"region", region(span, sources)}}}};
  if (!text.empty()) out["message"] = {{"text", text}};
  return out;
}

Json fix_of(const Fix& fix, const SourceMap& sources) {
  std::map<std::uint32_t, Json> by_file;  // SARIF groups a fix's edits by file
  for (const auto& edit : fix.edits) {
    if (!edit.span.valid()) continue;
    auto& replacements = by_file.try_emplace(edit.span.file.index, Json::array()).first->second;
    replacements.push_back({{"deletedRegion", region(edit.span, sources)}, {"insertedContent", {{"text", edit.text}}}});
  }
  auto changes = Json::array();
  for (auto& [index, replacements] : by_file)
    changes.push_back({{"artifactLocation", file(FileId{index}, sources)}, {"replacements", std::move(replacements)}});
  return {{"description", {{"text", fix.title}}}, {"artifactChanges", std::move(changes)}};
}

/// The message, then what has no place of its own in SARIF.
std::string full_text(const Diagnostic& d) {
  auto text = d.message;
  for (const auto& note : d.notes) text += "\n" + note.role + ": " + note.text;
  if (!d.environments.empty()) text += "\nin: " + enumerate(d.environments);
  for (const auto& help : d.helps) text += "\nhelp: " + help;
  return text;
}

Json result(const Diagnostic& d, const SourceMap& sources) {
  const char* level = d.severity == Severity::Error ? "error" : d.severity == Severity::Warning ? "warning" : "note";
  Json out = {{"ruleId", rule_id(d)}, {"level", level}, {"message", {{"text", full_text(d)}}}};
  if (d.primary.valid()) out["locations"] = Json::array({location(d.primary, d.primary_label, sources)});
  auto related = Json::array(), fixes = Json::array();
  for (const auto& label : d.labels)
    if (label.span.valid()) related.push_back(location(label.span, label.text, sources));
  for (const auto& fix : d.fixes)
    if (!fix.edits.empty()) fixes.push_back(fix_of(fix, sources));
  if (!related.empty()) out["relatedLocations"] = std::move(related);
  if (!fixes.empty()) out["fixes"] = std::move(fixes);
  return out;
}

}  // namespace

std::string render_sarif(const std::vector<Diagnostic>& all, const SourceMap& sources) {
  std::map<std::string, std::string> used;  // the rules that the results name
  auto results = Json::array(), rules = Json::array();
  for (const auto& d : all) {
    used.emplace(rule_id(d), d.code.name);
    results.push_back(result(d, sources));
  }
  for (const auto& [id, name] : used) rules.push_back({{"id", id}, {"name", name}});
  Json run = {{"tool", {{"driver", {{"name", "envc"}, {"rules", std::move(rules)}}}}},
              {"columnKind", "unicodeCodePoints"},
              {"results", std::move(results)}};
  Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({std::move(run)})}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace envc::diag
