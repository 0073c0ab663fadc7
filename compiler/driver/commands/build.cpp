// `envc build` and `envc check`: compile everything, then write, compare or leave it.
#include "driver/commands/commands.h"
#include "driver/commands/selection.h"
#include "driver/report.h"

namespace envc::driver {
namespace {

WriteReport handle_files(FileSystem& files, const BuildCommand& command, std::vector<std::string> folders,
                         Compilation& compilation) {
  WriteRequest request{command.compile.folder, command.out, {command.environments, std::move(folders)}, {}};
  for (auto& environment : compilation.environments)
    for (auto& output : environment.outputs) request.outputs.push_back(std::move(output));
  diag::Sink sink;
  auto report = command.purpose == Purpose::Write ? write_outputs(files, request, sink) : compare_outputs(files, request, sink);
  compilation.sink.merge(std::move(sink));
  compilation.sink.finish(compilation.sources);
  return report;
}

}  // namespace

Result build(FileSystem& files, const BuildCommand& command) {
  Result result;
  std::vector<std::string> folders;
  if (auto complaint = find_folders(command.formats, folders); !complaint.empty()) return {"", complaint, bad_world};
  Compilation compilation;
  compile(files, command.compile, Keep::Files, compilation);
  WriteReport written;
  if (!compilation.sink.has_errors()) {
    if (auto complaint = check_environments(command.environments, compilation.program); !complaint.empty())
      return {"", complaint, bad_world};
    if (command.purpose != Purpose::Diagnose) written = handle_files(files, command, std::move(folders), compilation);
  }
  result.code = exit_code(compilation.sink);
  if (command.report == ReportForm::Json) report_json(compilation, written, command, result);
  else report_text(compilation, written, command, result);
  return result;
}

}  // namespace envc::driver
