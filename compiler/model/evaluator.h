// Expressions -> values, in one environment. Reads slots on demand, keeps what
// is late or secret symbolic, and notes which user leaves were read: by the slot
// that is being computed, or by the realization that is running.
#pragma once

#include <map>
#include <set>

#include "diag/diagnostic.h"
#include "eval/pattern.h"
#include "model/environment.h"

namespace envc::model {

/// What names mean while an expression is evaluated.
struct Context {
  std::uint32_t self = 0xffffffffu;                 ///< a component
  const sema::Realization* realization = nullptr;
  eval::Value it;
  sema::StructId own_record;                        ///< the record whose defaults are being filled
  const std::vector<eval::Value>* own_fields = nullptr;
  struct Local {
    eval::Value value;
    ast::ExprId thunk;          ///< a `let`: computed when it is first needed
    sema::Type type;
    std::uint32_t reader = 0;   ///< for whom it was computed: see Evaluator::reader
  };
  std::vector<Local> locals;
  std::map<Symbol, std::string_view> keys;          ///< of objects emitted in the running loops
};

/// Where a part of a value is: as people read it, and as rules of realizations name it.
struct LeafPath {
  std::string shown;   ///< "expose.http.hosts[0]"
  std::string fields;  ///< "expose.hosts[0]": without the keys of maps

  [[nodiscard]] LeafPath member(std::string_view name) const {
    return {shown + "." + std::string(name), (fields.empty() ? "" : fields + ".") + std::string(name)};
  }
  [[nodiscard]] LeafPath item(std::size_t i) const {
    auto index = "[" + std::to_string(i) + "]";
    return {shown + index, fields + index};
  }
  [[nodiscard]] LeafPath entry(std::string_view key) const { return {shown + "." + std::string(key), fields}; }
};

class Evaluator {
 public:
  Evaluator(Environment& environment, diag::Sink& sink);

  eval::Value eval(ast::ExprId e, Context& c);
  /// Adapts a value to a type; checks refinements. Reports at `at`, or where the value came from.
  eval::Value conform(eval::Value v, sema::Type want, const Span& at, Context& c);
  eval::Value slot(std::uint32_t index);
  /// A set field, an output or an option of a component.
  eval::Value field(std::uint32_t component, Symbol name, const Span& at);
  eval::Value output(std::uint32_t component, const sema::Field& f, const Span& at);
  /// A component used as a value: its main output.
  eval::Value main_output(std::uint32_t component, const Span& at);
  eval::Value record_of(ast::BlockId block, sema::StructId id, Context& c);
  eval::Value map_of(ast::BlockId block, sema::Type type, Context& c);
  eval::Value complete_record(sema::StructId id, std::vector<eval::Value> fields, std::vector<bool> given, Context& c);
  /// Runs `body` for every item; binds the loop's names.
  template <class F>
  void each(const ast::ForClause& f, Context& c, F&& body);
  template <class F>
  void each_all(const std::vector<ast::ForClause>& fors, std::size_t at, Context& c, F&& body);
  bool truth(ast::ExprId e, Context& c);
  /// The context of a function's body with the call's arguments bound; false: nothing to evaluate.
  bool bind(ast::ExprId call, Context& c, Context& inner);
  /// The arm that a match takes, with its local bound in `c`; null: none.
  const ast::MatchArm* select(const ast::MatchExpr& x, Context& c);

