// Plans made by hand for the tests of the backends: short constructors for
// nodes that live in a plan's arena, and readers that turn a tree into what
// yaml-cpp and nlohmann/json are expected to read back.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "backend.h"
#include "plan/plan.h"

namespace envc::backends::testing {

class Maker {
 public:
  plan::Plan plan;

  Maker() {
    plan.system = "shop";
    plan.environment = "prod";
    plan.platform = "test";
  }

  static plan::Node text(std::string_view t) { return {t}; }
  static plan::Node number(std::int64_t n) { return {n}; }
  static plan::Node flag(bool b) { return {b}; }
  static plan::Node decimal(std::string_view t) { return {plan::Decimal{t}}; }
  plan::Node list(const std::vector<plan::Node>& items) { return {plan::List(plan.arena.copy(items))}; }
  plan::Node texts(const std::vector<std::string_view>& items) {
    std::vector<plan::Node> nodes;
    for (const auto item : items) nodes.push_back({item});
    return list(nodes);
  }
  plan::Node map(const std::vector<plan::Field>& fields) { return {plan::Map(plan.arena.copy(fields))}; }
  plan::Node json(const plan::Node& node) { return {plan::Json{plan.arena.make<plan::Node>(node)}}; }
  plan::Node late(const std::vector<plan::Part>& parts) { return {plan::Late(plan.arena.copy(parts))}; }
  static plan::Field block(std::string_view key, const plan::Node& value) { return {key, value, true}; }

  std::uint32_t object(std::string_view format, std::string_view shape, std::string_view name, std::string_view file,
                       const std::vector<plan::Field>& body, std::string_view doc = {}) {
    plan::Object o;
    o.format = format;
    o.shape = shape;
    o.name = name;
    o.file = file;
    o.doc = doc;
    o.body = map(body);
    plan.objects.push_back(o);
    return static_cast<std::uint32_t>(plan.objects.size() - 1);
  }
  std::uint32_t secret(std::string_view name, std::string_view doc = {}, std::string_view generate = {}) {
    plan.secrets.push_back({name, "web", doc, generate, {}});
    return static_cast<std::uint32_t>(plan.secrets.size() - 1);
  }
  std::uint32_t input(std::string_view name, std::string_view doc = {}) {
    plan.inputs.push_back({name, "Version", doc, {}});
    return static_cast<std::uint32_t>(plan.inputs.size() - 1);
  }

  /// The files that the backend of `format` makes; `sink` gets its complaints.
  std::vector<File> lower(std::string_view format) {
    for (const auto& backend : registry()) {
      if (backend.format == format) return backend.lower(plan, sink);
    }
    return {};
  }
  /// The text of one of them, or "<no file>".
  std::string file(std::string_view format, std::string_view path) {
    for (auto& f : lower(format)) {
      if (f.path == path) return f.text;
    }
    return "<no file>";
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const auto& d : sink.all()) out.emplace_back(d.code.id);
    return out;
  }

  diag::Sink sink;
};

/// Every text that some reader of some dialect once took for something else.
inline const std::vector<std::string>& nasty_texts() {
  static const std::vector<std::string> all = {
      "",
      " ",
      "NO",
      "no",
      "off",
      "on",
      "yes",
      "Yes",
      "YES",
      "y",
      "n",
      "Y",
      "N",
      "true",
      "True",
      "TRUE",
      "false",
      "012",
      "08",
      "0o14",
      "1:30",
      "22:22",
      "2024-01-01",
      "2024-01-01T00:00:00Z",
      "1e3",
      "12e03",
      "685e2",
      "1_000",
      "0b11",
      "0x1F",
      ".5",
      "5.",
      "+1",
      "-1",
      "1.10",
      "3.10",
      "~",
      "null",
      "Null",
      "NULL",
      ".inf",
      "-.inf",
      ".NaN",
      "=",
      "<<",
      "!x",
      "*a",
      "@a",
      "`a",
      "%a",
      "-",
      "- a",
      "?",
      "? a",
      ">",
      "|",
      "[",
      "{",
      "]",
      "}",
      "\"",
      "'",
      "a: b",
      "a:",
      ":a",
      "a #b",
      "#b",
      "&a",
      ",",
      "a,b",
      "---",
      "...",
      "--- a",
      "a b",
      " a",
      "a ",
      "\ta",
      "a\tb",
      "a\nb",
      "a\nb\n",
      "\na",
      "a\n",
      "\n",
      "\n\n",
      "a\n\n",
      "a\n\nb\n",
      " a\nb",
      "  a\n b\n",
      "a \nb",
      "a\n b\n",
      "# a\n# b\n",
      "a\r\nb",
      "a\rb",
      "$",
      "$$",
      "$$$",
      "${",
      "$${",
      "$$${",
      "${a}",
      "$(a)",
      "$$(a)",
      "$$$(a)",
      "%{",
      "%%{",
      "%%%{",
      "%{if}",
      "$a",
      "a$",
      "100%",
      "\\",
      "\\n",
      "a\\",
      "\"quoted\"",
      "it's",
      "/",
      "\\/",
      "\b\f\v",
      std::string("\0", 1),
      "\x01\x1f",
      "\x7f",
      "\xc2\x80",
      "\xc2\x85",
      "\xc2\x9f",
      "\xc2\xa0",
      "\xe2\x80\xa8",
      "\xe2\x80\xa9",
      "\xef\xbb\xbf",
      "\xef\xbf\xbd",
      "gr\xc3\xb6\xc3\x9f"
      "e",
      "\xe6\x97\xa5\xe6\x9c\xac",
      "\xf0\x9f\x98\x80",
      "a\xe2\x80\x8b"
      "b",
      "key: |\n  v\n",
      "{\"a\": [1, 2]}",
      "[1, 2]",
      "!!str a",
      "a.b.c",
      "a..b",
      "a.",
      "A/b-c_d",
      "on.off",
      "0755",
      "1",
      "0",
      "-0",
      "1.0",
      "1,000",
      "12:34:56",
      "0x",
      "_",
      "__",
      "-a",
      "--flag",
      "a=b",
      "a|b",
      "a>b",
      "(a)",
      "<a>",
      "\xe2\x80\x9cq\xe2\x80\x9d",
  };
  return all;
}

}  // namespace envc::backends::testing
