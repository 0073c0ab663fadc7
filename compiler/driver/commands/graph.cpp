// `envc graph`: a picture of each environment.
#include "driver/commands/commands.h"
#include "driver/commands/selection.h"
#include "base/paths.h"
#include "graph/print.h"

namespace envc::driver {
namespace {

std::string drawn(GraphForm form, const graph::Graph& graph) {
  switch (form) {
    case GraphForm::Mermaid: return graph::mermaid(graph);
    case GraphForm::Dot: return graph::dot(graph);
    case GraphForm::Svg: return graph::svg(graph);
  }
  return "";
}

std::string_view ending(GraphForm form) {
  switch (form) {
    case GraphForm::Mermaid: return ".mmd";
    case GraphForm::Dot: return ".dot";
    case GraphForm::Svg: return ".svg";
  }
  return "";
}

/// Where one is there, or where the path is written like one.
bool is_folder(const FileSystem& files, const std::string& path) {
  return path.ends_with('/') || files.kind(path) == FileKind::Folder || name_of(path).find('.', 1) == std::string_view::npos;
}

/// One picture bare; several with a comment above each.
std::string together(GraphForm form, const std::vector<const graph::Graph*>& graphs) {
  std::string text;
  for (const auto* one : graphs) {
    if (graphs.size() > 1) text += fmt::format("{}{} {}\n", text.empty() ? "" : "\n", form == GraphForm::Mermaid ? "%%" : "//", graph::title(*one));
    text += drawn(form, *one);
  }
  return text;
}

/// Writes what differs, and says so.
void put(FileSystem& files, const std::string& path, const std::string& shown, const std::string& text, Result& result) {
  if (const auto before = files.read(path); before && *before == text) {
    result.out += fmt::format("{} is up to date\n", shown);
    return;
  }
  auto done = files.make_folders(std::string(folder_of(path).empty() ? "." : folder_of(path)));
  if (done) done = replace_file(files, path, text);
  if (done) {
    result.out += fmt::format("wrote {}\n", shown);
    return;
  }
  result.err += fmt::format("envc: {} cannot be written: {}\n", shown, done.error().message);
  result.code = bad_world;
}

}  // namespace

Result graph(FileSystem& files, const GraphCommand& command) {
  Compilation compilation;
  compile(files, command.compile, Keep::Graph, compilation);
  Result result;
  result.err = diag::render_text(compilation.sink.all(), compilation.sources, command.colour);
  result.code = exit_code(compilation.sink);
  if (compilation.sink.has_errors()) return result;
  if (auto complaint = check_environments(command.environments, compilation.program); !complaint.empty()) return {"", complaint, bad_world};

  std::vector<const graph::Graph*> graphs;
  for (const auto& environment : compilation.environments)
    if (environment.graph && Scope{command.environments, {}}.covers(environment.name, {})) graphs.push_back(&*environment.graph);
  if (!command.out.empty() && is_folder(files, command.out)) {
    for (const auto* one : graphs) {
      const auto name = one->environment + std::string(ending(command.form));
      put(files, join(command.out, name), join(command.out_shown, name), drawn(command.form, *one), result);
    }
    return result;
  }
  if (command.form == GraphForm::Svg && graphs.size() > 1)
    return {"", "envc: an SVG shows one environment: choose it with `-e`, or name a folder with `--out`\n", bad_world};
  const auto text = together(command.form, graphs);
  if (command.out.empty()) result.out += text;
  else put(files, command.out, command.out_shown, text, result);
  return result;
}

}  // namespace envc::driver
