// `envc fmt`: the canonical form of sources, in place.
#include <algorithm>

#include "driver/commands/commands.h"
#include "base/paths.h"
#include "driver/writer.h"
#include "syntax/format.h"
#include "syntax/parse.h"

namespace envc::driver {
namespace {

/// Files as they are named; of folders every *.envc below them, hidden folders and links to folders left out.
void collect(const FileSystem& files, const std::string& path, std::vector<std::string>& found, diag::Sink& sink) {
  if (files.kind(path) != FileKind::Folder) {
    found.push_back(path);
    return;
  }
  auto names = files.list(path);
  if (!names) {
    sink.report(diag::UnreadableFile{}, {}, path, names.error().message);
    return;
  }
  for (const auto& name : *names) {
    if (name.starts_with(".")) continue;
    const auto inner = join(path, name);
    if (files.kind(inner) == FileKind::Folder) collect(files, inner, found, sink);
    else if (name.ends_with(".envc")) found.push_back(inner);
  }
}

class Formatter {
 public:
  Formatter(FileSystem& files, Purpose purpose) : files_(files), purpose_(purpose) {}

  void one(const std::string& path) {
    auto text = files_.read(path);
    if (!text) {
      sink.report(diag::UnreadableFile{}, {}, path, text.error().message);
      return;
    }
    auto file = sources.add(path, *text, SourceOwner::User);
    diag::Sink own;
    auto tree = syntax::parse(sources, file, own);
    const bool encoded = !own.has_errors() || std::none_of(own.all().begin(), own.all().end(), [](const diag::Diagnostic& d) {
      return std::string_view(d.code.id).starts_with("E00") && d.severity == diag::Severity::Error;
    });
    sink.merge(std::move(own));
    if (!encoded) return;  // bytes that are no text have no canonical form
    auto formed = syntax::format(tree, sources);
    if (formed == *text) return;
    changed.push_back(path);
    if (purpose_ != Purpose::Write) return;
    if (auto done = replace_file(files_, path, formed); !done)
      sink.report(diag::OutputUnwritable{}, {}, path, done.error().message);
  }

  SourceMap sources;
  diag::Sink sink;
  std::vector<std::string> changed;

 private:
  FileSystem& files_;
  Purpose purpose_;
};

}  // namespace

Result format(FileSystem& files, const FormatCommand& command) {
  Formatter formatter(files, command.purpose);
  std::vector<std::string> paths;
  for (const auto& path : command.paths) collect(files, path, paths, formatter.sink);
  for (const auto& path : paths) formatter.one(path);
  formatter.sink.finish(formatter.sources);

  Result result;
  for (const auto& path : formatter.changed)
    result.out += fmt::format("{} {}\n", command.purpose == Purpose::Write ? "formatted" : "would change", path);
  result.err = diag::render_text(formatter.sink.all(), formatter.sources, command.colour);
  result.code = exit_code(formatter.sink);
  if (result.code == good && command.purpose != Purpose::Write && !formatter.changed.empty()) result.code = bad_sources;
  return result;
}

}  // namespace envc::driver
