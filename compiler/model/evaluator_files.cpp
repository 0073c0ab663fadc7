// `file("path")`: texts of the project's files, and what is wrong with a path.
#include "diag/render.h"
#include "model/evaluator.h"
#include "model/project_files.h"

namespace envc::model {

using namespace eval;

Span Evaluator::written_at(const Value& v, ast::ExprId e, Context& c) {
  auto span = origin(v);
  if (span.valid() && p.sources->is_user(span)) return span;
  auto here = node(e).span;
  if (p.sources->is_user(here)) return here;
  std::vector<std::uint32_t> reads;  // put together in the library, of values that a user gave
  {
    Recording recording(*this, reads);
    eval(e, c);
  }
  return reads.empty() ? here : env.leaves[reads.back()].span;
}

Value Evaluator::file_text(ast::ExprId e, ast::ExprId argument, const Value& path, Context& c) {
  using Fault = ProjectFile::Fault;
  auto name = show(p, path);
  static const ProjectFile nothing;
  const auto& found = env.files ? env.files->read(name) : nothing;
  if (found.fault == Fault::None) {
    auto v = make.view(found.text);
    v.origin = e.index;
    return v;
  }
  auto at = written_at(path, argument, c);
  auto say = [&](diag::Diagnostic& d) -> diag::Diagnostic& {
    if (!p.sources->is_user(node(e).span) || node(argument).span != at) d.label(node(e).span, "read here");
    return d.in(environment_name);
  };
  switch (found.fault) {
    case Fault::Leaves: {
      auto& d = say(sink.report(diag::PathLeavesProject{}, at, name));
      if (!found.detail.empty()) d.note("note", fmt::format("a link leads to {}", found.detail));
      d.help("files are read below the project's folder: move it there");
      break;
    }
    case Fault::Missing: {
      auto& d = say(sink.report(diag::ProjectFileMissing{}, at, name));
      if (!found.detail.empty()) {
        auto whole = p.sources->text(at) == "\"" + name + "\"";
        if (whole) d.fix(fmt::format("did you mean \"{}\"?", found.detail), at, "\"" + found.detail + "\"");
        else d.help(fmt::format("did you mean `{}`?", found.detail));
      } else {
        d.help("paths count from the project's folder, whatever source names them");
      }
      break;
    }
    case Fault::NotText: say(sink.report(diag::ProjectFileNotText{}, at, name, found.detail)); break;
    case Fault::TooLarge: say(sink.report(diag::ProjectFileTooLarge{}, at, name, found.detail)); break;
    case Fault::Unreadable: say(sink.report(diag::UnreadableFile{}, at, name, found.detail)); break;
    case Fault::None: break;
  }
  return {};
}

}  // namespace envc::model
