// From entries to Markdown: one page for the terminal, or all of them as a document
// whose types lead to where they are explained.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "driver/reference/reference.h"

namespace envc::driver {
namespace {

constexpr std::size_t longest_default = 60;

using Rows = std::vector<std::vector<std::string>>;

bool in_word(char ch) { return std::isalnum(static_cast<unsigned char>(ch)) || ch == '_'; }

/// Calls `word` for each name of a type and `other` for what stands between them.
template <typename Word, typename Other>
void each_word(std::string_view type, Word word, Other other) {
  for (std::size_t at = 0; at < type.size();) {
    auto end = at + 1;
    if (type[at] == '"') {  // a literal is no name
      end = type.find('"', at + 1);
      end = end == std::string_view::npos ? type.size() : end + 1;
    } else if (in_word(type[at])) {
      while (end < type.size() && in_word(type[end])) ++end;
      word(type.substr(at, end - at));
      at = end;
      continue;
    }
    other(type.substr(at, end - at));
    at = end;
  }
}

/// `Int` of `Int where (it > 0)`.
std::string_view without_rule(std::string_view type) { return type.substr(0, type.find(" where (")); }

/// `Trigger` of `List<Trigger>`, `Url` of `Secret<Late<Url>>?`.
std::string_view innermost(std::string_view type) {
  if (type.ends_with('?')) type.remove_suffix(1);
  for (std::string_view around : {"List<", "Range<", "Secret<", "Late<"})
    if (type.starts_with(around) && type.ends_with('>')) return innermost(type.substr(around.size(), type.size() - around.size() - 1));
  return type;
}



std::string escaped(std::string_view text) {
  std::string out;
  for (char ch : text) out += ch == '|' ? std::string("\\|") : std::string(1, ch);
  return out;
}

std::string in_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

struct Printer {
  const Reference& reference;
  std::map<std::string, const ReferenceEntry*, std::less<>> types;  ///< what a type may name
  std::map<const ReferenceEntry*, std::string> anchors;             ///< of a document; empty: a page for the terminal

  explicit Printer(const Reference& r) : reference(r) {
    for (const auto& entry : r.entries)
      if (entry.what != "fn") types.emplace(entry.name, &entry);
  }

  const ReferenceEntry* find(std::string_view name) const {
    auto found = types.find(name);
    return found == types.end() ? nullptr : found->second;
  }

  bool document() const { return !anchors.empty(); }

  std::string link(const ReferenceEntry& entry) const {
    auto at = anchors.find(&entry);
    return at == anchors.end() ? "`" + entry.name + "`" : fmt::format("[{}](#{})", entry.name, at->second);
  }

  /// The type with its names as links, and its rule as code.
  std::string type_cell(std::string_view type) const {
    if (type.empty()) return "";
    if (!document()) return "`" + escaped(type) + "`";
    const auto plain = without_rule(type);
    std::string out;
    each_word(
        plain,
        [&](std::string_view word) {
          const auto* entry = find(word);
          out += entry && anchors.contains(entry) ? link(*entry) : std::string(word);
        },
        [&](std::string_view other) {
          for (char ch : other) out += ch == '<' || ch == '>' || ch == '|' ? std::string("\\") + ch : std::string(1, ch);
        });
    if (plain.size() < type.size()) out += fmt::format(" `{}`", escaped(type.substr(plain.size() + 1)));
    return out;
  }

  /// Must somebody give it? A record whose fields all have defaults has one itself.
  bool is_required(const ReferenceField& field) const {
    if (field.optional || !field.value.empty()) return false;
    const auto* record = find(field.type);
    if (!record || record->what != "record") return true;
    return std::any_of(record->fields.begin(), record->fields.end(), [&](const auto& one) { return is_required(one); });
  }

  std::string default_cell(const ReferenceField& field) const {
    if (field.value.size() > longest_default) return "computed";  // its meaning says how
    if (!field.value.empty()) return "`" + escaped(field.value) + "`";
    if (field.optional) return "none";
    return is_required(field) ? "**required**" : "that of its fields";
  }

