#include "graph/text_width.h"

#include <array>

#include "base/utf8.h"

namespace envc::graph {
namespace {

/// Helvetica, U+0020 to U+007E, in thousandths of the size (Adobe Core 14 font metrics, file Helvetica.afm).
constexpr std::array<int, 95> helvetica{
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
    556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};

int thousandths(char32_t point) {
  if (point >= 0x20 && point < 0x20 + helvetica.size()) return helvetica[point - 0x20];
  return utf8::width(point) * 600;  // 0 for what combines, 1200 for wide characters
}

int pixels(std::int64_t sum, int size, Weight weight) {
  const int percent = weight == Weight::Bold ? 111 : 104;  // the bold face is wider; some room for other hinting
  return static_cast<int>((sum * size * percent + 99999) / 100000);
}

}  // namespace

int text_width(std::string_view text, int size, Weight weight) {
  std::int64_t sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto one = utf8::decode(text, at);
    sum += thousandths(one.point);
    at += one.length;
  }
  return pixels(sum, size, weight);
}

std::string fitting(std::string_view text, int size, Weight weight, int width) {
  if (text_width(text, size, weight) <= width) return std::string(text);
  std::int64_t sum = 1000;  // the ellipsis
  std::size_t at = 0;
  while (at < text.size()) {
    const auto one = utf8::decode(text, at);
    if (pixels(sum + thousandths(one.point), size, weight) > width) break;
    sum += thousandths(one.point);
    at += one.length;
  }
  return std::string(text.substr(0, at)) + "…";
}

}  // namespace envc::graph
