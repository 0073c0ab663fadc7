// What every report_*.cpp looks at: the broken text as tokens, and which of them
// could not be taken. Lexical only.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "diag/diagnostic.h"
#include "syntax/failure.h"

namespace envc::syntax {

struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool blank_before = false;
  bool starts_line = false;
};

class ReportContext {
 public:
  ReportContext(const Failure& failure, std::string_view text, FileId file);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const Failure& failure() const { return failure_; }
  [[nodiscard]] bool expects(Expected e) const { return (failure_.expected & bit(e)) != 0; }

  /// The tokens from the beginning of what is broken, comments left out.
  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }
  /// The token that could not be taken, or that holds the place; tokens().size() at the end of a line or file.
  [[nodiscard]] std::size_t found() const { return found_; }
  /// Empty outside of the tokens. `offset` counts from the found token.
  [[nodiscard]] std::string_view word(int offset = 0) const;
  [[nodiscard]] const Token& token(int offset = 0) const { return tokens_[found_ + static_cast<std::size_t>(offset)]; }
  [[nodiscard]] bool has(int offset) const;
  /// Whether the found token stands right at the place of failure (and not beyond the end of its line).
  [[nodiscard]] bool at_token() const { return at_token_; }

  [[nodiscard]] std::string_view text(const Token& t) const { return text_.substr(t.begin, t.end - t.begin); }
  [[nodiscard]] Span span(const Token& t) const { return {file_, t.begin, t.end}; }
  [[nodiscard]] Span span(std::uint32_t begin, std::uint32_t end) const { return {file_, begin, end}; }
  /// Where the failure is shown: the found token, or the end of its line.
  [[nodiscard]] Span place() const;
  /// "`x`", "the end of the line", "the end of the file".
  [[nodiscard]] std::string found_words() const;
  /// "a value or `)`".
  [[nodiscard]] std::string expected_words() const;

 private:
  const Failure& failure_;
  std::string_view text_;
  FileId file_;
  std::vector<Token> tokens_;
  std::size_t found_ = 0;
  bool at_token_ = false;
};

[[nodiscard]] bool one_of(std::string_view word, std::initializer_list<std::string_view> words);
[[nodiscard]] bool is_name(std::string_view word);
[[nodiscard]] bool is_reserved(std::string_view word);
[[nodiscard]] bool is_digit(char c);

// Each looks for the mistakes it knows, reports the first that it finds and says so.
[[nodiscard]] bool report_string(const ReportContext& c, diag::Sink& sink);
[[nodiscard]] bool report_bracket(const ReportContext& c, diag::Sink& sink);
[[nodiscard]] bool report_character(const ReportContext& c, diag::Sink& sink);
[[nodiscard]] bool report_number(const ReportContext& c, diag::Sink& sink);
[[nodiscard]] bool report_operator(const ReportContext& c, diag::Sink& sink);
[[nodiscard]] bool report_name(const ReportContext& c, diag::Sink& sink);
[[nodiscard]] bool report_structure(const ReportContext& c, diag::Sink& sink);
void report_unclosed_block(const Failure& failure, std::string_view text, FileId file, diag::Sink& sink);

}  // namespace envc::syntax