  /// What is said of it, or else of its type.
  std::string meaning(const ReferenceField& field) const {
    if (!field.doc.empty()) return escaped(in_one_line(field.doc));
    const auto* type = find(innermost(without_rule(field.type)));
    return type ? escaped(first_sentence(type->doc)) : "";
  }

  /// Columns that nobody fills are left out; in the terminal they stand below each other.
  std::string table(const std::vector<std::string>& titles, const Rows& rows) const {
    std::vector<std::size_t> used, widths(titles.size());
    for (std::size_t i = 0; i < titles.size(); ++i) {
      const bool any = std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return !row[i].empty(); });
      if (any) used.push_back(i);
      widths[i] = document() ? 0 : titles[i].size();
      for (const auto& row : rows)
        if (!document()) widths[i] = std::max(widths[i], std::min<std::size_t>(row[i].size(), 40));
    }
    const auto line = [&](const std::vector<std::string>& cells) {
      std::string out = "|";
      for (auto i : used) out += i == used.back() ? fmt::format(" {} |", cells[i]) : fmt::format(" {:<{}} |", cells[i], widths[i]);
      return out + "\n";
    };
    auto out = line(titles) + "|";
    for (std::size_t i = 0; i < used.size(); ++i) out += "---|";
    out += "\n";
    for (const auto& row : rows) out += line(row);
    return out;
  }

  std::string fields(const std::string& title, const std::vector<ReferenceField>& all) const {
    Rows rows;
    for (const auto& one : all)
      rows.push_back({fmt::format("`{}`{}", one.name, one.varies ? " *varies*" : ""), type_cell(one.type), default_cell(one), meaning(one)});
    return rows.empty() ? "" : "\n" + table({title, "type", "default", "meaning"}, rows);
  }

  /// Its own outputs, then those that its interfaces bring; what an interface says of one holds for it too.
  std::vector<ReferenceField> all_outputs(const ReferenceEntry& entry) const {
    auto all = entry.outputs;
    for (const auto& base : entry.bases) {
      const auto* interface = find(base);
      if (!interface || interface->what != "interface") continue;
      for (auto& one : all_outputs(*interface)) {
        auto own = std::find_if(all.begin(), all.end(), [&](const auto& o) { return o.name == one.name; });
        if (own == all.end()) all.push_back(std::move(one));
        else if (own->doc.empty()) own->doc = one.doc;
      }
    }
    return all;
  }

  std::string outputs(const ReferenceEntry& entry) const {
    Rows rows;
    for (const auto& one : all_outputs(entry)) rows.push_back({"`" + one.name + "`", type_cell(one.type), meaning(one)});
    return rows.empty() ? "" : "\n" + table({"output", "type", "meaning"}, rows);
  }

  std::string cases(const ReferenceEntry& entry) const {
    if (entry.cases.empty()) return "";
    Rows rows;
    for (const auto& one : entry.cases) {
      if (one.fields.empty()) rows.push_back({"`" + one.name + "`", "", "", "", ""});
      for (const auto& field : one.fields)
        rows.push_back({&field == &one.fields.front() ? "`" + one.name + "`" : "", "`" + field.name + "`", type_cell(field.type),
                        default_cell(field), meaning(field)});
    }
    return "\n" + table({"case", "field", "type", "default", "meaning"}, rows);
  }

  /// "`a`, `b`": what has all that this interface asks for.
  std::string bearers(const ReferenceEntry& interface) const {
    std::string out;
    for (const auto& entry : reference.entries)
      if (std::find(entry.bases.begin(), entry.bases.end(), interface.name) != entry.bases.end())
        out += (out.empty() ? "" : ", ") + link(entry);
    return out;
  }

  std::string realizations(const ReferenceEntry& entry) const {
    if (entry.realizations.empty()) return "";
    std::map<std::string, std::vector<std::string>> on;  // by platform: the cases
    for (const auto& one : entry.realizations) on[one.platform].push_back(one.part);
    std::string list, tables;
    for (const auto& [platform, parts] : on) {
      const auto* known = find(platform);
      auto name = known && known->what == "platform" ? link(*known) : std::string("every platform without one of its own");
      std::string held;
      for (const auto& part : parts)
        if (!part.empty()) held += (held.empty() ? "" : ", ") + ("`" + part + "`");
      list += (list.empty() ? "" : ", ") + name + (held.empty() ? "" : fmt::format(" ({})", held));
    }
    for (const auto& one : entry.realizations)
      tables += fields("option on " + one.platform + (one.part.empty() ? "" : ", " + one.part), one.options);
    return fmt::format("\nRealized on {}.\n{}", list, tables);
  }

