// What the library offers, as pages: kinds, platforms and the values that they are
// written with, read from the library's own texts and their doc comments.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sema/library.h"

namespace envc::driver {

/// A field, an output, an option of a realization, or a field of a union's case.
struct ReferenceField {
  std::string name;
  std::string type;   ///< as it is written, in one line
  std::string value;  ///< its default, as it is written; empty: none is written
  std::string doc;
  bool varies = false;
  bool optional = false;
};

struct ReferenceCase {
  std::string name;
  std::vector<ReferenceField> fields;
};

/// What a kind becomes on a platform, and what only that understands.
struct ReferenceRealization {
  std::string platform;  ///< "any": on those that have none of their own
  std::string part;      ///< the case that it holds for ("managed"); empty: all
  std::vector<ReferenceField> options;
};

/// One declaration of the library.
struct ReferenceEntry {
  std::string name;
  std::string what;  ///< as in sema::LibraryEntry: "kind", "platform", "record", "enum", "union", "alias", "fn", "interface"
  std::string head;  ///< the declaration without its block or its value: "kind worker extends service"
  std::string type;  ///< of an alias and of what a function gives
  std::string doc;
  std::string path;  ///< "std/compute/service.envc"
  std::uint32_t line = 0;
  std::vector<std::string> bases;  ///< interfaces, and what it extends
  std::vector<ReferenceField> fields, outputs;
  std::vector<std::string> parts;         ///< what comes along: "secret password"
  std::vector<std::string> requirements;  ///< what is said when they are broken
  std::vector<ReferenceCase> cases;
  std::vector<ReferenceRealization> realizations;
};

struct Reference {
  std::vector<ReferenceEntry> entries;  ///< by path, in the order of their files
};

[[nodiscard]] Reference library_reference(const sema::LibraryIndex& library);

/// The first sentence of a doc comment, without its full stop.
[[nodiscard]] std::string first_sentence(std::string_view doc);

/// The pages of all that is called so, or empty.
[[nodiscard]] std::string reference_page(const Reference& reference, std::string_view name);

/// All that a user writes, as one document: docs/library.md.
[[nodiscard]] std::string reference_document(const Reference& reference);

}  // namespace envc::driver
