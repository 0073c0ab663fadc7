// Names and quoted texts in HCL. Its escapes are not JSON's (`\/`, `\b` and
// `\x` are errors), and `${` and `%{` begin a template.
#include "doc/hcl.h"
#include "doc/text.h"

namespace envc::backends::doc {
namespace {

// Names that mean something else where a key of an object may stand: `for`
// begins a comprehension, `null` is no string.
bool is_reserved_key(std::string_view key) { return key == "for" || key == "null" || key == "true" || key == "false"; }

// From here on code points may join with their neighbours into one column.
constexpr std::uint32_t first_combining = 0x300;

// `terraform fmt` counts columns in grapheme clusters. Writing whatever could
// join as an escape makes the columns of a key its characters, so that its `=`
// can be aligned without the tables of Unicode.
std::size_t append_key(std::string& out, std::string_view key) {
  bool is_ascii = true;
  for (const char c : key) is_ascii = is_ascii && static_cast<unsigned char>(c) < 0x80;
  if (is_ascii) {
    const auto before = out.size();
    out += '"';
    append_hcl_text(out, key, 0);
    out += '"';
    return out.size() - before;
  }
  std::string plain;
  append_hcl_text(plain, key, 0);
  std::size_t columns = 2;
  out += '"';
  for (std::size_t i = 0; i < plain.size();) {
    std::size_t length = 1;
    const auto code = code_point(plain, i, length);
    const auto before = out.size();
    if (code < first_combining) {
      out.append(plain, i, length);
      ++columns;
    } else {
      append_unicode_escape(out, code);
      columns += out.size() - before;
    }
    i += length;
  }
  out += '"';
  return columns;
}

}  // namespace

bool is_hcl_identifier(std::string_view text) {
  if (text.empty() || !(is_letter(text.front()) || text.front() == '_')) return false;
  for (const char c : text) {
    if ((byte_class(c) & Word) == 0) return false;
  }
  return true;
}

void Hcl::key(std::string_view key, const KeyForm& form, const Scope& scope) {
  if (form.is_quoted) {
    append_key(out_, key);
    return;
  }
  if (!scope.is_object && !is_hcl_identifier(key)) spelling_.bad_name(key);
  out_ += key;
}

Hcl::KeyForm Hcl::key_form(std::string_view key, const Scope& scope) {
  if (!scope.is_object) return {key.size(), false};
  bool is_identifier = !key.empty() && !is_digit(key.front()) && key.front() != '-';
  bool is_simple = true;
  for (const char c : key) {
    const auto bits = byte_class(c);
    is_identifier = is_identifier && (bits & Word) != 0;
    is_simple = is_simple && static_cast<unsigned char>(c) < 0x80 && (bits & (Unprintable | Quoted | Template)) == 0;
  }
  if (is_identifier && !is_reserved_key(key)) return {key.size(), false};
  if (is_simple) return {key.size() + 2, true};
  const auto before = out_.size();
  const auto columns = append_key(out_, key);
  out_.resize(before);
  return {columns, true};
}

void append_hcl_text(std::string& out, std::string_view text, char next) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((byte_class(c) & (Unprintable | Quoted | Lead | Template)) == 0) continue;
    std::string_view escape;
    std::size_t length = 1;
    if (c == '"') escape = "\\\"";
    else if (c == '\\') escape = "\\\\";
    else if (c == '\n') escape = "\\n";
    else if (c == '\r') escape = "\\r";
    else if (c == '\t') escape = "\\t";
    else if (c == '$' || c == '%') {
      const bool last = i + 1 == text.size();
      const char after = last ? next : text[i + 1];
      if (after == '{') escape = c == '$' ? "$$" : "%%";
      else if (last && c == '$' && after == '$') escape = "\\u0024";  // `$${` would be a literal `${`
      else continue;
    } else {
      length = invisible(text, i);
      if (length == 0) continue;
    }
    out.append(text, done, i - done);
    if (escape.empty()) append_unicode_escape(out, code_point(text, i, length));
    else out += escape;
    i += length - 1;
    done = i + 1;
  }
  out.append(text, done);
}

}  // namespace envc::backends::doc