  /// The context in which a handle or an output of a realization stands: the lets before it, unevaluated.
  Context prelude(std::uint32_t component, Symbol of);
  /// The first `lets` of the realization's lets.
  Context prelude(std::uint32_t component, std::uint32_t lets);
  /// The statement that emits a handle, or null.
  const ast::EmitEntry* find_emit(const sema::Realization& r, Symbol handle) const;
  eval::Value attribute(const eval::ObjectData& o, Symbol name, const Span& at);
  std::string alias(std::uint32_t component) const;
  /// A value taken out of a list, map or record to be written: its leaf counts as read.
  eval::Value obtained(eval::Value v) { return read(v); }
  [[nodiscard]] std::string title(std::uint32_t component) const;
  [[nodiscard]] std::string constant(sema::StructId id, std::string_view name) const;
  [[nodiscard]] Span origin(const eval::Value& v) const;
  /// Where a user wrote what the expression `e` came to, however many fields and functions it went through.
  Span written_at(const eval::Value& v, ast::ExprId e, Context& c);
  std::string slot_path(std::uint32_t slot) const;
  std::string field_path(std::uint32_t slot) const;
  [[nodiscard]] Symbol sym(std::string_view text) const { return p.names->find(text); }

  /// While a frame runs, leaves are marked as held (by their owner) or carried.
  void enter_frame(std::uint32_t component) { frame_ = component; }
  void leave_frame() { frame_ = 0xffffffffu; }
  struct Quiet { Evaluator& e; explicit Quiet(Evaluator& x) : e(x) { ++e.quiet_; } ~Quiet() { --e.quiet_; } };

  /// Reads in its life are noted, whether or not a frame runs; they count as no demand.
  struct Recording {
    Evaluator& e;
    std::vector<std::uint32_t>* old;
    std::uint32_t frame;
    std::uint32_t serial;
    Recording(Evaluator& x, std::vector<std::uint32_t>& into) : e(x), old(x.recording_), frame(x.frame_), serial(x.serial_) { e.recording_ = &into; e.frame_ = 0xffffffffu; e.serial_ = ++e.serials_; }
    ~Recording() { e.recording_ = old; e.frame_ = frame; e.serial_ = serial; }
  };

  /// The reads of the rule that is held: of `all` and `any`, those of the item that decides stand in it alone.
  std::vector<std::uint32_t>* deciding = nullptr;

  /// What an operand of a broken rule is worth ("s.stop is absent"; secrets redacted), and what wrote it.
  struct Operand { std::string text; Span origin; };
  void operands(ast::ExprId condition, Context& c, std::vector<Operand>& found);

  /// Where a user wrote what a condition reads, for values that are no leaves; else no place.
  Span written_place(ast::ExprId e, Context& c);

  void freeze();   ///< evaluates every slot, finds what is missing, settles variants and edges

  Environment& env;
  const sema::Program& p;
  diag::Sink& sink;
  eval::Maker make;
  std::string environment_name;
  /// Components whose alias a running frame asked for: what refers to a secret by its name uses it.
  std::set<std::uint32_t> named;

 private:
  eval::Value eval_name(ast::ExprId e, const ast::NameExpr& n, Context& c);
  eval::Value eval_member(ast::ExprId e, const ast::MemberExpr& m, Context& c);
  eval::Value record_field(const eval::Value& base, Symbol name);
  eval::Value eval_string(ast::ExprId e, const ast::StringLit& s, Context& c);
  eval::Value eval_call(ast::ExprId e, const ast::CallExpr& x, Context& c);
  eval::Value eval_native(ast::ExprId e, std::uint32_t native, const ast::CallExpr& x, Context& c);
  eval::Value file_text(ast::ExprId e, ast::ExprId argument, const eval::Value& path, Context& c);
  eval::Value eval_binary(ast::ExprId e, const ast::BinaryExpr& b, Context& c);
  eval::Value eval_limit(ast::ExprId e, const ast::BinaryExpr& b, Context& c);
  eval::Value eval_is(const ast::IsExpr& x, Context& c);
  eval::Value eval_match(const ast::MatchExpr& x, Context& c);
  eval::Value eval_list(ast::ExprId e, const ast::ListExpr& x, Context& c);
  eval::Value eval_union_case(ast::ExprId e, const std::vector<ast::Arg>& args, Context& c);
  eval::Value facet(std::uint32_t component, Symbol name, const Span& at);
  void absent(Symbol component, const Span& at);
  std::optional<std::uint32_t> written_slot(ast::ExprId e, Context& c);
  void start_order();
  eval::Value source(const eval::Value& v);
  eval::Value force(std::size_t local, Context& c);
  eval::Value read(eval::Value v);
  void demand(std::uint32_t leaf);
  eval::Value unset(std::uint32_t component, const sema::Field& f);
  eval::Value with_children(std::uint32_t slot, eval::Value base, Context& c);
  eval::Value edited(std::uint32_t slot, eval::Value base, Context& c);
  eval::Value leaves_of(std::uint32_t slot, eval::Value v, const LeafPath& path, bool user);
  void missing(std::uint32_t component, const std::string& path);
  void settle_variant(std::uint32_t component);
  void full_names();
  [[nodiscard]] bool touches_mistake(std::uint32_t component) const;
  void check_requires(std::uint32_t component);
  bool step(const Span& at);
  [[nodiscard]] const ast::Expr& node(ast::ExprId e) const { return p.ast->exprs[e]; }