  /// All but its heading.
  std::string body(const ReferenceEntry& entry) const {
    std::string out;
    if (!entry.doc.empty()) out += "\n" + entry.doc + "\n";
    if (entry.cases.empty() && entry.what != "record")
      out += fmt::format("\n`{}`\n", entry.head);
    for (const auto& base : entry.bases)
      if (const auto* of = find(base); of && of->what == entry.what) out += fmt::format("\nIt has all that {} has.\n", link(*of));
    out += fields("field", entry.fields) + cases(entry) + outputs(entry);
    std::string parts;
    for (const auto& part : entry.parts) parts += (parts.empty() ? "" : ", ") + ("`" + part + "`");
    if (!parts.empty()) out += fmt::format("\nBrings along: {}.\n", parts);
    if (entry.what == "interface")
      if (auto who = bearers(entry); !who.empty()) out += fmt::format("\nIt is met by {}.\n", who);
    out += realizations(entry);
    if (!entry.requirements.empty()) out += "\nRefused, with these words:\n\n";
    for (const auto& one : entry.requirements) out += "- " + one + "\n";
    return out;
  }
};

bool is_of_platform(const ReferenceEntry& entry) { return entry.path.starts_with("std/platforms/"); }

/// The folder that it stands in: "std/platforms/x/y.envc" is of "x".
std::string folder_of(const ReferenceEntry& entry) {
  const auto last = entry.path.rfind('/');
  const auto before = entry.path.rfind('/', last - 1);
  return before == std::string::npos ? "" : entry.path.substr(before + 1, last - before - 1);
}

/// What a user may write: kinds, platforms, and each type that their fields name, directly or not.
std::set<const ReferenceEntry*> written_by_users(const Printer& printer) {
  std::set<const ReferenceEntry*> found;
  std::vector<const ReferenceEntry*> open;
  const auto reach = [&](const ReferenceEntry* entry) {
    if (entry && found.insert(entry).second) open.push_back(entry);
  };
  const auto reach_type = [&](std::string_view type) {
    each_word(without_rule(type), [&](std::string_view word) { reach(printer.find(word)); }, [](std::string_view) {});
  };
  for (const auto& entry : printer.reference.entries)
    if (entry.what == "kind" || entry.what == "platform") reach(&entry);
  while (!open.empty()) {
    const auto* entry = open.back();
    open.pop_back();
    reach_type(entry->type);
    for (const auto& field : entry->fields) reach_type(field.type);
    for (const auto& one : entry->cases)
      for (const auto& field : one.fields) reach_type(field.type);
    for (const auto& one : entry->realizations)
      for (const auto& field : one.options) reach_type(field.type);
  }
  for (const auto& entry : printer.reference.entries) {  // what makes such a value
    if (entry.what != "fn" || entry.doc.empty() || is_of_platform(entry)) continue;
    const auto* result = printer.find(entry.type);
    if (result && found.contains(result) && (result->what == "record" || result->what == "union")) found.insert(&entry);
  }
  return found;
}

struct Section {
  std::string title;
  std::vector<const ReferenceEntry*> entries;
};

/// Sections in the order of folders, those of platforms last.
std::vector<Section> sections(const std::set<const ReferenceEntry*>& chosen, const Reference& reference, const std::string& title,
                              bool (*fits)(const ReferenceEntry&)) {
  std::vector<Section> all;
  for (const auto& entry : reference.entries) {
    if (!chosen.contains(&entry) || !fits(entry)) continue;
    const auto named = entry.what == "platform" ? title : fmt::format("{}: {}", title, folder_of(entry));
    auto at = std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.title == named; });
    if (at == all.end()) at = all.insert(all.end(), {named, {}});
    at->entries.push_back(&entry);
  }
  return all;
}

