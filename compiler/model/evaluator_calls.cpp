// Calls: cases with fields, functions, natives.
#include <algorithm>

#include "base/shell.h"
#include "model/evaluator.h"

namespace envc::model {

using namespace eval;
using namespace sema;

Value Evaluator::eval_union_case(ast::ExprId e, const std::vector<ast::Arg>& args, Context& c) {
  auto& meaning = p.meaning(e);
  auto type = p.expr_types[e.index];
  const auto& data = p.types.of(type);
  if (data.kind != TypeKind::Union) return {};
  auto payload = p.unions[data.united].cases[meaning.a].payload;
  Value made = Maker::none();
  if (payload.valid()) {
    auto& s = p.structs[payload];
    std::vector<Value> fields(s.fields.size(), Maker::none());
    std::vector<bool> given(s.fields.size(), false);
    std::size_t position = 0;
    for (auto& arg : args) {
      std::size_t at = position;
      if (arg.name) {
        auto found = s.index.find(arg.name->name);
        if (found == s.index.end()) continue;
        at = found->second;
      } else {
        ++position;
      }
      if (at >= fields.size()) continue;
      fields[at] = conform(eval(arg.value, c), s.fields[at].type, node(arg.value).span, c);
      given[at] = true;
    }
    made = complete_record(payload, std::move(fields), std::move(given), c);
  }
  auto v = make.united(data.united, meaning.a, made);
  v.origin = e.index;
  return v;
}

Value Evaluator::eval_call(ast::ExprId e, const ast::CallExpr& x, Context& c) {
  auto& meaning = p.meaning(e);
  if (meaning.meaning == Meaning::UnionCase) return eval_union_case(e, x.args, c);
  if (meaning.meaning == Meaning::Native) return eval_native(e, meaning.a, x, c);
  Context inner;
  if (!bind(e, c, inner)) return {};
  auto& fn = p.functions[meaning.a];
  return conform(eval(fn.body, inner), fn.result, node(fn.body).span, inner);
}

bool Evaluator::bind(ast::ExprId e, Context& c, Context& inner) {
  auto& meaning = p.meaning(e);
  if (meaning.meaning != Meaning::Function) return false;
  auto& x = std::get<ast::CallExpr>(node(e).node);
  auto& fn = p.functions[meaning.a];
  if (fn.recursive || !fn.body.valid()) return false;
  inner.keys = c.keys;
  inner.locals.resize(fn.params.size());
  std::vector<bool> given(fn.params.size(), false);
  std::size_t position = 0;
  for (auto& arg : x.args) {
    std::size_t at = fn.params.size();
    if (arg.name) {
      for (std::size_t i = 0; i < fn.params.size(); ++i)
        if (fn.params[i].name.name == arg.name->name) at = i;
    } else {
      while (position < given.size() && given[position]) ++position;
      at = position;
    }
    if (at >= fn.params.size()) continue;
    Value v;
    if (arg.fors.empty()) {
      v = eval(arg.value, c);
    } else {
      std::vector<Value> items;
      each_all(arg.fors, 0, c, [&] { items.push_back(eval(arg.value, c)); });
      v = make.list(items);
    }
    inner.locals[at] = {conform(v, fn.types[at], node(arg.value).span, c), {}, {}, 0};
    given[at] = true;
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i]) continue;
    if (!fn.params[i].value.valid()) {
      inner.locals[i] = {Maker::none(), {}, {}, 0};
      continue;
    }
    Context before;
    before.locals.assign(inner.locals.begin(), inner.locals.begin() + static_cast<std::ptrdiff_t>(i));
    inner.locals[i] = {conform(eval(fn.params[i].value, before), fn.types[i], node(fn.params[i].value).span, before), {}, {}, 0};
  }
  return true;
}

/// The name under which a secret travels: its own in capitals, for a part with its owner's.
std::string Evaluator::alias(std::uint32_t component) const {
  auto& c = env.components[component];
  std::string name = c.owner == 0xffffffffu ? std::string(c.text) : alias(c.owner) + "_" + std::string(c.text);
  for (auto& ch : name) ch = ch == '-' || ch == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(ch)));
  return name;
}

