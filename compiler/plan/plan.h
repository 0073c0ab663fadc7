// The one contract between the compiler and the backends: everything that one
// environment consists of, as typed objects of formats. A backend turns it into
// files and needs nothing else. No name of a kind, resource or policy matters
// here; what an object is, its shape (declared in the library) has said.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/arena.h"
#include "base/source.h"

namespace envc::plan {

// ---- values that are not fully known ---------------------------------------
/// An attribute of an object that exists only after deployment:
/// `aws_db_instance.db.address`. `path` is dotted: "address", "master_user_secret[0].secret_arn".
struct RefPart { std::uint32_t object; std::string_view path; };
/// The value of a secret; an index into Plan::secrets.
struct SecretPart { std::uint32_t secret; };
/// A value given when a release runs; an index into Plan::inputs.
struct InputPart { std::uint32_t input; };
/// The final name of an object, where it is settled later than the text that
/// holds it (a name that ends in a hash of its content).
struct NamePart { std::uint32_t object; };
using Part = std::variant<std::string_view, RefPart, SecretPart, InputPart, NamePart>;
using Late = std::span<const Part>;

// ---- trees -----------------------------------------------------------------
struct Node;
struct Field;
struct Null {};
/// A decimal number, printed as it was written.
struct Decimal { std::string_view text; };
/// A tree that the format carries as JSON text: jsonencode(…) in HCL, a JSON
/// string elsewhere.
struct Json { const Node* node; };
using List = std::span<const Node>;
using Map = std::span<const Field>;

/// 32 bytes; everything it points to lives in Plan::arena (or longer).
struct Node {
  std::variant<Null, bool, std::int64_t, Decimal, std::string_view, Late, List, Map, Json> value;
  std::uint32_t origin = 0xffffffffu;  ///< the expression that made it, for maps from lines to sources

  template <class T>
  [[nodiscard]] const T* as() const { return std::get_if<T>(&value); }
};
struct Field {
  std::string_view key;
  Node value;
  bool block = false;  ///< HCL: a nested block (repeated when the value is a list), not an argument
};

// ---- objects ---------------------------------------------------------------
struct Object {
  std::string_view format;     ///< "kubernetes", "compose", "hcl", "ecs"
  std::string_view shape;      ///< the shape's path inside its format: "Deployment", "aws_vpc", "variable", "ephemeral.aws_x"
  std::string_view component;  ///< the component that owns it; empty: the environment
  std::string_view handle;     ///< "main", "firewall"; with a loop key: "reach" and key "db"
  std::string_view key;
  std::string_view name;       ///< unique in (format, shape): metadata.name, the service's key, the HCL label
  std::string_view file;       ///< the path inside the format's folder: "web.yaml", "database.tf"
  std::string_view doc;        ///< a comment for the reader, or empty
  Node body;                   ///< always a Map
  bool hashed = false;         ///< the name gets a hash of the printed content
  bool secret_sink = false;
  Span span;                   ///< the statement that made it
};

struct Secret {
  std::string_view name;        ///< "DB_PASSWORD": the variable that carries it
  std::string_view component;   ///< its owner
  std::string_view doc;         ///< one line for .env.example and the like
  std::string_view generate;    ///< a shell command that makes a good value ("openssl rand -hex 32"), or empty
  Span span;
  std::uint32_t min_length = 0;  ///< in characters
  std::string_view prefix;      ///< what every value starts with, or empty
  std::span<const std::string_view> forbid;  ///< values that must never be used
};
struct Input {
  std::string_view name;        ///< "version"
  std::string_view type;        ///< "Version"
  std::string_view doc;
  Span span;
  std::string_view pattern = {};  ///< what the whole value matches; empty: nothing is asked
  std::string_view meaning = {};  ///< what the type says of its values: "A version as its maker writes it …"
};

struct Plan {
  std::string_view system;
  std::string_view environment;
  std::string_view platform;
  std::vector<Object> objects;  ///< in the order in which a reader expects them
  std::vector<Secret> secrets;  ///< only those that something uses, sorted by name
  std::vector<Input> inputs;    ///< likewise
  Arena arena;
};

}  // namespace envc::plan
