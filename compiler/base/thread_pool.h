// Work on many items at once, deterministically: every item writes its own
// result, so what comes out never depends on the number of threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace envc {

/// Calls `fn(i)` once for each i in [0, count), on at most `jobs` threads (0:
/// one a core). Returns when all calls have. `fn` must not throw and must touch
/// nothing that another index touches.
template <class Fn>
void parallel_for(std::size_t count, std::size_t jobs, Fn&& fn) {
  if (jobs == 0) jobs = std::max(1u, std::thread::hardware_concurrency());
  jobs = std::min(jobs, count);
  if (jobs <= 1) {
    for (std::size_t i = 0; i < count; ++i) fn(i);
    return;
  }
  std::atomic<std::size_t> next{0};
  auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) fn(i);
  };
  std::vector<std::jthread> threads;
  threads.reserve(jobs - 1);
  for (std::size_t t = 1; t < jobs; ++t) threads.emplace_back(work);
  work();
}  // the threads are joined before `next` goes

}  // namespace envc
