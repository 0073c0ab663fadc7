// See secrets_script.h. What the script knows of each secret is one line of a
// table at its end; the rest is the same for all.
#include "doc/secrets_script.h"

#include "base/shell.h"
#include "doc/env_example.h"
#include "doc/files.h"
#include "doc/text.h"

namespace envc::backends::doc {
namespace {

constexpr std::string_view setting = R"sh(set -eu
LC_ALL=C
export LC_ALL
umask 077

usage() {
  printf 'usage: %s [--check] [FILE]\n' "$0" >&2
  exit 2
}

check=
if [ "${1:-}" = --check ]; then
  check=yes
  shift
fi
case $#:${1:-} in
)sh";

constexpr std::string_view helpers = R"sh(  1:-*) usage ;;
  1:?*) file=$1 ;;
  *) usage ;;
esac
if [ -e "$file" ]; then
  { [ -f "$file" ] && [ -r "$file" ]; } || {
    printf '%s: not a file that can be read\n' "$file" >&2
    exit 1
  }
fi

wrong=''  # yes: some value is not what it must be
added=''  # the text to append
made=''   # names, each after a blank: what this run made,
open=''   # what somebody has to fill in,
blank=''  # what could be made but has an empty line,
absent='' # what --check did not find,
waits=''  # what a release gives and has not given yet,
newer=''  # what the environment of this run gives anew

complain() {
  printf '%s: %s\n' "$file" "$1" >&2
  wrong=yes
}

# What stands behind NAME= in the file, a line for each time.
lines_of() {
  sed -n "s/^[[:space:]]*\(export[[:space:]][[:space:]]*\)\{0,1\}$1[[:space:]]*=//p" "$file"
}

has() {
  [ -f "$file" ] && grep -q "^[[:space:]]*\(export[[:space:]][[:space:]]*\)\{0,1\}$1[[:space:]]*=" "$file"
}

)sh";

constexpr std::string_view literal = R"sh(value_of() {
  lines_of "$1" | tail -n 1
}

)sh";

constexpr std::string_view unquoted = R"sh(# The last line counts, without the quotes around its value.
value_of() {
  set -- "$(lines_of "$1" | tail -n 1)"
  case $1 in
    \"*\" | \'*\')
      set -- "${1#?}"
      printf '%s' "${1%?}"
      ;;
    *) printf '%s' "$1" ;;
  esac
}

)sh";

constexpr std::string_view secret_function = R"sh(
# Whether $value may be the value of $name; the arguments must never be.
check_value() {
  [ "${#value}" -ge "$least" ] || complain "$name is shorter than $least characters"
  case $value in
    "$prefix"*) ;;
    *) complain "$name does not start with $prefix" ;;
  esac
  for word do
    [ "$value" != "$word" ] || complain "$name has a value that must never be used"
  done
}

# secret made|given NAME LEAST_LENGTH PREFIX COMMENT [FORBIDDEN]...
secret() {
  how=$1 name=$2 least=$3 prefix=$4 comment=$5
  shift 5
  if has "$name"; then
    value=$(value_of "$name")
    if [ -n "$value" ]; then
      check_value "$@"
    elif [ "$how" = made ]; then
      blank="$blank $name"
    else
      open="$open $name"
    fi
    return
  fi
  if [ -n "$check" ]; then
    absent="$absent $name"
    return
  fi
  value=
  if [ "$how" = made ]; then
    value=$(new_value "$name") || value=
    case $value in
      '') complain "nothing was made for $name" ;;
      *[!A-Za-z0-9+/=_.:@%,-]*) complain "what was made for $name cannot stand in the file without quotes" ;;
      *) check_value "$@" ;;
    esac
    made="$made $name"
  else
    open="$open $name"
  fi
  added="$added
$comment
$name=$value
"
}
)sh";

constexpr std::string_view input_function = R"sh(
edits='' # how sed puts in what is new

# input NAME COMMENT: what a release gives, by a variable of this script's environment.
input() {
  name=$1 comment=$2 given=
  [ -n "$check" ] || eval "given=\${$name:-}"
  case $given in
    *[!A-Za-z0-9+/=_.:@%,-]*)
      complain "$name, as the environment has it, cannot stand in the file without quotes"
      return
      ;;
  esac
  if has "$name"; then
    value=$(value_of "$name")
    if [ -n "$given" ] && [ "$value" != "$given" ]; then
      newer="$newer $name"
      edits="$edits
s|^\([[:space:]]*\(export[[:space:]][[:space:]]*\)\{0,1\}${name}[[:space:]]*=\).*|\1$given|"
    elif [ -z "$value$given" ]; then
      waits="$waits $name"
    fi
    return
  fi
  if [ -n "$check" ]; then
    absent="$absent $name"
    return
  fi
  [ -n "$given" ] || waits="$waits $name"
  added="$added
$comment
$name=$given
"
}
)sh";

constexpr std::string_view ending_check = R"sh(if [ -n "$wrong" ]; then
  [ -n "$check" ] || printf '%s: nothing was written\n' "$file" >&2
  exit 1
