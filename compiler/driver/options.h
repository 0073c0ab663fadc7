// What a command line asks for, as plain data. Filled by cli.cpp, read by the
// commands; knows no parser and no terminal.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "diag/render.h"

namespace envc::driver {

enum class ReportForm : unsigned char { Text, Json };
enum class Strictness : unsigned char { Normal, Strict };
/// What happens to the files that a build produced.
enum class Purpose : unsigned char { Write, Compare, Diagnose };

struct CompileOptions {
  std::string folder = ".";                                 ///< the project
  std::string stdlib;                                       ///< instead of the library inside the binary; empty: that one
  std::vector<std::pair<std::string, std::string>> params;  ///< --set name=value
  Strictness strictness = Strictness::Normal;
  std::string as_of;     ///< the day that `allow … until` is judged by; empty: no day
  std::size_t jobs = 0;  ///< 0: one a core
};

struct BuildCommand {
  CompileOptions compile;
  Purpose purpose = Purpose::Write;
  std::vector<std::string> environments;  ///< empty: all
  std::vector<std::string> formats;       ///< formats or their folders; empty: all
  std::string out;                        ///< the output folder
  std::string out_shown;                  ///< how messages name it
  ReportForm report = ReportForm::Text;
  diag::Colour colour = diag::Colour::Off;
};

struct FormatCommand {
  std::vector<std::string> paths;  ///< files and folders
  Purpose purpose = Purpose::Write;
  diag::Colour colour = diag::Colour::Off;
};

enum class Stage : unsigned char { Tree, Names, Model, Plan, Loss };

struct DumpCommand {
  CompileOptions compile;
  Stage stage = Stage::Tree;
  std::vector<std::string> environments;  ///< empty: all
  diag::Colour colour = diag::Colour::Off;
};

enum class GraphForm : unsigned char { Mermaid, Dot, Svg };

struct GraphCommand {
  CompileOptions compile;
  GraphForm form = GraphForm::Mermaid;
  std::vector<std::string> environments;  ///< empty: all
  std::string out;                        ///< a file, or a folder for one file an environment; empty: the output stream
  std::string out_shown;                  ///< how messages name it
  diag::Colour colour = diag::Colour::Off;
};

struct ExplainCommand {
  std::string code;    ///< of a diagnostic, the id of a check, or a name of the library; empty: list codes and checks
  std::string stdlib;  ///< instead of the library inside the binary; empty: that one
  bool all = false;    ///< every check's page, as one document
  bool library = false;  ///< the library's kinds, platforms and values, as one document
};

/// The command line answered itself: help, the version, a mistake in it.
struct Answer {
  std::string out, err;
  int code = 0;
};

using Command = std::variant<Answer, BuildCommand, FormatCommand, DumpCommand, GraphCommand, ExplainCommand>;

}  // namespace envc::driver
