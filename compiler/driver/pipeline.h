// From a project's folder to the files of its environments, in memory. Every
// environment is always compiled: what is written of it is the commands' choice.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "driver/loss.h"
#include "driver/options.h"
#include "driver/writer.h"
#include "graph/graph.h"
#include "model/environment.h"
#include "sema/library.h"
#include "sema/program.h"

namespace envc::driver {

/// One concrete environment, as far as its errors let it come.
struct Compiled {
  std::string name;
  std::optional<model::Environment> model;  ///< kept for dumps only
  std::optional<plan::Realized> realized;   ///< likewise
  std::optional<graph::Graph> graph;        ///< kept for pictures only
  Loss loss;
  std::set<std::uint32_t> used_allows;  ///< indices into Program::allows
  std::vector<Output> outputs;  ///< sorted by path
};

/// A compilation; its parts point at each other, so it stays where it was made.
struct Compilation {
  Compilation() = default;
  Compilation(const Compilation&) = delete;
  Compilation& operator=(const Compilation&) = delete;

  SourceMap sources;
  Interner names;
  ast::Arena ast;
  sema::LibraryIndex own_library;  ///< of --stdlib
  sema::Program program;
  std::unique_ptr<model::ProjectFiles> texts;  ///< values of the environments look into it
  std::vector<Compiled> environments;  ///< in the order of the sources
  diag::Sink sink;                     ///< finished: sorted and joined
};

enum class Keep : unsigned char { Files, Stages, Graph };

/// Runs all stages. Errors are in `compilation.sink`; a stage runs for an
/// environment only where those before it found nothing wrong.
void compile(FileSystem& files, const CompileOptions& options, Keep keep, Compilation& compilation);

}  // namespace envc::driver
