#include "model/policies.h"

#include <algorithm>

namespace envc::model {

using namespace eval;
using namespace sema;

namespace {

class Runner {
 public:
  Runner(Evaluator& evaluator, const std::vector<SeenObject>& objects, diag::Sink& sink)
      : e_(evaluator), p_(e_.p), objects_(objects), sink_(sink) {}

  void run(const PolicyInfo& policy) {
    const auto& decl = std::get<ast::PolicyDecl>(p_.ast->decls[policy.decl].node);
    if (!decl.block.valid()) return;
    rule_ = {policy.advice ? Rule::Of::Advice : Rule::Of::Policy, policy.name, {}, {}, {}, p_.ast->decls[policy.decl].span};
    Context c;
    choose(policy, decl, 0, c);
  }

 private:
  /// Once for each choice of components and objects that the parameters take.
  void choose(const PolicyInfo& policy, const ast::PolicyDecl& decl, std::size_t param, Context& c) {
    if (param == policy.params.size()) {
      if (!decl.guard.valid() || e_.truth(decl.guard, c)) statements(decl.block, c);
      return;
    }
    auto next = [&](Value v) {
      c.locals.push_back({v, {}, {}});
      choose(policy, decl, param + 1, c);
      c.locals.pop_back();
    };
    const auto& asked = p_.types.of(policy.params[param].second);
    switch (asked.kind) {
      case TypeKind::Environment: {
        Value v;
        v.tag = Tag::Environment;
        v.number = e_.env.info;
        return next(v);
      }
      case TypeKind::List: {
        std::vector<Value> all;
        const auto& element = p_.types.of(asked.first);
        if (element.kind == TypeKind::Handle && !writes(p_.structs[element.structure].format)) return;
        if (element.kind == TypeKind::Handle)
          for (auto* one : objects(element.structure)) all.push_back(one->fields);
        else
          for (auto one : components(element.structure)) all.push_back(Maker::component(one));
        return next(e_.make.list(all));
      }
      case TypeKind::Handle:
        for (auto* one : objects(asked.structure)) {
          about_.objects.push_back(one);
          next(one->fields);
          about_.objects.pop_back();
        }
        return;
      case TypeKind::Component:
        for (auto one : components(asked.structure)) {
          if (std::find(about_.components.begin(), about_.components.end(), one) != about_.components.end()) continue;
          about_.components.push_back(one);
          next(Maker::component(one));
          about_.components.pop_back();
        }
        return;
      default: return;
    }
  }

  /// Those of a kind; the platform where it is the one that is asked about.
  std::vector<std::uint32_t> components(StructId kind) const {
    std::vector<std::uint32_t> found;
    if (kind.valid() && p_.structs[kind].kind == StructKind::Platform) {
      if (e_.env.components[Environment::on].kind == kind) found.push_back(Environment::on);
      return found;
    }
    for (std::uint32_t i = Environment::first; i < e_.env.components.size(); ++i) {
      auto& one = e_.env.components[i];
      if (one.kind.valid() && !one.pseudo && is_a(p_, one.kind, kind)) found.push_back(i);
    }
    return found;
  }

  /// Whether objects of this format can be there: a platform names its formats.
  bool writes(Symbol format) {
    const auto& platform = e_.env.components[Environment::on];
    const auto* formats = platform.kind.valid() ? p_.structs[platform.kind].find(e_.sym("formats")) : nullptr;
    if (!formats || !formats->value.valid()) return false;
    Context plain;
    auto list = e_.eval(formats->value, plain);
    return list.tag == Tag::List && std::any_of(list.list->items.begin(), list.list->items.end(), [&](const Value& one) {
             return one.tag == Tag::Text && *one.text == p_.text(format);
           });
  }

  /// Those of a shape: of the component that was chosen last, else all.
  std::vector<const SeenObject*> objects(StructId shape) const {
    std::vector<const SeenObject*> found;
    for (auto& one : objects_)
      if (one.shape == shape && (about_.components.empty() || one.owner == about_.components.back())) found.push_back(&one);
    return found;
  }

  void statements(ast::BlockId block, Context& c) {
    const auto base = c.locals.size();
    for (auto& entry : p_.ast->blocks[block].entries) {
      if (auto* let = std::get_if<ast::LetEntry>(&entry.node)) {
        c.locals.push_back({{}, let->value, {}, 0});
      } else if (auto* loop = std::get_if<ast::LoopEntry>(&entry.node)) {
        e_.each(loop->clause, c, [&] { statements(loop->body, c); });
      } else if (auto* branch = std::get_if<ast::BranchEntry>(&entry.node)) {
        if (e_.truth(branch->condition, c)) statements(branch->then, c);
        else if (branch->otherwise.valid()) statements(branch->otherwise, c);
      } else if (auto* r = std::get_if<ast::RequireEntry>(&entry.node)) {
        rule_.condition = r->condition;
        rule_.message = r->message;
        rule_.span = entry.span;
        if (hold(e_, rule_, c, about_, sink_) != Verdict::Holds) break;  // what follows would say the same again
      }
    }
    c.locals.resize(base);
  }

  Evaluator& e_;
  const Program& p_;
  const std::vector<SeenObject>& objects_;
  diag::Sink& sink_;
  Rule rule_;
  About about_;
};

}  // namespace

void run_policies(Evaluator& e, diag::Sink& sink) {
  const std::vector<SeenObject> none;
  for (auto& policy : e.p.policies)
    if (policy.checked && !policy.about_objects) Runner(e, none, sink).run(policy);
}

void run_policies(Evaluator& e, const std::vector<SeenObject>& objects, diag::Sink& sink) {
  for (auto& policy : e.p.policies)
    if (policy.checked && policy.about_objects) Runner(e, objects, sink).run(policy);
}

bool only_rules(const diag::Sink& sink) {
  return std::all_of(sink.all().begin(), sink.all().end(), [](const diag::Diagnostic& d) {
    const std::string_view id = d.code.id;
    return d.severity != diag::Severity::Error || id == diag::RequireBroken::code.id || id == diag::AllowExpired::code.id;
  });
}

bool only_policies(const diag::Sink& sink) {
  return std::all_of(sink.all().begin(), sink.all().end(), [](const diag::Diagnostic& d) {
    return d.severity != diag::Severity::Error || std::string_view(d.code.id) == diag::PolicyBroken::code.id;
  });
}

std::set<StructId> shapes_asked(const Program& p) {
  std::set<StructId> shapes;
  for (auto& policy : p.policies)
    for (auto& [name, type] : policy.params) {
      const auto& asked = p.types.of(type);
      const auto& one = asked.kind == TypeKind::List ? p.types.of(asked.first) : asked;
      if (one.kind == TypeKind::Handle) shapes.insert(one.structure);
    }
  return shapes;
}

}  // namespace envc::model
