#include <fmt/format.h>

#include "driver/dump/dump.h"

namespace envc::driver {
namespace {

class PlanText {
 public:
  PlanText(const plan::Plan& plan, const SourceMap& sources) : plan_(plan), sources_(sources) {}

  std::string text() {
    out_ = fmt::format("# {} in {} on {}\n", plan_.system, plan_.environment, plan_.platform);
    for (std::uint32_t i = 0; i < plan_.objects.size(); ++i) object(i);
    for (const auto& one : plan_.secrets)
      out_ += fmt::format("\nsecret {} of {}  {}\n", one.name, one.component, sources_.place(one.span));
    for (const auto& one : plan_.inputs)
      out_ += fmt::format("\ninput {}: {}  {}\n", one.name, one.type, sources_.place(one.span));
    return std::move(out_);
  }

 private:
  std::string title(std::uint32_t index) const {
    if (index >= plan_.objects.size()) return "?";
    const auto& o = plan_.objects[index];
    return fmt::format("{}.{}.{}", o.format, o.shape, o.name);
  }
  void object(std::uint32_t index) {
    const auto& o = plan_.objects[index];
    out_ += fmt::format("\n{}  {}.{}", title(index), o.component.empty() ? "environment" : o.component, o.handle);
    if (!o.key.empty()) out_ += fmt::format("[{}]", o.key);
    out_ += fmt::format("  in {}{}  {}\n", o.file, o.hashed ? "  hashed" : "", sources_.place(o.span));
    if (const auto* map = o.body.as<plan::Map>()) fields(*map, 1);
  }
  void fields(const plan::Map& map, std::size_t depth) {
    for (const auto& field : map) {
      out_.append(depth * 2, ' ').append(field.key).append(field.block ? " block" : "");
      node(field.value, depth);
    }
  }
  /// The rest of a line, and the lines below it.
  void node(const plan::Node& n, std::size_t depth) {
    struct Visitor {
      PlanText& t;
      std::size_t depth;
      void line(std::string_view text) const { t.out_.append(" = ").append(text).append("\n"); }
      void operator()(plan::Null) const { line("null"); }
      void operator()(bool b) const { line(b ? "true" : "false"); }
      void operator()(std::int64_t i) const { line(std::to_string(i)); }
      void operator()(const plan::Decimal& d) const { line(d.text); }
      void operator()(std::string_view s) const { line(quoted(s)); }
      void operator()(const plan::Late& parts) const { line(t.late(parts)); }
      void operator()(const plan::List& list) const {
        t.out_ += list.empty() ? " = []\n" : "\n";
        for (const auto& item : list) {
          t.out_.append((depth + 1) * 2, ' ').append("-");
          t.node(item, depth + 1);
        }
      }
      void operator()(const plan::Map& map) const {
        t.out_ += map.empty() ? " = {}\n" : "\n";
        t.fields(map, depth + 1);
      }
      void operator()(const plan::Json& json) const {
        t.out_ += " as JSON";
        t.node(*json.node, depth);
      }
    };
    std::visit(Visitor{*this, depth}, n.value);
  }
  static std::string quoted(std::string_view s) {
    std::string out = "\"";
    for (char c : s) {
      if (c == '\n') out += "\\n";
      else if (c == '"' || c == '\\') out.append("\\").append(1, c);
      else out += c;
    }
    return out + "\"";
  }
  std::string late(const plan::Late& parts) const {
    struct Visitor {
      const PlanText& t;
      std::string operator()(std::string_view s) const { return quoted(s); }
      std::string operator()(const plan::RefPart& r) const { return fmt::format("<{}.{}>", t.title(r.object), r.path); }
      std::string operator()(const plan::SecretPart& s) const {
        return fmt::format("<secret {}>", t.plan_.secrets[s.secret].name);
      }
      std::string operator()(const plan::InputPart& i) const { return fmt::format("<input {}>", t.plan_.inputs[i.input].name); }
      std::string operator()(const plan::NamePart& n) const { return fmt::format("<name of {}>", t.title(n.object)); }
    };
    std::string out;
    for (const auto& part : parts) out.append(out.empty() ? "" : " ").append(std::visit(Visitor{*this}, part));
    return out;
  }

  const plan::Plan& plan_;
  const SourceMap& sources_;
  std::string out_;
};

}  // namespace

std::string plan_text(const plan::Plan& plan, const SourceMap& sources) { return PlanText(plan, sources).text(); }

}  // namespace envc::driver
