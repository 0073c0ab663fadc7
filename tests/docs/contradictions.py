#!/usr/bin/env python3
"""Writes docs/contradictions.md from tests/contradictions (`--write`), or holds the committed page true.

What envc says is taken from the goldens, which a test of their own holds true.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tests/contradictions"
PAGE = ROOT / "docs/contradictions.md"

# How files begin, what the system is called, and what it is.
SYSTEMS = {
    "document-management": ("Document Management", "An assistant that answers from documents: Compose on a laptop, ECS and RDS on AWS."),
    "lexiscan": ("LexiScan", "Documents and questions about them, on ECS. [In envc](../examples/lexiscan/README.md)."),
    "agnox": ("Agnox", "A platform for test automation, on Compose. [In envc](../examples/agnox/README.md)."),
    "axon": ("Axon", "An API with three stores: Compose and Kubernetes. [In envc](../examples/axon/README.md)."),
    "auterity": ("Auterity", "A web platform on AWS, with a region to recover in. [In envc](../examples/auterity/README.md)."),
}
FOUND, NOT_YET, PROSE = "found", "not yet", "prose"
MARKS = {FOUND: "", NOT_YET: " (not yet)", PROSE: " (prose)"}
LONG = 16  # lines; longer programs are folded
NAME = re.compile(r"([a-z-]+)-(\d\d)\.(envc|md)")
SAID = re.compile(r"([A-Z]\d{4}) (\d+):(\d+)-(\d+):(\d+) (.*)")
WIDE = 70  # characters of a line that can be quoted as a whole


class Entry:
    """One file: its title, what the guide says, the answer and, of a program, what envc says."""

    def __init__(self, path):
        self.path, self.program, self.messages = path, "", []
        self.system, number, form = NAME.fullmatch(path.name).groups()
        self.number = int(number)
        text = path.read_text(encoding="utf-8")
        if form == "envc":
            head = re.match(r"(//[^\n]*\n)+", text)[0]
            self.program, _, said = text[len(head):].partition("// ---- expect\n")
            self.messages = messages(said, head.count("\n"), self.program.splitlines())
            text = re.sub(r"^// ?", "", head, flags=re.M)
        parts = [" ".join(part.split("\n")) for part in text.strip().split("\n\n")]
        if len(parts) < 3 or not parts[0].startswith("# "):
            raise ValueError(f"{path.name}: expected a title, what the guide says and the answer")
        self.title, self.says, self.answer = parts[0][2:], parts[1:-1], parts[-1]
        self.state = FOUND if form == "envc" else self.answer.split(": ")[0]
        if form == "envc" and not self.messages:
            raise ValueError(f"{path.name}: envc says nothing about it")
        if self.state not in MARKS or (self.state == FOUND) != (form == "envc"):
            raise ValueError(f"{path.name}: the answer begins with `not yet: ` or `prose: `")


def quoted(program, line, column, end_line, end_column):
    """What a message points at: the line, or of a long one the place itself."""
    whole = re.sub(" +", " ", program[line - 1].strip().removesuffix("{").strip())
    if len(whole) <= WIDE or line != end_line:
        return whole
    return program[line - 1].encode()[column - 1 : end_column - 1].decode()


def messages(said, skipped, program):
    """The messages of a golden as (place, code or rule, text, environments), each once."""
    out = []
    for line in said.splitlines():
        line = line.removeprefix("// ")
        if match := SAID.fullmatch(line):
            line, column, end_line, end_column = (int(match[index]) for index in range(2, 6))
            place = f"line {line - skipped}, `{quoted(program, line - skipped, column, end_line - skipped, end_column)}`"
            out.append([place, match[1], match[6], ""])
        elif line.startswith("rule: "):
            out[-1][1] = line.removeprefix("rule: ")
        elif line.startswith("in: "):
            out[-1][3] = line.removeprefix("in: ")
        else:
            raise ValueError(f"not a line of a golden: {line}")
    once = {}
    for place, code, text, environments in out:
        once[place, text] = (place, code, text, environments or once.get((place, text), ("",) * 4)[3])
    return list(once.values())


def said_by_envc(entry):
    checks = (ROOT / "docs/checks.md").read_text(encoding="utf-8")
    for place, code, text, environments in entry.messages:
        if not re.fullmatch(r"[A-Z]\d{4}", code):
            if f"\n### {code}\n" not in checks:
                raise ValueError(f"{entry.path.name}: docs/checks.md has no check {code}")
            code = f"[{code}](checks.md#{code})"
        yield f"- {place}: {text} ({', '.join(filter(None, [code, environments and f'in `{environments}`']))})"


def section(entry):
    lines = [f"### {entry.number}. {entry.title}{MARKS[entry.state]}", ""]
    for part in entry.says:
        lines += [part, ""]
    if entry.program:
        block = ["```envc fragment", *entry.program.strip().splitlines(), "```"]
        folded = len(block) - 2 > LONG
        lines += [*(["<details><summary>The program</summary>", ""] if folded else []), *block, *(["", "</details>"] if folded else []), ""]
        lines += ["envc says:", *said_by_envc(entry), ""]
        return [*lines, entry.answer, ""]
    state, _, rest = entry.answer.partition(": ")
    return [*lines, f"**{state.capitalize()}**: {rest}", ""]


def read():
    entries = []
    for path in sorted(SOURCES.iterdir()):
        if path.name == "README.md":
            continue
        if not NAME.fullmatch(path.name):
            raise ValueError(f"{path.name}: a file is called SYSTEM-NN.envc or SYSTEM-NN.md")
        entries.append(Entry(path))
    for system in sorted({entry.system for entry in entries} | set(SYSTEMS)):
        numbers = [entry.number for entry in entries if entry.system == system]
        if system not in SYSTEMS or numbers != list(range(1, len(numbers) + 1)) or not numbers:
            raise ValueError(f"{system}: is an unknown system, or its numbers {numbers} do not count from 1")
    return entries


def page(entries):
    count = {state: sum(entry.state == state for entry in entries) for state in MARKS}
    lines = [
        "# Contradictions",
        "",
        f"Five real deployment guides were read for what they say twice, and differently: {len(entries)} contradictions. Each is written",
        "down here as its authors would write it in envc, with what the compiler says. It is an error, either because the fact",
        "can stand only once, or because a rule finds it.",
        "",
        "| answer | contradictions |",
        "|---|---|",
        f"| impossible or diagnosed | {count[FOUND]} |",
        f"| not yet: the kind that will hold the fact is missing | {count[NOT_YET]} |",
        f"| prose: nothing that a compiler could read | {count[PROSE]} |",
        "",
        "Written by `./dev checks` from `tests/contradictions`, where a test holds what envc says: do not edit.",
        "",
        "| system | contradictions | impossible or diagnosed |",
        "|---|---|---|",
    ]
    by_system = {key: [entry for entry in entries if entry.system == key] for key in SYSTEMS}
    for key, (title, _) in SYSTEMS.items():
        found = sum(entry.state == FOUND for entry in by_system[key])
        lines.append(f"| [{title}](#{title.lower().replace(' ', '-')}) | {len(by_system[key])} | {found} |")
    lines.append("")
    for key, (title, about) in SYSTEMS.items():
        lines += [f"## {title}", "", about, ""]
        for entry in by_system[key]:
            lines += section(entry)
    return "\n".join(lines)


def main():
    try:
        entries = read()
        text = page(entries)
    except ValueError as problem:
        print(problem)
        return 1
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        print("docs/contradictions.md is not what tests/contradictions says: ./dev checks writes it")
        return 1
    print(f"{len(entries)} contradictions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
