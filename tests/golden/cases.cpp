#include "cases.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "process.h"

namespace golden {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view expect_mark = "// ---- expect";
constexpr std::string_view arguments_mark = "// ---- arguments ";

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

std::string joined(const std::vector<std::string>& items, const char* last) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) out += (i == 0 ? "" : i + 1 == items.size() ? last : ", ") + items[i];
  return out;
}

std::string one_line(std::string text) {
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.replace(at, 1, "\\n");
  return text;
}

std::string place(const nlohmann::json& span) {
  if (!span.is_object()) return "-";
  auto number = [&](const char* key) { return std::to_string(span.value(key, 0)); };
  auto file = span.value("file", "");
  return (file == "main.envc" ? "" : file + ":") + number("line") + ":" + number("column") + "-" + number("end_line") + ":" +
         number("end_column");
}

/// A file of the first shape: what the compiler reads and what it should say.
struct Parts {
  std::string source, expected;
  std::vector<std::string> arguments;
};

Parts split(const std::string& text) {
  Parts parts;
  std::size_t at = 0;
  while (at < text.size()) {
    auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
    std::string_view line(text.data() + at, end - at);
    if (line.starts_with(expect_mark)) {
      parts.expected = text.substr(end);
      break;
    }
    if (line.starts_with(arguments_mark)) parts.arguments = words(std::string(line.substr(arguments_mark.size())));
    parts.source += line;
    at = end;
  }
  return parts;
}

std::string run_file(const Case& one, const Settings& settings, const fs::path& scratch) {
  auto parts = split(read_file(one.path));
  for (const auto& word : settings.library()) parts.arguments.push_back(word);
  std::string actual;
  for (const auto& line : diagnose(parts.source, parts.arguments, settings.envc)) actual += "// " + line + "\n";
  if (settings.mode == Mode::Check) return unified_diff(one.path.string(), parts.expected, actual, scratch);
  if (actual != parts.expected)
    write_file(one.path, parts.source + (actual.empty() ? "" : std::string(expect_mark) + "\n" + actual));
  return "";
}

using Tree = std::map<std::string, std::string>;  // relative path -> text

/// Without the writer's own bookkeeping (.envc-manifest.json).
Tree read_tree(const fs::path& root) {
  Tree tree;
  if (!fs::exists(root)) return tree;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.is_regular_file() && !entry.path().filename().string().starts_with(".envc"))
      tree[entry.path().lexically_relative(root).string()] = read_file(entry.path());
  return tree;
}

/// What a build says before it counts the files that it wrote.
std::string loss_report(const std::string& out) {
  auto end = ("\n" + out).find("\nwrote ");
  return out.substr(0, end);
}

std::string run_folder(const Case& one, const Settings& settings, const fs::path& scratch) {
  const auto project = scratch / "project";
  fs::create_directories(project);
  for (const auto& entry : fs::directory_iterator(one.path))
    if (entry.path().filename() != "expected" && entry.path().filename() != "arguments")
      fs::copy(entry.path(), project / entry.path().filename(), fs::copy_options::recursive);
  std::vector<std::string> command{settings.envc, "build"};
  for (auto& word : words(read_file(one.path / "arguments"))) command.push_back(word);
  for (auto& word : settings.library()) command.push_back(word);
  auto outcome = run(command, project, scratch);
  if (outcome.code > 1)
    return one.path.string() + ": exit code " + std::to_string(outcome.code) + "\n" + outcome.out + outcome.err;

  auto actual = read_tree(project / "out");
  if (!outcome.err.empty()) actual["diagnostics.txt"] = outcome.err;
  if (auto loss = loss_report(outcome.out); !loss.empty()) actual["loss.txt"] = loss;
  const auto expected_root = one.path / "expected";
  const auto expected = read_tree(expected_root);
  if (settings.mode == Mode::Update) {
    if (actual == expected) return "";
    fs::remove_all(expected_root);
    for (const auto& [path, text] : actual) write_file(expected_root / path, text);
    return "";
  }
  std::set<std::string> paths;
  for (const auto& [path, text] : expected) paths.insert(path);
  for (const auto& [path, text] : actual) paths.insert(path);
  std::string difference;
  for (const auto& path : paths) {
    auto text = [&](const Tree& tree) {
      auto found = tree.find(path);
      return found == tree.end() ? std::string() : found->second;
    };
    if (expected.contains(path) != actual.contains(path))
      difference += (expected.contains(path) ? "not written: " : "not expected: ") + path + "\n";
    difference += unified_diff((one.path / "expected" / path).string(), text(expected), text(actual), scratch);
  }
  return difference;
}

}  // namespace

std::vector<std::string> diagnose(const std::string& source, const std::vector<std::string>& arguments, const std::string& envc) {
  Scratch scratch;
  write_file(scratch.path() / "project/main.envc", source);
  std::vector<std::string> command{envc, "check", "--diagnostics", "json"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  auto outcome = run(command, scratch.path() / "project", scratch.path());
  auto document = nlohmann::json::parse(outcome.out, nullptr, false);
  if (outcome.code > 1 || !document.is_object() || !document.contains("diagnostics"))
    return {"exit code " + std::to_string(outcome.code) + ": " + one_line(outcome.out + outcome.err)};
  std::vector<std::string> lines;
  for (const auto& d : document["diagnostics"]) {
    lines.push_back(d.value("code", "") + " " + place(d["span"]) + " " + one_line(d.value("message", "")));
    if (auto rule = d.value("rule", ""); !rule.empty()) lines.push_back("rule: " + rule);
    auto environments = d.value("environments", std::vector<std::string>());
    if (!environments.empty()) lines.push_back("in: " + joined(environments, environments.size() > 1 ? " and " : ""));
  }
  return lines;
}

std::vector<Case> find_cases(const fs::path& root) {
  if (fs::is_regular_file(root)) return {{root, false}};
  if (!fs::is_directory(root)) return {};
  if (fs::exists(root / "main.envc") || fs::exists(root / "expected")) return {{root, true}};
  std::vector<Case> found;
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(root)) entries.push_back(entry.path());
  std::sort(entries.begin(), entries.end());
  for (const auto& entry : entries) {
    if (fs::is_directory(entry)) {
      auto inner = find_cases(entry);
      found.insert(found.end(), inner.begin(), inner.end());
    } else if (entry.extension() == ".envc") {
      found.push_back({entry, false});
    }
  }
  return found;
}

std::string run_case(const Case& one, const Settings& settings) {
  Scratch scratch;
  return one.is_folder ? run_folder(one, settings, scratch.path()) : run_file(one, settings, scratch.path());
}

}  // namespace golden
