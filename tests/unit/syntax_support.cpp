// See syntax_support.h.
#include "syntax_support.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "syntax/build.h"
#include "syntax/format.h"
#include "syntax_ast_text.h"

namespace envc::test {

namespace fs = std::filesystem;

Parsed::Parsed(std::string text) {
  file = sources.add("test.envc", std::move(text), SourceOwner::User);
  tree = syntax::parse(sources, file, sink);
  module = syntax::build(tree, sources, names, arena, sink);
}

std::string Parsed::ast() const { return ast_text(module, arena, names); }
std::string Parsed::formatted() const { return syntax::format(tree, sources); }

std::vector<std::string> Parsed::problems() const {
  std::vector<std::string> result;
  for (const auto& d : sink.all()) {
    auto at = sources.line_column(file, d.primary.begin);
    result.push_back(std::string(d.code.id) + " " + std::to_string(at.line) + ":" + std::to_string(at.column) + " " + d.message);
  }
  return result;
}

std::string squeezed(std::string_view text) {
  std::string out;
  for (char c : text)
    if (std::string_view(" \t\r\n,").find(c) == std::string_view::npos) out += c;
  return out;
}

std::string tree_defect(const syntax::Tree& tree, std::size_t text_size) {
  const auto& nodes = tree.nodes;
  if (nodes.empty() || nodes.front().size != nodes.size()) return "the first node must hold all";
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& n = nodes[i];
    while (!open.empty() && i >= open.back() + nodes[open.back()].size) open.pop_back();
    if (n.size == 0 || n.begin > n.end || n.end > text_size) return "node " + std::to_string(i) + " has no extent";
    if (!open.empty()) {
      const auto& parent = nodes[open.back()];
      if (n.begin < parent.begin || n.end > parent.end || i + n.size > open.back() + parent.size)
        return "node " + std::to_string(i) + " leaves its parent";
    }
    if (i > 0 && n.begin < nodes[i - 1].begin) return "node " + std::to_string(i) + " is before its predecessor";
    open.push_back(i);
  }
  return {};
}

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

std::vector<fs::path> programs() {
  std::vector<fs::path> result;
  for (const auto& entry : fs::directory_iterator(fs::path(ENVC_SOURCE_DIR) / "tests/fuzz/programs"))
    result.push_back(entry.path());
  std::sort(result.begin(), result.end());
  EXPECT_FALSE(result.empty());
  return result;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    char c = text[++i];
    out += c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
  }
  return out;
}

std::vector<std::string> table(const std::string& name) {
  std::stringstream all(read_text(fs::path(ENVC_SOURCE_DIR) / "tests/golden/syntax" / name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(all, line);)
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  return lines;
}

}  // namespace envc::test
