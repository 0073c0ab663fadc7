// See json.h. Own printer: nlohmann's needs a tree of its own, and sorts or
// copies every key; this one walks the plan once.
#include "doc/json.h"

#include "doc/number.h"
#include "doc/text.h"

namespace envc::backends::doc {
namespace {

enum class Form : std::uint8_t { Pretty, Compact };

class Printer {
 public:
  Printer(std::string& out, Spelling spell, Form form) : out_(out), spell_(spell), form_(form) {}

  void node(const plan::Node& n, const Place& at, std::size_t indent) {
    std::visit([&](const auto& value) { print(value, n, at, indent); }, n.value);
  }

 private:
  void print(plan::Null, const plan::Node&, const Place&, std::size_t) { out_ += "null"; }
  void print(bool value, const plan::Node&, const Place&, std::size_t) { out_ += value ? "true" : "false"; }
  void print(std::int64_t value, const plan::Node&, const Place&, std::size_t) { append_integer(out_, value); }
  void print(plan::Decimal value, const plan::Node&, const Place&, std::size_t) { out_ += value.text; }
  void print(std::string_view, const plan::Node& n, const Place& at, std::size_t) { text(n, at); }
  void print(plan::Late, const plan::Node& n, const Place& at, std::size_t) { text(n, at); }

  void print(plan::List items, const plan::Node&, const Place& at, std::size_t indent) {
    open('[');
    for (const auto& item : items) {
      next(indent);
      node(item, at, indent + 2);
    }
    close(']', indent);
  }
  void print(plan::Map fields, const plan::Node&, const Place& at, std::size_t indent) {
    open('{');
    for (const auto& field : fields) {
      if (field.value.as<plan::Null>() != nullptr) continue;
      next(indent);
      if (form_ == Form::Compact) {
        text(plan::Node{field.key}, at);
        out_ += ':';
        node(field.value, at, 0);
      } else {
        append_json_string(out_, field.key);
        out_ += ": ";
        node(field.value, at.inside(field.key), indent + 2);
      }
    }
    close('}', indent);
  }
  void print(plan::Json value, const plan::Node&, const Place& at, std::size_t) {
    std::string inner;
    append_compact_json(inner, *value.node, at, spell_);
    append_json_string(out_, inner);
  }

  void text(const plan::Node& n, const Place& at) {
    scratch_.clear();
    append_json_string(out_, spell_(at, n, scratch_).text);
  }
  void open(char bracket) {
    out_ += bracket;
    first_ = true;
  }
  void next(std::size_t indent) {
    if (!first_) out_ += ',';
    first_ = false;
    if (form_ == Form::Pretty) {
      out_ += '\n';
      out_.append(indent + 2, ' ');
    }
  }
  void close(char bracket, std::size_t indent) {
    if (!first_ && form_ == Form::Pretty) {
      out_ += '\n';
      out_.append(indent, ' ');
    }
    out_ += bracket;
    first_ = false;
  }

  std::string& out_;
  Spelling spell_;
  Form form_;
  bool first_ = true;
  std::string scratch_;
};

}  // namespace

void append_json(std::string& out, const plan::Node& node, Spelling spell) {
  Printer(out, spell, Form::Pretty).node(node, {}, 0);
}

void append_compact_json(std::string& out, const plan::Node& node, const Place& at, Spelling spell) {
  Printer(out, spell, Form::Compact).node(node, at, 0);
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((byte_class(text[i]) & (Unprintable | Quoted)) == 0) continue;
    out.append(text, done, i - done);
    done = i + 1;
    switch (text[i]) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: append_unicode_escape(out, static_cast<unsigned char>(text[i]));
    }
  }
  out.append(text, done);
  out += '"';
}

}  // namespace envc::backends::doc
