// golden --envc BINARY --root FOLDER [--stdlib FOLDER] [--diag FOLDER --codes|--pages] [--checks] [PATH…]
// Runs the goldens (all, or those at the paths), or checks what must hold for
// every diagnostic code or every check of the library. ENVC_UPDATE=1 accepts; it is refused where CI is set,
// and such a run counts as skipped (exit 77). Links nothing of the compiler but
// base/thread_pool.h: what it judges is the binary that users get.
#include <cstdlib>
#include <iostream>

#include "base/thread_pool.h"
#include "cases.h"
#include "codes.h"

namespace {

int say_all(const std::vector<std::string>& lines, const char* what) {
  for (const auto& line : lines) std::cout << line << "\n";
  std::cout << lines.size() << " " << what << "\n";
  return lines.empty() ? 0 : 1;
}

int run_all(const std::vector<golden::Case>& cases, const golden::Settings& settings, const std::filesystem::path& root) {
  std::vector<std::string> differences(cases.size());
  envc::parallel_for(cases.size(), 0, [&](std::size_t i) { differences[i] = golden::run_case(cases[i], settings); });
  std::size_t failed = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (differences[i].empty()) continue;
    ++failed;
    auto name = cases[i].path.lexically_relative(root.parent_path().parent_path()).string();
    std::cout << "FAILED " << name << "\n" << differences[i] << "accept with: ./dev golden " << name << "\n\n";
  }
  std::cout << cases.size() - failed << " of " << cases.size() << " goldens "
            << (settings.mode == golden::Mode::Update ? "accepted" : "hold") << "\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  namespace fs = std::filesystem;
  golden::Settings settings;
  fs::path root, diag;
  std::string task;
  std::vector<fs::path> paths;
  for (int i = 1; i < count; ++i) {
    const std::string word = arguments[i];
    const bool more = i + 1 < count;
    if (word == "--envc" && more) settings.envc = fs::absolute(arguments[++i]).string();
    else if (word == "--root" && more) root = fs::absolute(arguments[++i]);
    else if (word == "--stdlib" && more) settings.stdlib = fs::absolute(arguments[++i]).string();
    else if (word == "--diag" && more) diag = fs::absolute(arguments[++i]);
    else if (word == "--codes" || word == "--pages" || word == "--checks") task = word;
    else paths.push_back(fs::absolute(word));
  }
  if (settings.envc.empty() || root.empty()) {
    std::cerr << "usage: golden --envc BINARY --root FOLDER [--stdlib FOLDER] [--diag FOLDER --codes|--pages] [--checks] [PATH...]\n";
    return 2;
  }
  if (task == "--codes") return say_all(golden::codes_without_golden(diag, root), "codes without a golden");
  if (task == "--pages") return say_all(golden::pages_without_effect(diag, root, settings.envc), "pages whose example fails");

  if (task == "--checks") return say_all(golden::checks_without_goldens(root, settings), "checks without a page or a pair of goldens");

  if (std::getenv("ENVC_UPDATE") != nullptr) {
    if (std::getenv("CI") != nullptr) {
      std::cerr << "golden: ENVC_UPDATE is refused where CI is set\n";
      return 2;
    }
    settings.mode = golden::Mode::Update;
  }
  if (paths.empty()) paths.push_back(root);
  std::vector<golden::Case> cases;
  for (const auto& path : paths)
    for (auto& one : golden::find_cases(path)) cases.push_back(std::move(one));
  const int result = run_all(cases, settings, root);
  return settings.mode == golden::Mode::Update && result == 0 ? 77 : result;
}
