// Diagnostics for people: the consequence, the text to change, the places that
// have a part in it, the values, then what can be done, best first.
#include <algorithm>

#include "diag/render.h"
#include "diag/snippet.h"

namespace envc::diag {
namespace {

struct Mark {
  Span span;
  std::string_view text;
  bool primary;
};

class TextRenderer {
 public:
  TextRenderer(const SourceMap& sources, Colour colour) : sources_(sources), colour_(colour) {}

  void add(const Diagnostic& d) {
    title(d);
    std::vector<Mark> marks;
    if (d.primary.valid()) marks.push_back({d.primary, d.primary_label, true});
    for (const auto& label : d.labels)
      if (label.span.valid()) marks.push_back({label.span, label.text, false});
    width_ = 1;
    for (const auto& mark : marks)
      width_ = std::max(width_, std::to_string(sources_.line_column(mark.span.file, mark.span.begin).line).size());
    places(marks);
    for (const auto& note : d.notes) note_line(note.role, note.text);
    if (!d.environments.empty()) note_line("in", enumerate(d.environments));
    for (const auto& text : d.helps) help(text, 0);
    for (std::size_t i = 0; i < d.fixes.size(); ++i) help(d.fixes[i].title, i + 1);
    out_ += '\n';
  }

  void summary(std::size_t errors, std::size_t warnings) {
    auto count = [](std::size_t n, std::string_view what) { return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s"); };
    if (errors > 0) out_ += count(errors, "error");
    if (errors > 0 && warnings > 0) out_ += ", ";
    if (warnings > 0) out_ += count(warnings, "warning");
    if (errors + warnings > 0) out_ += '\n';
  }

  std::string take() { return std::move(out_); }

 private:
  void title(const Diagnostic& d) {
    const bool error = d.severity == Severity::Error, warning = d.severity == Severity::Warning;
    paint(error     ? "1;31"
          : warning ? "1;33"
                    : "1;32",
          fmt::format("{}[{}]",
                      error     ? "error"
                      : warning ? "warning"
                                : "note",
                      d.code.id ? d.code.id : ""));
    paint("1", ": " + printable(d.message));
    out_ += '\n';
  }

  /// The file of the primary place first, then the others in the order of their
  /// first mark; inside a file, line by line.
  void places(const std::vector<Mark>& marks) {
    std::vector<FileId> files;
    for (const auto& mark : marks)
      if (std::find(files.begin(), files.end(), mark.span.file) == files.end()) files.push_back(mark.span.file);
    for (std::size_t i = 0; i < files.size(); ++i) {
      std::vector<Mark> here;
      std::copy_if(marks.begin(), marks.end(), std::back_inserter(here), [&](const Mark& m) { return m.span.file == files[i]; });
      out_ += std::string(width_, ' ');
      paint("1;34", i == 0 ? "--> " : "::: ");
      out_ += printable(sources_.place(here.front().span)) + "\n";  // before sorting: the primary, where it is here
      std::stable_sort(here.begin(), here.end(), [](const Mark& a, const Mark& b) { return a.span < b.span; });
      if (i == 0) gutter("", "");
      lines(here);
    }
  }

  void lines(const std::vector<Mark>& marks) {
    std::uint32_t last = 0;
    std::size_t window = 0;
    for (const auto& mark : marks) {
      auto shown = snippet(mark.span, sources_);
      const bool again = shown.line == last && shown.text.size() == window;
      if (last != 0 && shown.line > last + 1) out_ += "...\n";
      if (!again) gutter(std::to_string(shown.line), shown.text);
      last = shown.line;
      window = shown.text.size();
      std::string pointer(shown.width, mark.primary ? '^' : '-');
      if (!mark.text.empty()) pointer += " " + printable(mark.text);
      out_ += std::string(width_, ' ');
      paint("1;34", " | ");
      out_ += std::string(shown.indent, ' ');
      paint(mark.primary ? "1;31" : "1;34", pointer);
      out_ += '\n';
    }
  }

  void gutter(std::string_view number, std::string_view text) {
    paint("1;34", std::string(width_ - number.size(), ' ') + std::string(number) + " |");
    if (!text.empty()) out_ += " " + std::string(text);
    out_ += '\n';
  }

  void note_line(std::string_view role, std::string_view text) {
    out_ += std::string(width_ + 1, ' ');
    paint("1;34", "= ");
    auto head = fmt::format("{}: ", role);
    out_ += head + indented(text, width_ + 3 + head.size()) + "\n";
  }

  void help(std::string_view text, std::size_t fix) {
    constexpr std::size_t fix_column = 53;
    paint("1;36", "help");
    auto line = ": " + indented(text, 6);
    if (fix > 0) {
      if (line.size() + 4 < fix_column) line.resize(fix_column - 4, ' ');
      line += fmt::format(" [fix {}]", fix);
    }
    out_ += line + "\n";
  }

  static std::string indented(std::string_view text, std::size_t by) {
    std::string out;
    for (char c : printable(text)) {
      out += c;
      if (c == '\n') out += std::string(by, ' ');
    }
    return out;
  }

  void paint(const char* style, std::string_view text) {
    if (colour_ == Colour::On) out_ += fmt::format("\x1b[{}m{}\x1b[0m", style, text);
    else out_ += text;
  }

  const SourceMap& sources_;
  Colour colour_;
  std::size_t width_ = 1;
  std::string out_;
};

}  // namespace

std::string enumerate(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

std::string render_text(const std::vector<Diagnostic>& all, const SourceMap& sources, Colour colour) {
  TextRenderer renderer(sources, colour);
  std::size_t errors = 0, warnings = 0;
  for (const auto& d : all) {
    if (d.severity == Severity::Error) ++errors;
    if (d.severity == Severity::Warning) ++warnings;
    renderer.add(d);
  }
  renderer.summary(errors, warnings);
  return renderer.take();
}

}  // namespace envc::diag