  std::uint32_t frame_ = 0xffffffffu;
  std::uint32_t serial_ = 0, serials_ = 0;  ///< of the running Recording, of all
  /// Who notes what is read now: a `let` that was computed for another is computed again,
  /// or its reads would be missed.
  [[nodiscard]] std::uint32_t reader() const { return frame_ != 0xffffffffu && quiet_ == 0 ? 1 : recording_ ? 3 + serial_ : 2; }
  int quiet_ = 0;
  std::vector<std::uint32_t>* recording_ = nullptr;
  std::size_t item_reads_ = 0;  ///< how much was recorded before the loop took its item
  std::uint32_t edge_from_ = 0xffffffffu;
  int output_depth_ = 0;
  std::vector<std::uint32_t> running_;
  std::map<std::uint32_t, std::vector<std::string>> missing_;
  struct Known {
    eval::Pattern pattern;
    bool good = false;
    std::unordered_map<std::string, bool> answers;
  };
  std::map<std::string, Known, std::less<>> patterns_;
  std::optional<bool> matches(std::string_view text, std::string_view pattern);
  struct Said {
    eval::Value value;
    std::vector<std::uint32_t> reads;  ///< leaves that each who asks has read
  };
  std::map<std::pair<std::uint32_t, Symbol>, Said> said_;  ///< computed outputs of what is no component
  std::uint64_t steps_ = 0;
  int depth_ = 0;
  bool stopped_ = false;
  std::set<std::pair<std::uint32_t, std::uint32_t>> todo_reported_;
};

template <class F>
void Evaluator::each(const ast::ForClause& f, Context& c, F&& body) {
  auto list = eval(f.in, c);
  auto base = c.locals.size();
  auto run = [&](eval::Value first, eval::Value second) {
    c.locals.resize(base);
    const auto recorded = recording_ ? recording_->size() : 0;
    c.locals.push_back({read(first), {}, {}});
    if (f.second) c.locals.push_back({read(second), {}, {}});
    if (f.where.valid() && !truth(f.where, c)) return;
    item_reads_ = recorded;
    body();
  };
  if (list.tag == eval::Tag::List) {
    std::int64_t i = 0;
    for (auto& item : list.list->items) {
      if (f.second) run(eval::Maker::integer(i), item);
      else run(item, {});
      ++i;
    }
  } else if (list.tag == eval::Tag::Map) {
    for (auto& entry : list.map->entries) {
      if (f.second) run(entry.key, entry.value);
      else run(entry.value, {});
    }
  }
  c.locals.resize(base);
}

template <class F>
void Evaluator::each_all(const std::vector<ast::ForClause>& fors, std::size_t at, Context& c, F&& body) {
  if (at == fors.size()) {
    body();
    return;
  }
  each(fors[at], c, [&] { each_all(fors, at + 1, c, body); });
}

}  // namespace envc::model
