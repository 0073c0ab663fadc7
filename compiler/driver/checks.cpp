#include "driver/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "diag/render.h"
#include "syntax/build.h"
#include "syntax/parse.h"

namespace envc::driver {
namespace {

using sema::LibraryEntry;

/// What the AST of one file says beyond the index.
struct Said {
  std::string doc;
  bool advice = false;
};

bool says_warning(ast::BlockId block, const ast::Arena& ast, const Interner& names) {
  for (const auto& entry : ast.blocks[block].entries) {
    const auto* field = std::get_if<ast::FieldEntry>(&entry.node);
    if (!field || names[field->label.name] != "severity" || !field->value.valid()) continue;
    const auto* word = std::get_if<ast::NameExpr>(&ast.exprs[field->value].node);
    return word && names[word->name] == "warning";
  }
  return false;
}

/// By the offset at which a policy or a rule begins.
std::map<std::uint32_t, Said> read(const sema::LibraryFile& file, SourceMap& sources) {
  Interner names;
  ast::Arena ast;
  diag::Sink sink;
  auto id = sources.add_view(std::string(file.path), file.text, SourceOwner::Library);
  auto module = syntax::build(syntax::parse(sources, id, sink), sources, names, ast, sink);
  std::map<std::uint32_t, Said> said;
  for (auto one : module.decls) {
    const auto& decl = ast.decls[one];
    if (const auto* policy = std::get_if<ast::PolicyDecl>(&decl.node))
      said[decl.span.begin] = {std::string(names[decl.doc]), policy->block.valid() && says_warning(policy->block, ast, names)};
  }
  for (std::uint32_t i = 0; i < ast.blocks.size(); ++i)
    for (const auto& entry : ast.blocks[ast::BlockId(i)].entries)
      if (std::holds_alternative<ast::RequireEntry>(entry.node)) said[entry.span.begin] = {std::string(names[entry.doc]), false};
  return said;
}

/// The lines of an entry as they stand two columns deep.
std::string at_two(std::string_view text, std::uint32_t column) {
  std::string out = "  ";
  const std::size_t surplus = column > 3 ? column - 3 : 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '\n') continue;
    for (std::size_t k = 0; k < surplus && i + 1 < text.size() && text[i + 1] == ' '; ++k) ++i;
  }
  return out;
}

std::vector<std::string> running_editions(const sema::LibraryIndex& library, std::uint32_t file) {
  std::vector<std::string> found;
  for (const auto& year : sema::editions(library)) {
    auto edition = sema::find_module(library, "std.editions." + year);
    if (!edition) continue;
    const auto modules = sema::with_uses(library, *edition);
    if (std::find(modules.begin(), modules.end(), file) != modules.end()) found.push_back(year);
  }
  return found;
}

/// What it is, where it stands and when it holds, in one sentence.
std::string placed(const Check& check) {
  if (!check.head.empty()) return fmt::format("A requirement of `{}`: it holds wherever that is used.", check.head);
  auto runs = check.editions.empty()
                  ? fmt::format("`use {}` switches it on", check.module)
                  : fmt::format("it runs in edition{} {}", check.editions.size() == 1 ? "" : "s", diag::enumerate(check.editions));
  return fmt::format("A policy of `{}`: {}.{}", check.module, runs,
                     check.advice ? " What it finds is a warning; with `--strict` an error." : "");
}

/// Why, and the rule as it is written.
std::string body(const Check& check, std::string_view language) {
  return fmt::format("{}```{}\n{}\n```\n\n{}\n", check.doc.empty() ? "" : check.doc + "\n\n", language, check.rule, placed(check));
}

}  // namespace

std::vector<Check> library_checks(const sema::LibraryIndex& library) {
  std::map<std::uint32_t, std::vector<const LibraryEntry*>> by_file;
  for (const auto& entry : library.entries)
    if (entry.what == "policy" || entry.what == "require") by_file[entry.file].push_back(&entry);
  std::vector<Check> checks;
  SourceMap sources;
  for (auto& [index, entries] : by_file) {
    const auto& file = library.files[index];
    const auto source = FileId{static_cast<std::uint32_t>(sources.size())};
    const auto said = read(file, sources);
    const auto editions = running_editions(library, index);
    std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) { return a->begin < b->begin; });
    for (const auto* entry : entries) {
      const auto place = sources.line_column(source, entry->begin);
      const auto text = file.text.substr(entry->begin, entry->end - entry->begin);
      Check check;
      check.id = entry->name;
      check.module = sema::module_name(file);
      check.path = file.path;
      check.line = place.line;
      if (entry->what == "require") check.head = entry->extra;
      check.rule = check.head.empty() ? std::string(text) : check.head + " {\n" + at_two(text, place.column) + "\n}";
      if (auto found = said.find(entry->begin); found != said.end()) check.doc = found->second.doc, check.advice = found->second.advice;
      if (check.head.empty()) check.editions = editions;
      checks.push_back(std::move(check));
    }
  }
  return checks;
}

std::string check_page(const Check& check) {
  return fmt::format(
      "# {0}\n\n{1}\n"
      "Way out: put it right. Where it must be so, write why: in the component, in the environment, or at the top\n"
      "level for all of them. `until 2027-01-31` at its end lets it end by itself.\n\n"
      "```envc\nallow {0} because \"…\"\n```\n\nDeclared in {2}:{3}.\n",
      check.id, body(check, "envc"), check.path, check.line);
}

std::string checks_document(const std::vector<Check>& checks) {
  std::string out =
      "# Checks\n\n"
      "What the library checks beyond types, by the file that declares it. Written by `./dev checks`\n"
      "(`envc explain --all`) from the library itself: do not edit. A heading is the check's id, for `envc explain ID`\n"
      "and for `allow ID because \"…\"`, which lets it pass in a component, in an environment, or at the top level for\n"
      "all. A test shows each of them broken and held (`tests/golden/checks/ID/`).\n";
  std::string module;
  for (const auto& check : checks) {
    if (check.module != module) {
      module = check.module;
      out += fmt::format("\n## {}\n\nIn [stdlib/{}](../stdlib/{}).\n", module, check.path.substr(4), check.path.substr(4));
    }
    out += fmt::format("\n### {}\n\n{}", check.id, body(check, "envc fragment"));
  }
  return out;
}

}  // namespace envc::driver
