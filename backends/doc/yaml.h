// plan::Node -> YAML text that every reader takes for the same tree. Own
// printer: yaml-cpp writes the strings `on`, `1.10`, `0755` and `1e3` unquoted,
// and readers of YAML 1.1 and 1.2 then disagree on what they are. So every text
// is quoted but plain words. Knows no format that is carried in YAML.
#pragma once

#include <string>
#include <string_view>

#include "doc/spelling.h"

namespace envc::backends::doc {

class Yaml {
 public:
  /// Writes to the end of `out`; both arguments must outlive the printer.
  Yaml(std::string& out, Spelling spell) : out_(out), spell_(spell) {}

  /// All fields of a map that are not null, each on its own line. `at` is the
  /// place of the map.
  void fields(plan::Map fields, std::size_t indent, const Place& at);
  /// One field; `at` is the place of the map around it.
  void field(const plan::Field& field, std::size_t indent, const Place& at);
  void key(std::string_view key, std::size_t indent);
  /// A text of the backend itself, after a key: it is not spelled.
  void text(std::string_view text, bool quote, std::size_t indent);

 private:
  void value(const plan::Node& node, std::size_t indent, const Place& at);
  void after_key(const plan::Node& node, std::size_t indent, const Place& at);
  void items(plan::List items, std::size_t indent, const Place& at);
  void scalar(const plan::Node& node, std::size_t indent, const Place& at);

  std::string& out_;
  Spelling spell_;
  std::string scratch_;
  std::string json_;
};

/// Whether a plain scalar means this text in YAML 1.1, 1.2 and Go's dialect.
[[nodiscard]] bool is_plain(std::string_view text);
/// Whether a block literal can hold the text so that no reader changes it.
[[nodiscard]] bool is_literal(std::string_view text);

}  // namespace envc::backends::doc
