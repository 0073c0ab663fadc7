// plan::Node -> JSON text: two spaces, keys in the given order, integers as
// integers, null fields left out. Knows no format that is carried in JSON.
#pragma once

#include <string>
#include <string_view>

#include "doc/spelling.h"

namespace envc::backends::doc {

/// Appends a document without its final line break.
void append_json(std::string& out, const plan::Node& node, Spelling spell);

/// Appends it on one line without blanks, for JSON inside a text. All of its
/// texts, the keys too, are spelled as texts at `at`: the program that reads the
/// outer file sees one text.
void append_compact_json(std::string& out, const plan::Node& node, const Place& at, Spelling spell);

/// Appends `text` with quotes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace envc::backends::doc
