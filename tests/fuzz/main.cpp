// Mutates sources and checks what must hold for every text: parse, build and
// format end without a crash, each error is reported, and formatting twice is
// formatting once. Knows the syntax stage only.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "syntax/build.h"
#include "syntax/format.h"
#include "syntax/parse.h"

namespace {

namespace fs = std::filesystem;

/// The same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 1) {}
  std::size_t below(std::size_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return limit == 0 ? 0 : static_cast<std::size_t>(state_ % limit);
  }

 private:
  std::uint64_t state_;
};

std::vector<std::string> sources() {
  std::vector<fs::path> paths;
  for (const char* folder : {"tests/fuzz/programs", "stdlib"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(ENVC_SOURCE_DIR) / folder))
      if (entry.path().extension() == ".envc") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    texts.push_back(all.str());
  }
  return texts;
}

constexpr const char* pieces[] = {"{",    "}",        "(",      ")",   "[",      "]",      ",",         "\n",     "\n\n",  " ",
                                  "\"",   "'",        "\"\"\"", "'''", "\\",     "${",     "//",        "///",    "/*",    "*/",
                                  "=",    "+=",       "-=",     "==",  "=>",     ":",      "..",        "...",    "?",     "??",
                                  ".",    "-",        "+",      "if ", " else ", " then ", "for x in ", "match ", "emit ", "let ",
                                  "not ", " is none", "1.2.3",  "5m",  "`",      "\r\n",   "\xC3\xA9",  "a"};

/// A stretch of a text, changed in one to four places.
std::string mutated(const std::vector<std::string>& texts, Random& random) {
  const auto& base = texts[random.below(texts.size())];
  auto size = std::min<std::size_t>(base.size(), 200 + random.below(3000));
  auto text = base.substr(random.below(base.size() - size + 1), size);
  for (auto n = 1 + random.below(4); n > 0; --n) {
    auto at = random.below(text.size() + 1);
    switch (random.below(4)) {
      case 0: text.insert(at, pieces[random.below(std::size(pieces))]); break;
      case 1: text.erase(at, 1 + random.below(8)); break;
      case 2: text.insert(at, text.substr(random.below(text.size() + 1), random.below(60))); break;
      default: text.replace(at, std::min<std::size_t>(1, text.size() - at), pieces[random.below(std::size(pieces))]); break;
    }
  }
  return text;
}

std::string squeezed(const std::string& text) {
  std::string out;
  for (char c : text)
    if (std::string_view(" \t\r\n,").find(c) == std::string_view::npos) out += c;
  return out;
}

struct Result {
  std::string formatted;
  bool reported = false;
  bool broken = false;
};

Result run(const std::string& text) {
  using namespace envc;
  SourceMap map;
  diag::Sink sink;
  Interner names;
  ast::Arena arena;
  auto file = map.add("fuzz.envc", text, SourceOwner::User);
  auto tree = syntax::parse(map, file, sink);
  const bool reported = sink.has_errors();
  (void)syntax::build(tree, map, names, arena, sink);
  return {syntax::format(tree, map), reported, tree.has_errors};
}

const char* defect(const std::string& text) {
  auto once = run(text);
  if (once.reported != once.broken) return "an error is not reported, or reported without being one";
  if (squeezed(once.formatted) != squeezed(text)) return "formatting changes tokens";
  if (run(once.formatted).formatted != once.formatted) return "formatting is not idempotent";
  return nullptr;
}

}  // namespace

int main(int argc, char** argv) {
  const auto count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 4000;
  const auto seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  auto texts = sources();
  for (auto i = seed; i < seed + count; ++i) {
    Random random(i);
    auto text = mutated(texts, random);
    if (const char* what = defect(text)) {
      std::printf("seed %llu: %s\n%s\n", static_cast<unsigned long long>(i), what, text.c_str());
      return 1;
    }
  }
  std::printf("%llu mutations of %zu sources\n", static_cast<unsigned long long>(count), texts.size());
  return 0;
}
