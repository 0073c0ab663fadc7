// See syntax_ast_text.h. Visits each variant without a catch-all.
#include "syntax_ast_text.h"

namespace envc::test {
namespace {

class Writer {
 public:
  Writer(const ast::Arena& arena, const Interner& names) : arena_(arena), names_(names) {}

  std::string decl(ast::DeclId id) {
    const auto& d = arena_.decls[id];
    return doc(d.doc) + (d.is_private ? "private " : "") + std::visit([this](const auto& n) { return one(n); }, d.node);
  }

 private:
  std::string text(Symbol s) { return std::string(names_[s]); }
  std::string doc(Symbol s) { return s.empty() ? "" : "<" + text(s) + ">"; }
  std::string ident(const ast::Ident& i) { return text(i.name); }
  std::string maybe(const std::optional<ast::Ident>& i, const char* word) { return i ? word + ident(*i) : ""; }
  std::string path(const ast::Path& p) {
    std::string out;
    for (const auto& part : p.parts) out += (out.empty() ? "" : ".") + ident(part);
    return out;
  }
  std::string expr(ast::ExprId id) {
    return id ? std::visit([this](const auto& n) { return one(n); }, arena_.exprs[id].node) : "-";
  }
  std::string after(const char* word, ast::ExprId id) { return id ? word + expr(id) : ""; }
  std::string block(ast::BlockId id) {
    if (!id) return "";
    std::string out;
    for (const auto& e : arena_.blocks[id].entries)
      out += (out.empty() ? "" : "; ") + doc(e.doc) + std::visit([this](const auto& n) { return one(n); }, e.node);
    return "{" + out + "}";
  }
  std::string fors(const std::vector<ast::ForClause>& all) {
    std::string out;
    for (const auto& f : all) out += " " + for_text(f);
    return out;
  }
  std::string for_text(const ast::ForClause& f) {
    return "for " + ident(f.first) + maybe(f.second, ",") + " in " + expr(f.in) + after(" where ", f.where);
  }
  std::string tail(const ast::Tail& t) { return fors(t.fors) + after(" if ", t.guard); }
  std::string args(const std::vector<ast::Arg>& all) {
    std::string out;
    for (const auto& a : all)
      out += (out.empty() ? "" : ", ") + (a.name ? ident(*a.name) + "=" : "") + expr(a.value) + fors(a.fors);
    return "(" + out + ")";
  }
  std::string type(ast::TypeId id) {
    if (!id) return "";
    const auto& t = arena_.types[id];
    auto out = std::visit([this](const auto& n) { return one(n); }, t.node);
    if (!t.unit.empty()) out += std::string(" in ") + (t.whole ? "whole " : "") + text(t.unit);
    return out + after(" where ", t.where) + (t.optional ? "?" : "");
  }
  std::string binding(const ast::Binding& b) { return ident(b.name) + ": " + type(b.type) + after(" = ", b.value); }
  std::string params(const std::vector<ast::Binding>& all) {
    std::string out;
    for (const auto& b : all) out += (out.empty() ? "" : ", ") + binding(b);
    return "(" + out + ")";
  }

