#include "driver/pipeline.h"

#include <algorithm>

#include "backend.h"
#include "base/paths.h"
#include "base/thread_pool.h"
#include "driver/params.h"
#include "driver/project.h"
#include "driver/project_texts.h"
#include "graph/collect.h"
#include "model/merge.h"
#include "model/policies.h"
#include "sema/sema.h"

namespace envc::driver {
namespace {

/// What could not be read leaves holes that later stages would report as mistakes of their own.
bool has_unread_text(const diag::Sink& sink) {
  return std::any_of(sink.all().begin(), sink.all().end(), [](const diag::Diagnostic& d) {
    const std::string_view id = d.code.id;
    return d.severity == diag::Severity::Error && (id.starts_with("E00") || id.starts_with("E01"));
  });
}

/// Holds that no two formats write one file, and that nothing is a file and a folder.
class Paths {
 public:
  Paths(const std::string& environment, diag::Sink& sink) : environment_(environment), sink_(sink) {}

  void add(const std::string& path, const Span& span, std::string_view format) {
    const One one{span, fmt::format("a file of the format {}", format)};
    if (auto [at, added] = files_.try_emplace(path, one); !added) report(path, at->second, one);
    if (auto at = folders_.find(path); at != folders_.end()) report(path, at->second, one);
    for (auto folder = folder_of(path); !folder.empty(); folder = folder_of(folder)) {
      const One outer{span, fmt::format("a folder with files of the format {}", format)};
      folders_.try_emplace(std::string(folder), outer);
      if (auto at = files_.find(folder); at != files_.end()) report(folder, at->second, outer);
    }
  }

 private:
  struct One {
    Span span;
    std::string what;
  };
  void report(std::string_view path, const One& first, const One& second) {
    if (!told_.emplace(path).second) return;
    auto& d = sink_.report(diag::FileTwice{}, second.span.valid() ? second.span : first.span, path, first.what, second.what).in(environment_);
    if (first.span.valid() && second.span.valid()) d.label(first.span, "the other");
  }
  std::map<std::string, One, std::less<>> files_, folders_;
  std::set<std::string, std::less<>> told_;
  std::string environment_;
  diag::Sink& sink_;
};

std::vector<Output> lower(const plan::Plan& plan, const std::string& environment, diag::Sink& sink) {
  std::vector<Output> outputs;
  Paths paths(environment, sink);
  for (const auto& backend : backends::registry()) {
    for (auto& file : backend.lower(plan, sink)) {
      const auto path = join(backend.folder, file.path);
      paths.add(path, file.span, backend.format);
      outputs.push_back({environment + "/" + path, std::move(file.text), file.executable, std::string(backend.folder.empty() ? backend.format : "")});
    }
  }
  std::sort(outputs.begin(), outputs.end(), [](const Output& a, const Output& b) { return a.path < b.path; });
  return outputs;
}

/// One environment from its layers to its files. Reads the program, writes nothing that another one reads.
void compile_environment(const sema::Program& program, std::uint32_t index, const CompileOptions& options, Keep keep,
                         bool checked, model::ProjectFiles& texts, Compiled& into, diag::Sink& sink) {
  const auto& info = program.environments[index];
  into.name = program.text(info.name);
  auto environment = model::merge(program, index, sink);
  set_params(environment, options.params, sink);
  environment.as_of = options.as_of;
  environment.files = &texts;
  model::Evaluator evaluator(environment, sink);
  evaluator.freeze();
  if (checked && model::only_policies(sink)) {
    const bool found = sink.has_errors();
    auto realized = plan::realize(evaluator, sink);
    if (!sink.has_errors()) model::report_unused_allows(evaluator, sink);  // what is broken may be what an `allow` is about
    if (!sink.has_errors()) into.outputs = lower(realized.plan, into.name, sink);
    if (!found) {
      into.loss = {into.name, std::string(program.text(info.platform)), realized.outcomes};
      report_loss(into.loss, options.strictness, sink);
    }
    if (keep == Keep::Graph && !sink.has_errors()) into.graph = graph::collect(evaluator);
    if (keep == Keep::Stages) into.realized = std::move(realized);
  }
  into.used_allows = environment.used_allows;
  if (keep == Keep::Stages) into.model = std::move(environment);
}

/// What is still to do, and what a policy advises, is a warning in daily work and an error where it counts.
bool counts_when_strict(const diag::Diagnostic& d) {
  const std::string_view id = d.code.id;
  return id == diag::TodoOpen::code.id || id == diag::PolicyAdvice::code.id;
}

void merge_into(diag::Sink& all, diag::Sink&& one, Strictness strictness) {
  for (auto d : one.all()) {
    if (strictness == Strictness::Strict && counts_when_strict(d)) d.severity = diag::Severity::Error;
    all.add(std::move(d));
  }
}

const sema::LibraryIndex* library_of(FileSystem& files, const CompileOptions& options, Compilation& c) {
  if (options.stdlib.empty()) return &sema::embedded_library();
  auto loaded = sema::load_library(files, options.stdlib, c.sources, c.sink);
  if (!loaded) {
    c.sink.report(diag::UnreadableFile{}, {}, loaded.error().path, loaded.error().message);
    return nullptr;
  }
  c.own_library = std::move(*loaded);
  return &c.own_library;
}

}  // namespace

void compile(FileSystem& files, const CompileOptions& options, Keep keep, Compilation& c) {
  c.program.sources = &c.sources;
  c.program.names = &c.names;
  c.program.ast = &c.ast;
  auto sources = find_sources(files, options.folder, c.sink);
  const auto* library = library_of(files, options, c);
  if (!sources.empty() && library) sema::check(c.program, *library, files, options.folder, sources, c.sink);
  if (sources.empty() || !library || has_unread_text(c.sink)) {
    c.sink.finish(c.sources);
    return;
  }
  check_param_names(c.program, options.params, c.sink);

  std::vector<std::uint32_t> concrete;
  for (std::uint32_t i = 0; i < c.program.environments.size(); ++i)
    if (!c.program.environments[i].is_abstract && !c.program.environments[i].broken) concrete.push_back(i);
  c.texts = std::make_unique<ProjectTexts>(files, options.folder);
  c.environments.resize(concrete.size());
  std::vector<diag::Sink> sinks(concrete.size());
  const bool checked = !c.sink.has_errors();
  parallel_for(concrete.size(), options.jobs, [&](std::size_t i) {
    compile_environment(c.program, concrete[i], options, keep, checked, *c.texts, c.environments[i], sinks[i]);
  });
  const bool clean = checked && std::none_of(sinks.begin(), sinks.end(), [](const diag::Sink& one) { return one.has_errors(); });
  if (clean) {
    std::set<std::uint32_t> used;
    for (const auto& one : c.environments) used.insert(one.used_allows.begin(), one.used_allows.end());
    model::report_unused_allows(c.program, used, c.sink);
  }
  diag::Sink all;
  merge_into(all, std::move(c.sink), options.strictness);
  for (auto& sink : sinks) merge_into(all, std::move(sink), options.strictness);
  all.finish(c.sources);
  c.sink = std::move(all);
}

}  // namespace envc::driver
