#include "codes.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "base/thread_pool.h"
#include "cases.h"
#include "process.h"

namespace golden {
namespace fs = std::filesystem;
namespace {

/// The first words of the lines of uncovered.txt.
std::set<std::string> exempt(const fs::path& root) {
  std::istringstream in(read_file(root / "uncovered.txt"));
  std::set<std::string> codes;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#') codes.insert(line.substr(0, line.find(' ')));
  return codes;
}

std::string example_of(const std::string& page) {
  const std::string fence = "```envc\n";
  auto begin = page.find(fence);
  if (begin == std::string::npos) return "";
  begin += fence.size();
  return page.substr(begin, page.find("```", begin) - begin);
}

/// The example with what every project has, where the page left it out.
std::string completed(const std::string& example) {
  auto has = [&](std::string_view line_start) {
    return ("\n" + example).find("\n" + std::string(line_start)) != std::string::npos;
  };
  std::string out;
  if (!has("edition ")) out += "edition 2026\n";
  if (!has("system ")) out += "system example { }\n";
  if (!has("environment ") && !has("abstract environment ")) out += "environment development on compose { }\n";
  return out + example;
}

/// A page's example may say, as a golden does, which arguments it needs.
std::vector<std::string> arguments_of(const std::string& source) {
  constexpr std::string_view mark = "// ---- arguments ";
  auto at = source.find(mark);
  if (at == std::string::npos) return {};
  std::istringstream words(source.substr(at + mark.size(), source.find('\n', at) - at - mark.size()));
  std::vector<std::string> found;
  for (std::string word; words >> word;) found.push_back(word);
  return found;
}

/// What `envc explain` lists below the codes: an id and its first sentence a line.
std::vector<std::string> listed_checks(const Settings& settings) {
  Scratch scratch;
  std::vector<std::string> command{settings.envc, "explain"};
  for (auto& word : settings.library()) command.push_back(word);
  std::istringstream in(run(command, scratch.path(), scratch.path()).out);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] >= 'a' && line[0] <= 'z') lines.push_back(line);
  return lines;
}

/// What a golden of one file expects; nothing where there is no such file.
std::string expectation(const fs::path& path) {
  auto text = read_file(path);
  auto at = text.find("// ---- expect");
  return at == std::string::npos ? "" : text.substr(at);
}

bool produces(const std::string& source, const std::string& code, const std::string& envc) {
  auto lines = diagnose(source, arguments_of(source), envc);
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.starts_with(code + " "); });
}

}  // namespace

std::vector<std::string> all_codes(const fs::path& diag) {
  std::set<std::string> codes;
  for (const auto& entry : fs::directory_iterator(diag)) {
    if (entry.path().extension() != ".def") continue;
    std::istringstream in(read_file(entry.path()));
    for (std::string line; std::getline(in, line);)
      if (line.starts_with("DIAG(")) codes.insert(line.substr(5, line.find(',') - 5));
  }
  return {codes.begin(), codes.end()};
}

std::vector<std::string> codes_without_golden(const fs::path& diag, const fs::path& root) {
  std::string expectations;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    auto text = [&] { return read_file(entry.path()); };
    if (entry.path().filename() == "diagnostics.txt") expectations += text();
    if (entry.path().extension() == ".envc") {
      auto all = text();
      if (auto at = all.find("// ---- expect"); at != std::string::npos) expectations += all.substr(at);
    }
  }
  const auto skip = exempt(root);
  std::vector<std::string> missing;
  for (const auto& code : all_codes(diag)) {
    const bool shown =
        expectations.find("\n// " + code + " ") != std::string::npos || expectations.find("[" + code + "]") != std::string::npos;
    if (!shown && !skip.contains(code)) missing.push_back(code + ": no golden shows it");
    if (shown && skip.contains(code)) missing.push_back(code + ": a golden shows it, so it must leave uncovered.txt");
  }
  return missing;
}

std::vector<std::string> pages_without_effect(const fs::path& diag, const fs::path& root, const std::string& envc) {
  const auto skip = exempt(root);
  const auto codes = all_codes(diag);
  std::vector<std::string> found(codes.size());
  envc::parallel_for(codes.size(), 0, [&](std::size_t i) {
    const auto& code = codes[i];
    auto example = example_of(read_file(diag / "explain" / (code + ".md")));
    if (example.empty()) found[i] = code + ": the page has no ```envc example";
    else if (!skip.contains(code) && !produces(example, code, envc) && !produces(completed(example), code, envc)) {
      found[i] = code + ": the example of the page does not produce it, but:";
      for (const auto& line : diagnose(completed(example), {}, envc)) found[i] += "\n    " + line;
    }
  });
  std::erase(found, "");
  return found;
}

std::vector<std::string> checks_without_goldens(const fs::path& root, const Settings& settings) {
  std::set<std::string> ids;
  std::vector<std::string> missing;
  for (const auto& line : listed_checks(settings)) {
    const auto id = line.substr(0, line.find(' '));
    if (!ids.insert(id).second) missing.push_back(id + ": two rules of one id");
    if (id == line) missing.push_back(id + ": no doc comment says why");
  }
  if (ids.empty()) missing.push_back("`envc explain` lists no check");
  for (const auto& id : ids) {
    const auto folder = root / "checks" / id;
    const auto broken = folder / "broken.envc", good = folder / "good.envc";
    if (expectation(broken).find("\n// rule: " + id + "\n") == std::string::npos)
      missing.push_back(id + ": checks/" + id + "/broken.envc must be a source that breaks it");
    if (!fs::exists(good) || !expectation(good).empty())
      missing.push_back(id + ": checks/" + id + "/good.envc must be nearly the same source without a finding");
    else if (read_file(good).find("// ---- arguments --strict") == std::string::npos)
      missing.push_back(id + ": checks/" + id + "/good.envc must hold with `// ---- arguments --strict`");
  }
  if (fs::exists(root / "checks"))
    for (const auto& entry : fs::directory_iterator(root / "checks"))
      if (!ids.contains(entry.path().filename().string()))
        missing.push_back("checks/" + entry.path().filename().string() + ": there is no such check");
  return missing;
}

}  // namespace golden