/// plain | whole | spliced: the form of a value, never the value.
Value Evaluator::source(const Value& v) {
  auto united = UnionId{};
  for (std::uint32_t i = 0; i < p.unions.size(); ++i)
    if (p.text(p.unions[UnionId(i)].name) == "Source") united = UnionId(i);
  if (!united.valid()) return {};
  auto build = [&](std::string_view name, Value payload) {
    auto index = p.unions[united].find(sym(name));
    if (!index) return Value{};
    return make.united(united, *index, make.record(p.unions[united].cases[*index].payload, {payload}));
  };
  if (v.tag != Tag::Late) return build("plain", v);
  std::vector<Value> secrets;
  std::set<std::uint32_t> seen;
  for (auto& part : v.late->parts)
    if (part.secret && seen.insert(part.component).second) secrets.push_back(Maker::component(part.component));
  if (secrets.empty()) return build("plain", v);
  if (v.late->parts.size() == 1) return build("whole", secrets[0]);
  return build("spliced", make.list(secrets));
}

namespace {

bool parse_cidr(std::string_view text, std::uint32_t& address, int& prefix) {
  unsigned a = 0, b = 0, c = 0, d = 0, n = 32;
  auto copy = std::string(text);
  int read = std::sscanf(copy.c_str(), "%u.%u.%u.%u/%u", &a, &b, &c, &d, &n);
  if (read < 4 || a > 255 || b > 255 || c > 255 || d > 255 || n > 32) return false;
  address = a << 24 | b << 16 | c << 8 | d;
  prefix = static_cast<int>(n);
  return true;
}

/// The address with what stands behind the prefix set to zero.
std::uint32_t network_of(std::uint32_t address, int prefix) { return prefix == 0 ? 0u : address & ~0u << (32 - prefix); }

/// At most `max` characters: cut, and six of a hash of the whole text instead of the rest.
std::string shortened(std::string text, std::size_t max) {
  if (text.size() <= max) return text;
  std::uint64_t h = 1469598103934665603ull;
  for (unsigned char c : text) h = (h ^ c) * 1099511628211ull;
  std::string hash;
  for (int i = 0; i < 6; ++i, h /= 36) hash += "abcdefghijklmnopqrstuvwxyz0123456789"[h % 36];
  text.resize(max - 7);
  while (!text.empty() && (text.back() == '-' || text.back() == '_' || text.back() == '.')) text.pop_back();
  return text + "-" + hash;
}

std::string base64(std::string_view in) {
  static const char* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0, count = 0;
  for (unsigned char ch : in) {
    bits = bits << 8 | ch;
    for (count += 8; count >= 6; count -= 6) out += letters[bits >> (count - 6) & 63];
  }
  if (count) out += letters[bits << (6 - count) & 63];
  while (out.size() % 4) out += '=';
  return out;
}

/// Natives that look at what a text says: of one that is not known yet they say nothing.
bool reads_text(std::string_view word) {
  constexpr std::string_view all[] = {"empty",   "length",        "upper",           "lower", "base64", "replace", "split",
                                      "shorten", "contains_word", "version_at_least"};
  return std::find(std::begin(all), std::end(all), word) != std::end(all);
}

}  // namespace