  std::string one(const ast::NoneLit&) { return "none"; }
  std::string one(const ast::BoolLit& n) { return n.value ? "true" : "false"; }
  std::string one(const ast::NumberLit& n) { return text(n.text); }
  std::string one(const ast::QuantityLit& n) { return text(n.number) + "_" + text(n.unit); }
  std::string one(const ast::DateLit& n) { return "date " + text(n.text); }
  std::string one(const ast::TimeLit& n) { return "time " + text(n.text); }
  std::string one(const ast::AddressLit& n) { return "address " + text(n.text); }
  std::string one(const ast::StringLit& n) {
    std::string out = n.raw ? "'" : "\"";
    for (const auto& p : n.parts)
      out += p.hole ? "{" + expr(p.hole) +
                          (p.unit.empty() ? "" : std::string(" in ") + (p.whole ? "whole " : "") + text(p.unit)) + "}"
                    : text(p.literal);
    return out + (n.raw ? "'" : "\"");
  }
  std::string one(const ast::NameExpr& n) { return text(n.name); }
  std::string one(const ast::MemberExpr& n) { return expr(n.base) + (n.optional ? "?." : ".") + ident(n.member); }
  std::string one(const ast::IndexExpr& n) { return expr(n.base) + "[" + expr(n.index) + "]"; }
  std::string one(const ast::CallExpr& n) { return expr(n.callee) + args(n.args); }
  std::string one(const ast::NotExpr& n) { return "(not " + expr(n.operand) + ")"; }
  std::string one(const ast::BinaryExpr& n) {
    static constexpr const char* ops[] = {"or", "and", "+",  "-", "*",  "/",  "??",      "..",       "over",       "==",
                                          "!=", "<",   "<=", ">", ">=", "in", "matches", "contains", "starts_with"};
    // In the order of BinaryOp.
    static constexpr ast::BinaryOp order[] = {
        ast::BinaryOp::Or,        ast::BinaryOp::And,      ast::BinaryOp::Add,          ast::BinaryOp::Subtract,
        ast::BinaryOp::Multiply,  ast::BinaryOp::Divide,   ast::BinaryOp::Coalesce,     ast::BinaryOp::RangeTo,
        ast::BinaryOp::Over,      ast::BinaryOp::Equal,    ast::BinaryOp::NotEqual,     ast::BinaryOp::Less,
        ast::BinaryOp::LessEqual, ast::BinaryOp::Greater,  ast::BinaryOp::GreaterEqual, ast::BinaryOp::In,
        ast::BinaryOp::Matches,   ast::BinaryOp::Contains, ast::BinaryOp::StartsWith};
    for (std::size_t i = 0; i < std::size(order); ++i)
      if (order[i] == n.op) return "(" + expr(n.left) + " " + ops[i] + " " + expr(n.right) + ")";
    return "?";
  }
  std::string one(const ast::IsExpr& n) {
    return "(" + expr(n.operand) + (n.negated ? " is not " : " is ") + (n.path ? path(*n.path) : "none") + ")";
  }
  std::string one(const ast::IfExpr& n) {
    return "(if " + expr(n.condition) + " then " + expr(n.then) + " else " + expr(n.otherwise) + ")";
  }
  std::string one(const ast::MatchExpr& n) {
    std::string out = "match " + expr(n.subject) + " {";
    for (const auto& a : n.arms) out += " " + ident(a.label) + maybe(a.as, " as ") + " => " + expr(a.value) + ";";
    return out + "}";
  }
  std::string one(const ast::ListExpr& n) {
    std::string out;
    for (const auto& i : n.items)
      out +=
          (out.empty() ? "" : ", ") + std::string(i.spread ? "..." : "") + expr(i.value) + fors(i.fors) + after(" if ", i.guard);
    return "[" + out + "]";
  }
  std::string one(const ast::BlockExpr& n) { return block(n.block); }
  std::string one(const ast::ConstructExpr& n) { return "(" + expr(n.head) + " " + block(n.block) + ")"; }
  std::string one(const ast::ErrorExpr&) { return "<error>"; }

  std::string one(const ast::NamedType& n) {
    std::string out;
    for (auto a : n.args) out += (out.empty() ? "" : ", ") + type(a);
    return path(n.path) + (out.empty() ? "" : "<" + out + ">");
  }
  std::string one(const ast::LiteralType& n) {
    std::string out;
    for (auto t : n.texts) out += (out.empty() ? "'" : "|'") + text(t) + "'";
    return out;
  }
  std::string one(const ast::RecordType& n) { return block(n.block); }
  std::string one(const ast::ErrorType&) { return "<error>"; }

  std::string one(const ast::FieldEntry& n) {
    auto quoted = [&](const ast::Ident& i, bool q) { return q ? "'" + ident(i) + "'" : ident(i); };
    std::string out = (n.is_final ? "final " : "") + quoted(n.label, n.quoted);
    if (n.key) out += " " + quoted(*n.key, n.key_quoted);
    switch (n.op) {
      case ast::AssignOp::Set: out += " = " + expr(n.value); break;
      case ast::AssignOp::Append: out += " += " + expr(n.value); break;
      case ast::AssignOp::Subtract: out += " -= " + expr(n.value); break;
      case ast::AssignOp::Open: out += " " + block(n.block); break;
      case ast::AssignOp::Bare: break;
    }
    return out + tail(n.tail);
  }
  std::string one(const ast::DeclFieldEntry& n) {
    const auto& m = n.modifiers;
    std::string out = n.is_final ? "final " : "";
    for (auto [set, word] : {std::pair{m.varies, "varies "},
                             {m.vital, "vital "},
                             {m.silent, "silent "},
                             {m.main, "main "},
                             {m.output, "output "},
                             {m.out, "out "},
                             {m.option, "option "}})
      if (set) out += word;
    return out + ident(n.name) + ": " + type(n.type) + after(" = ", n.value);
  }
  std::string one(const ast::ComputedEntry& n) { return "[" + expr(n.key) + "] = " + expr(n.value) + tail(n.tail); }
  std::string one(const ast::SpreadEntry& n) { return "..." + expr(n.value) + tail(n.tail); }
  std::string one(const ast::LetEntry& n) {
    return "let " + ident(n.name) + (n.type ? ": " + type(n.type) : "") + " = " + expr(n.value);
  }
  std::string one(const ast::EmitEntry& n) {
    return "emit " + (n.handle ? ident(*n.handle) + " = " : "") + path(n.shape) + (n.args.empty() ? "" : args(n.args)) +
           block(n.block) + after(" if ", n.guard);
  }
  std::string one(const ast::PatchEntry& n) { return "patch " + path(n.target) + block(n.block); }
  std::string one(const ast::LoopEntry& n) { return for_text(n.clause) + " " + block(n.body); }
  std::string one(const ast::BranchEntry& n) {
    return "if " + expr(n.condition) + block(n.then) + (n.otherwise ? " else " + block(n.otherwise) : "");
  }
  std::string one(const ast::RequireEntry& n) {
    return "require " + (n.id ? ident(*n.id) + ": " : "") + expr(n.condition) + " else " + expr(n.message);
  }
  std::string one(const ast::IgnoresEntry& n) {
    std::string out = n.approximates ? "approximates" : "ignores";
    for (const auto& p : n.paths) out += " " + path(p);
    return out + after(" if ", n.guard) + " because " + expr(n.because);
  }
  std::string one(const ast::RemoveEntry& n) { return "remove " + path(n.path); }
  std::string one(const ast::AllowEntry& n) {
    return "allow " + path(n.id) + " because " + expr(n.because) + (n.until.empty() ? "" : " until " + text(n.until));
  }
  std::string one(const ast::PlacedEntry& n) { return "on " + ident(n.platform) + block(n.block); }
  std::string one(const ast::SettingEntry& n) { return "setting " + binding(n.binding); }
  std::string one(const ast::ErrorEntry&) { return "<error>"; }

