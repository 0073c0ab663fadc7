#include "driver/commands/commands.h"

namespace envc::driver {

Result run(FileSystem& files, const Command& command) {
  struct Visitor {
    FileSystem& files;
    Result operator()(const Answer& answer) const { return {answer.out, answer.err, answer.code}; }
    Result operator()(const BuildCommand& c) const { return build(files, c); }
    Result operator()(const FormatCommand& c) const { return format(files, c); }
    Result operator()(const DumpCommand& c) const { return dump(files, c); }
    Result operator()(const GraphCommand& c) const { return graph(files, c); }
    Result operator()(const ExplainCommand& c) const { return explain(files, c); }
  };
  return std::visit(Visitor{files}, command);
}

}  // namespace envc::driver
