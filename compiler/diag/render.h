// Diagnostics -> text for people; JSON, SARIF or GitHub's annotations for tools.
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.h"

namespace envc::diag {

enum class Colour : std::uint8_t { Off, On };

/// The form of docs/diagnostics.md: title, source lines with carets, labels,
/// notes, helps, then a count.
[[nodiscard]] std::string render_text(const std::vector<Diagnostic>& all, const SourceMap& sources, Colour colour);

/// One JSON document: {"diagnostics":[…]} with spans as file, line, column, offset.
[[nodiscard]] std::string render_json(const std::vector<Diagnostic>& all, const SourceMap& sources);

/// SARIF 2.1.0, for code hosts and editors; fixes are included as replacements.
[[nodiscard]] std::string render_sarif(const std::vector<Diagnostic>& all, const SourceMap& sources);

/// GitHub's workflow commands, one line a diagnostic.
[[nodiscard]] std::string render_github(const std::vector<Diagnostic>& all, const SourceMap& sources);

/// The page of `envc explain CODE`, or empty for an unknown code. Pages are embedded from diag/explain/.
[[nodiscard]] std::string_view explain_page(std::string_view code);

/// What tools know a finding by: the policy's or requirement's own id, else the code.
[[nodiscard]] inline std::string_view rule_id(const Diagnostic& d) { return d.rule.empty() ? std::string_view(d.code.id) : d.rule; }

/// "production", "production and staging", "a, b and c".
[[nodiscard]] std::string enumerate(const std::vector<std::string>& words);

/// The known word nearest to `word` (edit distance at most a third of its length), or empty.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace envc::diag
