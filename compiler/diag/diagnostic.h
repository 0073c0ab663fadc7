// A diagnostic as data: code, severity, message, places with roles, values,
// notes and fixes. Renderers are elsewhere; nothing here prints.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace envc::diag {

enum class Severity : std::uint8_t { Error, Warning, Note };

/// One line of a .def file. `text` is a fmt format string.
struct Code {
  const char* id;      ///< "E0301"
  const char* name;    ///< "UnknownField"
  Severity severity;
};

/// Every code is a type, so that its format string is checked against the
/// arguments of each report when the compiler is compiled.
#define DIAG(ID, NAME, SEVERITY, TEXT)                                                \
  struct NAME {                                                                       \
    static constexpr Code code{#ID, #NAME, Severity::SEVERITY};                       \
    static constexpr std::string_view text{TEXT};                                     \
  };
#include "diag/all.def"
#undef DIAG

/// All codes in the order of the .def files.
[[nodiscard]] const std::vector<Code>& all_codes();

struct Label {
  Span span;
  std::string text;   ///< the role: "set here, for every environment"
};
struct Edit {
  Span span;          ///< replaced; an empty span inserts
  std::string text;
};
struct Fix {
  std::string title;  ///< "raise cpu to 1cpu (keeps 6GiB)"
  std::vector<Edit> edits;
};
struct Note {
  std::string role;   ///< "value", "rule", "would become", "note"
  std::string text;
};

struct Diagnostic {
  Code code;
  Severity severity = Severity::Error;
  std::string message;
  std::string rule;  ///< the id of the policy or requirement that is broken, or empty
  Span primary;
  std::string primary_label;
  std::vector<Label> labels;
  std::vector<Note> notes;
  std::vector<std::string> helps;
  std::vector<Fix> fixes;
  std::vector<std::string> environments;  ///< the environments it breaks; empty: all, or not yet known

  Diagnostic& here(std::string text) { primary_label = std::move(text); return *this; }
  Diagnostic& label(Span span, std::string text) { labels.push_back({span, std::move(text)}); return *this; }
  Diagnostic& note(std::string role, std::string text) { notes.push_back({std::move(role), std::move(text)}); return *this; }
  Diagnostic& help(std::string text) { helps.push_back(std::move(text)); return *this; }
  Diagnostic& fix(std::string title, Span span, std::string text) {
    fixes.push_back({std::move(title), {{span, std::move(text)}}});
    return *this;
  }
  Diagnostic& in(std::string environment) { environments.push_back(std::move(environment)); return *this; }
};

/// Number of `{}` in a format string (no escapes are used in the .def files but `{{`).
consteval std::size_t placeholders(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 1] == '{') ++i;
    else if (text[i] == '{' && text[i + 1] == '}') ++count;
  }
  return count;
}

/// Collects diagnostics. One per thread; merged in a fixed order afterwards.
class Sink {
 public:
  /// The result may be extended until the next report.
  template <class D, class... Args>
  Diagnostic& report(D, Span at, const Args&... args) {
    static_assert(placeholders(D::text) == sizeof...(Args), "as many arguments as placeholders");
    Diagnostic d;
    d.code = D::code;
    d.severity = D::code.severity;
    d.message = fmt::format(fmt::runtime(D::text), args...);
    d.primary = at;
    return add(std::move(d));
  }
  Diagnostic& add(Diagnostic d);
  /// Appends another sink's diagnostics.
  void merge(Sink&& other);
  /// Sorts by place, then code; joins equal diagnostics of several environments into one.
  void finish(const SourceMap& sources);

  [[nodiscard]] const std::vector<Diagnostic>& all() const { return items_; }
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }

 private:
  std::vector<Diagnostic> items_;
  std::size_t errors_ = 0;
};

}  // namespace envc::diag
