// `envc dump STAGE`: what a stage made, as readable text.
#include "driver/dump/dump.h"
#include "driver/commands/commands.h"
#include "driver/commands/selection.h"
#include "base/paths.h"
#include "driver/project.h"
#include "syntax/parse.h"

namespace envc::driver {
namespace {

Result dump_trees(FileSystem& files, const DumpCommand& command) {
  Result result;
  SourceMap sources;
  diag::Sink sink;
  for (const auto& name : find_sources(files, command.compile.folder, sink)) {
    auto text = files.read(join(command.compile.folder, name));
    if (!text) {
      sink.report(diag::UnreadableFile{}, {}, name, text.error().message);
      continue;
    }
    auto file = sources.add(name, std::move(*text), SourceOwner::User);
    result.out += tree_text(syntax::parse(sources, file, sink), sources);
  }
  sink.finish(sources);
  result.err = diag::render_text(sink.all(), sources, command.colour);
  result.code = exit_code(sink);
  return result;
}

std::string stage_text(Stage stage, const Compiled& environment, const Compilation& compilation) {
  switch (stage) {
    case Stage::Tree:
    case Stage::Names: return "";
    case Stage::Model: return environment.model ? model_text(*environment.model, compilation.sources) : "";
    case Stage::Plan: return environment.realized ? plan_text(environment.realized->plan, compilation.sources) : "";
    case Stage::Loss: return loss_text({&environment.loss}, compilation.sources, Detail::Full);
  }
  return "";
}

}  // namespace

Result dump(FileSystem& files, const DumpCommand& command) {
  if (command.stage == Stage::Tree) return dump_trees(files, command);
  Compilation compilation;
  compile(files, command.compile, Keep::Stages, compilation);
  Result result;
  result.err = diag::render_text(compilation.sink.all(), compilation.sources, command.colour);
  result.code = exit_code(compilation.sink);
  if (auto complaint = check_environments(command.environments, compilation.program); !complaint.empty() && result.code == good)
    return {"", complaint, bad_world};
  if (command.stage == Stage::Names) result.out = names_text(compilation.program);
  for (const auto& environment : compilation.environments)
    if (Scope{command.environments, {}}.covers(environment.name, {}))
      result.out += stage_text(command.stage, environment, compilation);
  return result;
}

}  // namespace envc::driver