fi
)sh";

constexpr std::string_view input_edits = R"sh(if [ -n "$edits" ]; then
  sed "$edits" "$file" >"$file.new"
  mv "$file.new" "$file"
fi
)sh";

constexpr std::string_view ending = R"sh(if [ -n "$added" ]; then
  if [ ! -s "$file" ]; then
    added="$head
$added"
  elif [ -n "$(tail -c 1 "$file")" ]; then
    added="
$added"
  fi
  printf '%s' "$added" >>"$file"
fi
[ -z "$made" ] || printf '%s: made%s\n' "$file" "$made"
[ -z "$newer" ] || printf '%s: changed%s\n' "$file" "$newer"
[ -n "$check$added$newer" ] || printf '%s: nothing to add\n' "$file"
[ -z "$absent" ] || printf '%s: missing:%s\n' "$file" "$absent"
[ -z "$blank" ] || printf '%s: empty, delete these lines to have values made:%s\n' "$file" "$blank"
[ -z "$open" ] || printf '%s: empty, still to fill in:%s\n' "$file" "$open"
)sh";

void append_table(std::string& out, const plan::Plan& plan, const SecretsScript& script) {
  for (const auto& secret : plan.secrets) {
    std::string comment;
    append_comment(comment, secret.doc, 0);
    if (comment.empty()) comment = secret.generate.empty() ? "# to be filled in\n" : "# made by " + std::string(script.name) + "\n";
    comment.pop_back();
    out.append(secret.generate.empty() ? "secret given " : "secret made ").append(secret.name);
    out.append(1, ' ').append(std::to_string(secret.min_length)).append(1, ' ').append(shell_word(secret.prefix));
    out.append(1, ' ').append(shell_word(comment));
    for (const auto word : secret.forbid) out.append(1, ' ').append(shell_word(word));
    out += '\n';
  }
}

void append_input_table(std::string& out, const plan::Plan& plan) {
  for (const auto& input : plan.inputs) {
    std::string comment;
    append_comment(comment, input_doc(input), 0);
    comment.pop_back();
    out.append("input ").append(upper_snake(input.name)).append(1, ' ').append(shell_word(comment)).append(1, '\n');
  }
}

/// The variables of the inputs, with `between` between them.
std::string input_names(const plan::Plan& plan, std::string_view between) {
  std::string out;
  for (const auto& input : plan.inputs) {
    if (!out.empty()) out += between;
    out += upper_snake(input.name);
  }
  return out;
}

}  // namespace

std::string secrets_script(const plan::Plan& plan, const SecretsScript& script) {
  std::string out = "#!/bin/sh\n" + header(plan);
  const std::string name(script.name), file(script.file);
  const bool secrets = !plan.secrets.empty(), inputs = script.inputs && !plan.inputs.empty();
  const auto names = input_names(plan, " ");
  const auto release = input_names(plan, "=… ") + "=… ./" + name;
  out += secrets ? "# Makes values of secrets: ./" : "# Notes what a release gives: ./";
  out += name + " [--check] [FILE], where FILE is " + file + " if none is named.\n";
  out += "# What FILE holds stays as it is; what it lacks is appended. A value that is wrong is an error (exit 1).\n";
  if (inputs) out += "# A release gives " + names + " anew: " + release + "\n";
  out += "# --check writes nothing; then what is missing or empty is an error too.\n"
         "# shellcheck disable=SC2016  # nothing in '...' is to be expanded\n";
  out += setting;
  out += "  0:) file=" + file + " ;;\n";
  out += helpers;
  out += script.quotes == Quotes::Literal ? literal : unquoted;
  if (secrets) {
    out += "new_value() {\n  case $1 in\n";
    for (const auto& secret : plan.secrets)
      if (!secret.generate.empty()) out.append("    ").append(secret.name).append(") ").append(secret.generate).append(" ;;\n");
    out += "    *) return 1 ;;\n  esac\n}\n";
    out += secret_function;
  }
  if (inputs) out += std::string(input_function).substr(secrets ? 0 : 1);
  out += '\n';
  append_table(out, plan, script);
  if (inputs) append_input_table(out, plan);
  out += "\nhead=" + shell_word("# " + std::string(secrets ? "Secrets" : "Values") + " of " + std::string(plan.system) + ", environment " +
                                std::string(plan.environment) + ". Never belongs into version control.") + "\n";
  out += ending_check;
  if (inputs) out += input_edits;
  out += ending;
  if (inputs) {
    out += "[ -z \"$waits\" ] || printf '%s: empty, and nothing starts without it:%s\\na release gives it: %s\\n' \"$file\" \"$waits\" " +
           shell_word(release) + "\n";
  } else if (!plan.inputs.empty()) {
    out += "printf '%s\\n' 'to be given when a release runs: " + names + "'\n";
  }
  out += "[ -z \"$check\" ] || [ -z \"$absent$blank$open$waits\" ]\n";
  return out;
}

}  // namespace envc::backends::doc