  std::string one(const ast::EditionDecl& n) { return "edition " + text(n.year); }
  std::string one(const ast::UseDecl& n) {
    return "use " + (n.path ? path(*n.path) : "'" + text(n.text) + "'") + maybe(n.as, " as ");
  }
  std::string one(const ast::BindingDecl& n) {
    static constexpr const char* words[] = {"param ", "input ", "setting "};
    return words[static_cast<std::size_t>(n.kind)] + binding(n.binding);
  }
  std::string one(const ast::LetDecl& n) { return one(n.let); }
  std::string one(const ast::AliasDecl& n) { return "type " + ident(n.name) + " = " + type(n.type); }
  std::string one(const ast::EnumDecl& n) {
    std::string out = "enum " + ident(n.name) + " =";
    for (const auto& c : n.cases) out += " | " + ident(c);
    return out;
  }
  std::string one(const ast::UnionDecl& n) {
    std::string out = "union " + ident(n.name) + " =";
    for (const auto& c : n.cases) out += " | " + ident(c.name) + block(c.block);
    return out;
  }
  std::string one(const ast::FnDecl& n) {
    return std::string(n.native ? "native " : "") + "fn " + ident(n.name) + params(n.params) + ": " + type(n.result) +
           after(" = ", n.body);
  }
  std::string one(const ast::TypeDecl& n) {
    static constexpr const char* words[] = {"record ", "interface ", "kind ", "platform ", "format "};
    std::string out = words[static_cast<std::size_t>(n.kind)] + ident(n.name);
    if (n.extends) out += " extends " + path(*n.extends);
    out += maybe(n.on, " on ");
    for (const auto& b : n.bases) out += " : " + path(b);
    return out + block(n.block);
  }
  std::string one(const ast::ShapeDecl& n) { return "shape " + path(n.path) + after(" in ", n.file) + block(n.block); }
  std::string one(const ast::RealizeDecl& n) { return "realize " + path(n.path) + " on " + ident(n.platform) + block(n.block); }
  std::string one(const ast::PolicyDecl& n) {
    return "policy " + ident(n.name) + params(n.params) + after(" if ", n.guard) + block(n.block);
  }
  std::string one(const ast::TestDecl& n) {
    std::string out = "test " + expr(n.title);
    for (auto e : n.expects) out += " expect " + expr(e);
    return out;
  }
  std::string one(const ast::EnvironmentDecl& n) {
    return std::string(n.is_abstract ? "abstract " : "") + "environment " + ident(n.name) + maybe(n.extends, " extends ") +
           maybe(n.on, " on ") + block(n.block);
  }
  std::string one(const ast::AllowDecl& n) { return one(n.allow); }
  std::string one(const ast::ComponentDecl& n) { return path(n.kind) + " " + ident(n.name) + block(n.block); }
  std::string one(const ast::ErrorDecl&) { return "<error>"; }

  const ast::Arena& arena_;
  const Interner& names_;
};

}  // namespace

std::string ast_text(const ast::Module& module, const ast::Arena& arena, const Interner& names) {
  Writer writer(arena, names);
  std::string out;
  for (auto d : module.decls) out += writer.decl(d) + "\n";
  return out;
}

}  // namespace envc::test