Value Evaluator::eval_native(ast::ExprId e, std::uint32_t native, const ast::CallExpr& x, Context& c) {
  auto word = native_names()[native];
  auto span = node(e).span;
  std::vector<Value> args;
  if (word == "todo") {
    auto text = x.args.empty() ? Value{} : eval(x.args[0].value, c);
    auto what = text.tag == Tag::Text ? std::string(*text.text) : std::string("?");
    if (todo_reported_.insert({span.file.index, span.begin}).second) {
      if (frame_ != 0xffffffffu) sink.report(diag::TodoDeploys{}, span, what).in(environment_name);
      else sink.report(diag::TodoOpen{}, span, what).in(environment_name);
    }
    return {};
  }
  if (word == "all" || word == "any") {
    // one item decides; else one that cannot be decided leaves it open
    bool all = word == "all", decided = false, open = false;
    auto* reads = recording_ == deciding ? recording_ : nullptr;
    const auto before = reads ? reads->size() : 0;
    std::vector<std::uint32_t> witness;  // what the first item that decides was asked for
    each_all(x.args[0].fors, 0, c, [&] {
      const auto from = item_reads_;
      auto one = eval(x.args[0].value, c);
      if (one.tag != Tag::Bool) open = true;
      else if (one.boolean != all) {
        if (reads && !decided) witness.assign(reads->begin() + static_cast<std::ptrdiff_t>(from), reads->end());
        decided = true;
      }
    });
    if (!witness.empty()) {
      reads->resize(before);
      reads->insert(reads->end(), witness.begin(), witness.end());
    }
    return decided || !open ? Maker::boolean(all != decided) : Value{};
  }
  for (auto& arg : x.args) {
    if (arg.fors.empty()) {
      args.push_back(eval(arg.value, c));
    } else {
      std::vector<Value> items;
      each_all(arg.fors, 0, c, [&] { items.push_back(eval(arg.value, c)); });
      args.push_back(make.list(items));
    }
    if (args.back().poison()) return {};
    if (args.back().tag == Tag::Late && reads_text(word)) return {};
  }
  auto text_of = [&](const Value& v) { return show(p, v); };
  auto done = [&](Value v) {
    v.origin = e.index;
    return v;
  };
  if (word == "empty") {
    if (args[0].tag == Tag::List) return Maker::boolean(args[0].list->items.empty());
    if (args[0].tag == Tag::Map) return Maker::boolean(args[0].map->entries.empty());
    return Maker::boolean(args[0].none() || text_of(args[0]).empty());
  }
  if (word == "length") {
    if (args[0].tag == Tag::List) return Maker::integer(static_cast<std::int64_t>(args[0].list->items.size()));
    if (args[0].tag == Tag::Map) return Maker::integer(static_cast<std::int64_t>(args[0].map->entries.size()));
    std::int64_t count = 0;
    for (char ch : text_of(read(args[0]))) count += (static_cast<unsigned char>(ch) & 0xC0) != 0x80;
    return done(Maker::integer(count));
  }
  if (word == "keys" || word == "values") {
    if (args[0].tag != Tag::Map) return {};
    std::vector<Value> items;
    for (auto& entry : args[0].map->entries) items.push_back(word == "keys" ? entry.key : read(entry.value));
    return make.list(items);
  }
  if (word == "join") {
    if (args[0].tag != Tag::List) return {};
    std::vector<Piece> parts;
    std::string text;
    bool is_late = false, first = true;
    auto separator = text_of(args[1]);
    for (auto item : args[0].list->items) {
      item = read(item);
      if (item.tag == Tag::Component) item = main_output(static_cast<std::uint32_t>(item.number), span);
      if (!first) text += separator, parts.push_back({PartKind::Literal, false, 0, {}, env.arena->copy(std::string_view(separator)), {}});
      first = false;
      if (item.tag == Tag::Late) {
        is_late = true;
        parts.insert(parts.end(), item.late->parts.begin(), item.late->parts.end());
      } else {
        auto piece = text_of(item);
        text += piece;
        parts.push_back({PartKind::Literal, false, 0, {}, env.arena->copy(std::string_view(piece)), {}});
      }
    }
    return done(is_late ? make.late(parts) : make.text(text));
  }
  if (word == "sort" || word == "unique") {
    if (args[0].tag != Tag::List) return {};
    std::vector<Value> items(args[0].list->items.begin(), args[0].list->items.end());
    if (word == "sort") {
      std::stable_sort(items.begin(), items.end(), [&](const Value& a, const Value& b) {
        if ((a.tag == Tag::Int && b.tag == Tag::Int) || (a.tag == Tag::Quantity && b.tag == Tag::Quantity)) return a.number < b.number;
        return text_of(a) < text_of(b);
      });
    } else {
      std::vector<Value> kept;
      for (auto& item : items) {
        if (std::none_of(kept.begin(), kept.end(), [&](const Value& k) { return equal(p, k, item); })) kept.push_back(item);
        else read(item);  // what it says is said: the first of its kind stands for it
      }
      items = std::move(kept);
    }
    return make.list(items);
  }
  if (word == "flatten") {
    std::vector<Value> items;
    if (args[0].tag == Tag::List)
      for (auto& inner : args[0].list->items)
        if (inner.tag == Tag::List) items.insert(items.end(), inner.list->items.begin(), inner.list->items.end());
    return make.list(items);
  }
  if (word == "min" || word == "max") {
    std::vector<Value> items = args;
    if (args.size() == 1 && args[0].tag == Tag::List) items.assign(args[0].list->items.begin(), args[0].list->items.end());
    if (items.empty()) return {};
    auto best = items[0];
    for (auto& item : items)
      if (word == "min" ? item.number < best.number : item.number > best.number) best = item;
    return read(best);
  }
  if (word == "source") return source(read(args[0]));
  if (word == "alias") {
    if (args[0].tag != Tag::Component) return {};
    auto component = static_cast<std::uint32_t>(args[0].number);
    if (frame_ != 0xffffffffu && quiet_ == 0) named.insert(component);
    return make.text(alias(component));
  }
  if (word == "json") return done(make.json(args[0]));
  if (word == "sequence") {
    std::vector<Value> items;
    if (args[0].number < 0 || args[0].number > 100'000) return {};
    for (std::int64_t i = 0; i < args[0].number; ++i) items.push_back(Maker::integer(i));
    return make.list(items);
  }
  if (word == "cidr_prefix" || word == "cidr_overlap") {
    std::uint32_t addresses[2] = {};
    int prefixes[2] = {};
    for (std::size_t i = 0; i < args.size(); ++i)
      if (!parse_cidr(text_of(args[i]), addresses[i], prefixes[i])) {
        sink.report(diag::NotFinite{}, span, text_of(args[i]), "network").in(environment_name);
        return {};
      }
    if (word == "cidr_prefix") return done(Maker::integer(prefixes[0]));
    const auto shorter = std::min(prefixes[0], prefixes[1]);
    return done(Maker::boolean(network_of(addresses[0], shorter) == network_of(addresses[1], shorter)));
  }
  if (word == "cidr_subnet") {
    std::uint32_t address = 0;
    int prefix = 0;
    if (!parse_cidr(text_of(args[0]), address, prefix) || args[1].tag != Tag::Int || args[2].tag != Tag::Int || args[1].number < prefix || args[1].number > 32 || args[2].number < 0) {
      sink.report(diag::NotFinite{}, span, text_of(args[0]), "network that holds such a subnet").in(environment_name);
      return {};
    }
    auto bits = args[1].number;
    auto made = network_of(address, prefix) + static_cast<std::uint32_t>(static_cast<std::uint64_t>(args[2].number) << (32 - bits));
    return make.text(std::to_string(made >> 24) + "." + std::to_string(made >> 16 & 255) + "." + std::to_string(made >> 8 & 255) + "." + std::to_string(made & 255) + "/" + std::to_string(bits));
  }
  if (word == "decimal") {
    auto text = text_of(args[0]);
    if (matches(text, "-?[0-9]+(\\.[0-9]+)?").value_or(false)) return done(make.view(env.arena->copy(std::string_view(text)), Tag::Decimal));
    sink.report(diag::NotFinite{}, span, text, "Decimal").in(environment_name);
    return {};
  }
  if (word == "camel_case") {  // slow_sql, slow-sql -> SlowSql
    std::string text;
    bool start = true;
    for (char ch : text_of(args[0])) {
      bool joint = ch == '_' || ch == '-' || ch == '.' || ch == ' ';
      if (!joint) text += start ? static_cast<char>(std::toupper(static_cast<unsigned char>(ch))) : ch;
      start = joint;
    }
    return done(make.text(text));
  }
  if (word == "upper" || word == "lower") {
    auto text = text_of(args[0]);
    for (auto& ch : text) ch = static_cast<char>(word == "upper" ? std::toupper(static_cast<unsigned char>(ch)) : std::tolower(static_cast<unsigned char>(ch)));
    return done(make.text(text));
  }
  if (word == "base64") return done(make.text(base64(text_of(args[0]))));
  if (word == "decimal") {
    auto text = text_of(args[0]);
    if (!matches(text, "-?[0-9]+(\\.[0-9]+)?").value_or(false)) {
      sink.report(diag::NotFinite{}, span, text, "number").in(environment_name);
      return {};
    }
    return done(make.view(env.arena->copy(std::string_view(text)), Tag::Decimal));
  }
  if (word == "replace") {
    auto text = text_of(args[0]), from = text_of(args[1]), to = text_of(args[2]);
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      if (!from.empty() && text.compare(i, from.size(), from) == 0) out += to, i += from.size();
      else out += text[i++];
    }
    return done(make.text(out));
  }
  if (word == "split") {
    auto text = text_of(args[0]), separator = text_of(args[1]);
    std::vector<Value> items;
    std::size_t at = 0;
    while (!separator.empty()) {
      auto next = text.find(separator, at);
      if (next == std::string::npos) break;
      items.push_back(make.text(std::string_view(text).substr(at, next - at)));
      at = next + separator.size();
    }
    items.push_back(make.text(std::string_view(text).substr(at)));
    return make.list(items);
  }
  if (word == "shown") return done(make.text(args[0].none() ? std::string("nothing") : show(p, args[0])));
  if (word == "known") {
    if (args[0].tag == Tag::Late) return Maker::none();
    auto text = p.types.kind(p.expr_types[x.args[0].value.index]) == TypeKind::Text && args[0].tag != Tag::Text;
    return text ? done(make.text(show(p, args[0]))) : args[0];
  }
  if (word == "shorten") return args[1].tag == Tag::Int ? done(make.text(shortened(text_of(args[0]), static_cast<std::size_t>(std::max<std::int64_t>(args[1].number, 8))))) : Value{};
  if (word == "names") {
    std::vector<Value> items;
    if (args[0].tag == Tag::List)
      for (auto& item : args[0].list->items)
        if (item.tag == Tag::Component) items.push_back(make.text(env.components[static_cast<std::size_t>(item.number)].text));
    return make.list(items);
  }
  if (word == "file") return file_text(e, x.args[0].value, args[0], c);
  if (word == "sh") return done(make.text(shell_word(text_of(args[0]))));
  if (word == "contains_word") return Maker::boolean((" " + text_of(args[0]) + " ").find(" " + text_of(args[1]) + " ") != std::string::npos);
  if (word == "version_at_least") {
    auto numbers = [](const std::string& s) {
      std::vector<long> out{0};
      for (char ch : s) {
        if (ch >= '0' && ch <= '9') out.back() = std::min(out.back() * 10 + (ch - '0'), 1'000'000'000l);
        else if (ch == '.') out.push_back(0);
        else break;
      }
      return out;
    };
    return Maker::boolean(numbers(text_of(args[0])) >= numbers(text_of(args[1])));
  }
  return {};
}

/// Nothing when the pattern is none. Names repeat (`LOG_LEVEL` in each service): answers are kept.
std::optional<bool> Evaluator::matches(std::string_view text, std::string_view pattern) {
  auto at = patterns_.find(pattern);
  if (at == patterns_.end()) {
    at = patterns_.emplace(std::string(pattern), Known{}).first;
    at->second.good = at->second.pattern.compile(at->first);
  }
  auto& known = at->second;
  if (!known.good) return std::nullopt;
  auto [answer, added] = known.answers.try_emplace(std::string(text), false);
  if (added) answer->second = known.pattern.matches(text);
  bool result = answer->second;
  if (known.answers.size() > 4096) known.answers.clear();
  return result;
}

}  // namespace envc::model
