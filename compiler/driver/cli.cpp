#include "driver/cli.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <map>
#include <sstream>

#include "driver/exit.h"
#include "base/paths.h"

namespace envc::driver {
namespace {

constexpr const char* examples = R"(Examples:
  envc build                        compile the project in this folder, write out/
  envc build shop -e production     write one environment only
  envc build --check                say whether out/ is what the sources say (for CI)
  envc check --strict               all errors and warnings, nothing written
  envc graph --form svg --out docs  draw each environment, one file each
  envc fmt                          bring the sources into their canonical form
  envc explain E0301                what a diagnostic means and the way out; a check, a kind or a type by its name
)";

/// What the parser fills, before it becomes a Command.
struct Words {
  std::string start = ".", folder, out, stdlib, as_of, diagnostics = "text", colour = "auto", stage, code, form;
  std::vector<std::string> environments, formats, params, paths;
  bool strict = false, check = false, all = false, library = false;
  std::size_t jobs = 0;
};

/// "2027-01-31"
bool is_day(std::string_view text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  return true;
}

void add_start(CLI::App& app, Words& w) {
  app.add_option("-C", w.start, "Act as if started in DIR")->type_name("DIR");
  app.add_option("--colour,--color", w.colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
}

void add_stdlib(CLI::App& app, Words& w) {
  app.add_option("--stdlib", w.stdlib, "Read the standard library from DIR, not from the binary")->type_name("DIR");
}

void add_compile(CLI::App& app, Words& w) {
  add_start(app, w);
  app.add_option("--set", w.params, "Give the param NAME a value (repeatable)")->type_name("NAME=VALUE")->allow_extra_args(false);
  app.add_flag("--strict", w.strict, "Values without effect, open ends and advice are errors");
  app.add_option("--as-of", w.as_of, "Judge `allow … until` by this day; without it nothing expires")
      ->type_name("YYYY-MM-DD")
      ->check([](const std::string& day) { return is_day(day) ? std::string() : "a day is written as in 2027-01-31"; });
  add_stdlib(app, w);
  app.add_option("-j,--jobs", w.jobs, "Work on at most N environments at once (default: one a core)")->type_name("N");
}

void add_environments(CLI::App& app, Words& w, const char* help) {
  app.add_option("-e,--environment", w.environments, help)->type_name("ENV")->allow_extra_args(false);
}

void add_report(CLI::App& app, Words& w) {
  app.add_option("--diagnostics", w.diagnostics, "text for people, json for tools")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORM");
}

diag::Colour colour_of(const Words& w, Terminal terminal) {
  const bool on = w.colour == "always" || (w.colour == "auto" && terminal == Terminal::Colours);
  return on ? diag::Colour::On : diag::Colour::Off;
}

CompileOptions compile_options(const Words& w) {
  CompileOptions options;
  options.folder = w.folder.empty() ? w.start : join(w.start, w.folder);
  if (!w.stdlib.empty()) options.stdlib = join(w.start, w.stdlib);
  for (const auto& pair : w.params) {
    auto equals = pair.find('=');
    options.params.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  options.strictness = w.strict ? Strictness::Strict : Strictness::Normal;
  options.as_of = w.as_of;
  options.jobs = w.jobs;
  return options;
}

BuildCommand build_command(const Words& w, Purpose purpose, Terminal terminal) {
  BuildCommand command;
  command.compile = compile_options(w);
  command.purpose = purpose;
  command.environments = w.environments;
  command.formats = w.formats;
  command.out = w.out.empty() ? join(command.compile.folder, "out") : join(w.start, w.out);
  command.out_shown = w.out.empty() ? (w.folder.empty() ? "out" : join(w.folder, "out")) : w.out;
  command.report = w.diagnostics == "json" ? ReportForm::Json : ReportForm::Text;
  command.colour = colour_of(w, terminal);
  return command;
}

GraphCommand graph_command(const Words& w, Terminal terminal) {
  GraphCommand command{compile_options(w), GraphForm::Mermaid, w.environments, "", w.out, colour_of(w, terminal)};
  if (!w.out.empty()) command.out = join(w.start, w.out);
  auto named = [&](std::string_view form, std::initializer_list<std::string_view> ends) {
    return w.form.empty() ? std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return w.out.ends_with(end); }) : w.form == form;
  };
  if (named("dot", {".dot", ".gv"})) command.form = GraphForm::Dot;
  if (named("svg", {".svg"})) command.form = GraphForm::Svg;
  return command;
}

const std::map<std::string, Stage>& stages() {
  static const std::map<std::string, Stage> all{
      {"tree", Stage::Tree}, {"names", Stage::Names}, {"model", Stage::Model}, {"plan", Stage::Plan}, {"loss", Stage::Loss}};
  return all;
}

Answer usage(const std::string& message) { return {"", "envc: " + message + "\n", bad_world}; }

/// A first word that is no command, said before CLI11 complains about what follows it.
std::string wrong_command(const CLI::App& app, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments[0].starts_with("-")) return "";
  std::vector<std::string> known;
  for (const auto* command : app.get_subcommands({})) known.push_back(command->get_name());
  if (std::find(known.begin(), known.end(), arguments[0]) != known.end()) return "";
  auto near = diag::nearest(arguments[0], known);
  return "there is no command `" + arguments[0] + "`" +
         (near.empty() ? ", but " + diag::enumerate(known) : ": did you mean `" + near + "`?");
}

