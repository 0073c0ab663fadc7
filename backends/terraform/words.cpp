// See words.h. Tables from Terraform's language reference (1.11).
#include "terraform/words.h"

namespace envc::backends::terraform {
namespace {

enum class Labels : std::uint8_t { None, Name, TypeAndName };
struct Word {
  std::string_view keyword;
  Labels labels;
};

constexpr Word words[] = {
    {"terraform", Labels::None},       {"locals", Labels::None},      {"moved", Labels::None},
    {"import", Labels::None},          {"removed", Labels::None},     {"variable", Labels::Name},
    {"output", Labels::Name},          {"provider", Labels::Name},    {"module", Labels::Name},
    {"check", Labels::Name},           {"data", Labels::TypeAndName}, {"ephemeral", Labels::TypeAndName},
    {"resource", Labels::TypeAndName},
};

struct Argument {
  std::string_view block, name;
};

constexpr Argument bare_arguments[] = {
    {"resource", "depends_on"},
    {"data", "depends_on"},
    {"ephemeral", "depends_on"},
    {"module", "depends_on"},
    {"output", "depends_on"},
    {"resource", "provider"},
    {"data", "provider"},
    {"ephemeral", "provider"},
    {"import", "provider"},
    {"module", "providers"},
    {"lifecycle", "ignore_changes"},
    {"lifecycle", "replace_triggered_by"},
    {"variable", "type"},
    {"validation", "condition"},
    {"precondition", "condition"},
    {"postcondition", "condition"},
    {"assert", "condition"},
    {"moved", "from"},
    {"moved", "to"},
    {"import", "to"},
    {"removed", "from"},
};

constexpr std::string_view reserved_variables[] = {"source",   "version",   "providers",  "count",
                                                   "for_each", "lifecycle", "depends_on", "locals"};

}  // namespace

Block block_of(const plan::Object& object) {
  const auto point = object.shape.find('.');
  const auto first = object.shape.substr(0, point);
  const auto rest = point == std::string_view::npos ? std::string_view{} : object.shape.substr(point + 1);
  for (const auto& word : words) {
    if (word.keyword != first) continue;
    if (word.labels == Labels::None) return {word.keyword, {}, {}};
    if (word.labels == Labels::TypeAndName) return {word.keyword, rest, object.name};
    // A second configuration of a provider is "aws.recovery": the label is "aws".
    return {word.keyword, rest.empty() ? object.name.substr(0, object.name.find('.')) : rest, {}};
  }
  return {"resource", object.shape, object.name};
}

bool is_bare(std::string_view block, std::string_view argument) {
  if (block == "locals") return true;  // texts there are expressions; strings bring their quotes
  for (const auto& bare : bare_arguments) {
    if (bare.name == argument && bare.block == block) return true;
  }
  return false;
}

std::string variable_name(std::string_view name) {
  for (const auto reserved : reserved_variables) {
    if (name == reserved) return "release_" + std::string(name);
  }
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z') out += '_';
    out += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace envc::backends::terraform