bool is_kind(const ReferenceEntry& e) { return e.what == "kind"; }
bool is_platform(const ReferenceEntry& e) { return e.what == "platform"; }
bool is_value(const ReferenceEntry& e) { return e.what == "record" || e.what == "union" || e.what == "enum" || e.what == "interface"; }
bool is_text(const ReferenceEntry& e) { return e.what == "alias"; }
bool is_function(const ReferenceEntry& e) { return e.what == "fn"; }

/// As GitHub makes it of a heading; a second one of the same name gets a number.
std::string anchor(const std::string& heading, std::map<std::string, int>& seen) {
  std::string out;
  for (char ch : heading) {
    if (in_word(ch) || ch == '-') out += static_cast<char>(std::tolower(static_cast<unsigned char>(ch)));
    if (ch == ' ') out += '-';
  }
  const int count = seen[out]++;
  return count == 0 ? out : fmt::format("{}-{}", out, count);
}

}  // namespace

std::string reference_page(const Reference& reference, std::string_view name) {
  const Printer printer(reference);
  std::string out;
  for (const auto& entry : reference.entries)
    if (entry.name == name)
      out += fmt::format("{}# {} ({})\n{}\nDeclared in {}:{}.\n", out.empty() ? "" : "\n", entry.name,
                         entry.what == "alias" ? "type" : entry.what == "fn" ? "function" : entry.what, printer.body(entry), entry.path, entry.line);
  return out;
}

std::string reference_document(const Reference& reference) {
  Printer printer(reference);
  const auto chosen = written_by_users(printer);
  std::vector<Section> detailed = sections(chosen, reference, "Kinds", is_kind);
  for (auto more : {sections(chosen, reference, "Platforms", is_platform), sections(chosen, reference, "Values", is_value)})
    detailed.insert(detailed.end(), more.begin(), more.end());
  const auto texts = sections(chosen, reference, "Types", is_text), functions = sections(chosen, reference, "Functions", is_function);

  std::map<std::string, int> seen{{"the-library", 1}, {"contents", 1}};
  std::map<std::string, std::string> places;
  for (const auto& section : detailed) {
    places[section.title] = anchor(section.title, seen);
    for (const auto* entry : section.entries) printer.anchors[entry] = anchor(entry->name, seen);
  }
  for (const auto* tables : {&texts, &functions})
    for (const auto& section : *tables) {
      places[section.title] = anchor(section.title, seen);
      if (tables == &texts)
        for (const auto* entry : section.entries) printer.anchors[entry] = places[section.title];
    }

  std::string out =
      "# The library\n\n"
      "What a project may write, read from the library itself: kinds, platforms, and the values of their fields.\n"
      "Written by `./dev checks` (`envc explain --library`): do not edit. `envc explain NAME` prints one of them.\n"
      "*varies* marks fields in which environments that mirror each other may differ.\n\n"
      "## Contents\n\n";
  for (const auto& section : detailed) {
    out += fmt::format("- [{}](#{}):", section.title, places[section.title]);
    for (const auto* entry : section.entries) out += (entry == section.entries.front() ? " " : ", ") + printer.link(*entry);
    out += "\n";
  }
  for (const auto* tables : {&texts, &functions})
    for (const auto& section : *tables) out += fmt::format("- [{}](#{})\n", section.title, places[section.title]);
  for (const auto& section : detailed) {
    out += fmt::format("\n## {}\n", section.title);
    for (const auto* entry : section.entries)
      out += fmt::format("\n### {}\n{}\nIn [{}](../stdlib/{}).\n", entry->name, printer.body(*entry), entry->path.substr(4), entry->path.substr(4));
  }
  for (const auto& section : texts) {
    Rows rows;
    for (const auto* entry : section.entries)
      rows.push_back({"`" + entry->name + "`", printer.type_cell(entry->type), escaped(in_one_line(entry->doc))});
    out += fmt::format("\n## {}\n\n{}", section.title, printer.table({"type", "is", "meaning"}, rows));
  }
  for (const auto& section : functions) {
    Rows rows;
    for (const auto* entry : section.entries)
      rows.push_back({"`" + escaped(entry->head.substr(3)) + "`", escaped(in_one_line(entry->doc))});
    out += fmt::format("\n## {}\n\n{}", section.title, printer.table({"function", "meaning"}, rows));
  }
  return out;
}

}  // namespace envc::driver