/// A pair of --set that is none.
std::string wrong_pair(const Words& w) {
  for (const auto& pair : w.params)
    if (pair.find('=') == std::string::npos || pair.starts_with("="))
      return "found `--set " + pair + "`, expected `--set NAME=VALUE`";
  return "";
}

/// CLI11's own words, in the form of ours.
Answer parse_answer(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream out, err;
  if (app.exit(error, out, err) == 0) return {out.str(), "", good};
  std::string message = error.what();
  if (!message.empty()) message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
  return usage(message + "\nrun `envc --help`, or `envc build --help` for one command");
}

}  // namespace

Command read_command_line(const std::vector<std::string>& arguments, Terminal terminal) {
  Words w;
  CLI::App app("envc compiles environments into Terraform, ECS, Compose and Kubernetes files.", "envc");
  app.footer(examples);
  app.set_version_flag("--version", "envc " ENVC_VERSION);
  app.require_subcommand(1);

  auto* build = app.add_subcommand("build", "Compile a project and write the files of its environments");
  build->add_option("DIR", w.folder, "The project's folder (default: this one)")->type_name("");
  add_environments(*build, w, "Write only this environment (repeatable); all are checked");
  build->add_option("--format-only", w.formats, "Write only this format (repeatable)")
      ->type_name("FORMAT")
      ->allow_extra_args(false);
  build->add_option("--out", w.out, "The output folder (default: out in the project)")->type_name("DIR");
  build->add_flag("--check", w.check, "Write nothing; exit 1 where the output folder is not what the sources say");
  add_report(*build, w);
  add_compile(*build, w);

  auto* check = app.add_subcommand("check", "Compile a project and write nothing");
  check->add_option("DIR", w.folder, "The project's folder (default: this one)")->type_name("");
  add_report(*check, w);
  add_compile(*check, w);

  auto* fmt = app.add_subcommand("fmt", "Bring sources into their canonical form");
  fmt->add_option("PATH", w.paths, "Files, and folders with all below them (default: this folder)")->type_name("");
  fmt->add_flag("--check", w.check, "Write nothing; list files that would change and exit 1");
  add_start(*fmt, w);

  auto* dump = app.add_subcommand("dump", "Show what a stage of the compiler made");
  dump->add_option("STAGE", w.stage, "tree, names, model, plan or loss")
      ->required()
      ->check(CLI::IsMember({"tree", "names", "model", "plan", "loss"}))
      ->type_name("");
  dump->add_option("DIR", w.folder, "The project's folder (default: this one)")->type_name("");
  add_environments(*dump, w, "Show only this environment (repeatable)");
  add_compile(*dump, w);

  auto* graph = app.add_subcommand("graph", "Draw components, who uses whom, entry points and networks");
  graph->add_option("DIR", w.folder, "The project's folder (default: this one)")->type_name("");
  add_environments(*graph, w, "Draw only this environment (repeatable); all are checked");
  graph->add_option("--form", w.form, "mermaid, dot or svg (default: by the name of --out, else mermaid)")
      ->check(CLI::IsMember({"mermaid", "dot", "svg"}))
      ->type_name("FORM");
  graph->add_option("--out", w.out, "A file, or a folder for one file an environment (default: the output stream)")->type_name("PATH");
  add_compile(*graph, w);

  auto* explain = app.add_subcommand("explain", "What a diagnostic means, what a check asks for, or what the library says of a name");
  explain->add_option("CODE", w.code, "E0301, a check's id, or a kind, platform, type or function; without one, codes and checks are listed")->type_name("");
  explain->add_flag("--all", w.all, "The pages of all checks, as one Markdown document");
  explain->add_flag("--library", w.library, "What the library offers, as one Markdown document")->excludes("--all");
  add_stdlib(*explain, w);
  add_start(*explain, w);

  if (arguments.empty()) return Answer{"", app.help(), bad_world};
  if (auto wrong = wrong_command(app, arguments); !wrong.empty()) return usage(wrong);
  try {
    auto reversed = arguments;
    std::reverse(reversed.begin(), reversed.end());  // CLI11 takes words from the back
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return parse_answer(app, error);
  }
  if (auto wrong = wrong_pair(w); !wrong.empty()) return usage(wrong);
  if (build->parsed()) return build_command(w, w.check ? Purpose::Compare : Purpose::Write, terminal);
  if (check->parsed()) return build_command(w, Purpose::Diagnose, terminal);
  if (graph->parsed()) return graph_command(w, terminal);
  if (explain->parsed()) return ExplainCommand{w.code, w.stdlib.empty() ? "" : join(w.start, w.stdlib), w.all, w.library};
  if (fmt->parsed()) {
    FormatCommand command{{}, w.check ? Purpose::Compare : Purpose::Write, colour_of(w, terminal)};
    for (const auto& path : w.paths) command.paths.push_back(join(w.start, path));
    if (w.paths.empty()) command.paths.push_back(w.start);
    return command;
  }
  DumpCommand command{compile_options(w), stages().at(w.stage), w.environments, colour_of(w, terminal)};
  return command;
}

}  // namespace envc::driver
