# Reads shape declarations (a small part of the language: fields and types) and
# checks hand-written facts against what was generated. Knows no format.
from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TOKEN = re.compile(r"""\s+|//[^\n]*|'[^'\n]*'|"[^"\n]*"|-?\d+(?:\.\d+)?[\w%]*|[A-Za-z_][\w-]*|\.\.|[<>=!]=|.""")
# What a hand-written type may make of a generated one.
NARROWER = {"Int": {"Duration", "Bytes", "Percent", "Cpu", "Decimal"}, "Decimal": {"Percent"}, "String": {"Duration", "Bytes", "Json", "Text"}, "IntOrString": {"Int", "String"}}


@dataclass
class Decl:
    path: str
    file: str | None
    fields: dict[str, str]  # name -> type as tokens joined by blanks; constants begin with `=`
    at: str


def tokens(text: str) -> list[str]:
    return [t for t in TOKEN.findall(text) if not t.isspace() and not t.startswith("//")]


class Reader:
    def __init__(self, path: Path):
        self.t, self.i, self.name = tokens(path.read_text()), 0, path.name

    def next(self) -> str:
        self.i += 1
        return self.t[self.i - 1]

    def peek(self) -> str:
        return self.t[self.i] if self.i < len(self.t) else ""

    def declarations(self) -> list[Decl]:
        out = []
        while self.peek():
            if self.next() == "shape":
                out.append(self.shape())
        return out

    def shape(self) -> Decl:
        path = self.next()
        while self.peek() == ".":
            path += self.next() + self.next()
        file = None
        if self.peek() == "in":
            self.next()
            file = self.next().strip("'\"")
        assert self.next() == "{", f"{self.name}: {path} has no body"
        fields = {}
        while self.peek() != "}":
            if self.peek() == ",":
                self.next()
                continue
            name = self.next()
            out = name == "out" and self.peek() != ":"
            name = (self.next() if out else name).strip('"')
            if self.next() == "=":
                fields[name] = "= " + self.next()
                continue
            fields[name] = ("out " if out else "") + self.type()
        self.next()
        return Decl(path, file, fields, self.name)

    def type(self) -> str:
        """Up to the field's end: the next name before `:`, a comma outside brackets, the closing brace."""
        got, depth = [], 0
        while True:
            t = self.peek()
            ends = t in ("}", ",") or (self.i + 1 < len(self.t) and self.t[self.i + 1] in (":", "=") and got and got[-1] != "|") \
                or (t == "out" and got)
            if depth == 0 and ends:
                return " ".join(got)
            depth += (t in "({[<") - (t in ")}]>") if len(t) == 1 else 0
            got.append(self.next())


def core(type: str) -> str:
    """The type without unit, rule, flags and `?`."""
    t = re.sub(r"( in (whole )?\S+)?( where .*)?( \?)?$", "", type.removeprefix("out "))
    while m := re.fullmatch(r"(?:Secret|Late) < (.*) >", t):
        t = m.group(1)
    return t


def agrees(generated: str, fact: str) -> str | None:
    """What is wrong with the hand-written type, or nothing."""
    if generated.startswith("="):
        return "is a constant"
    if generated.startswith("out ") != fact.startswith("out "):
        return "is an output in one and an argument in the other"
    if fact.endswith("?") and not generated.endswith("?"):
        return "is required"
    g, f = core(generated), core(fact)
    if g == f or f in NARROWER.get(g, ()) or g == "List < " + f + " >":
        return None
    if f.startswith('"') and g == "String":
        return None
    if (m := re.fullmatch(r"(List <|Map < String ,) (.*) >", g)) and (n := re.fullmatch(r"(List <|Map < String ,) (.*) >", f)):
        return None if m.group(1) == n.group(1) and agrees(m.group(2), n.group(2)) is None else f"is {generated}"
    return f"is `{generated}`"


def check(formats: Path) -> list[str]:
    """Problems of all facts in formats/*: unknown shapes and fields, types that contradict, objects without a file."""
    problems = []
    for folder in sorted(p for p in formats.iterdir() if p.is_dir()):
        read = lambda files: [d for f in sorted(files) for d in Reader(f).declarations()]
        made = {d.path: d for d in read(folder.glob("generated/*.envc"))}
        written = read(f for f in folder.rglob("*.envc") if f.parent.name != "generated" and f.name != "format.envc")
        defined = set(made) | {d.path for d in written}
        seen = set()
        for d in written:
            if d.path in seen:
                problems.append(f"{folder.name}/{d.at}: {d.path} is declared twice")
            seen.add(d.path)
            if d.path in made:
                for name, type in d.fields.items():
                    before = made[d.path].fields.get(name)
                    wrong = "does not exist" if before is None else agrees(before, type)
                    if wrong:
                        problems.append(f"{folder.name}/{d.at}: {d.path}.{name} {wrong}")
            elif "facts" in (d.at, d.at.removesuffix(".envc")) or (folder / "facts" / d.at).exists():
                problems.append(f"{folder.name}/{d.at}: {d.path} was not generated")
        # every name of a shape in a type has a shape
        for d in [*made.values(), *written]:
            for name, type in d.fields.items():
                bare = re.sub(r"'[^']*'|\"[^\"]*\"|where .*", "", type)
                for word in re.findall(r"[a-z]\w*(?: \. \w+)+", bare):
                    if f"{folder.name}.{word.replace(' ', '')}" not in defined:
                        problems.append(f"{folder.name}/{d.at}: {d.path}.{name} names {word}, which is no shape")
        # what can be emitted has a file
        with_file = {d.path for d in written if d.file}
        for path, d in made.items():
            emitted = path.removeprefix("hcl.").removeprefix("data.").removeprefix("ephemeral.").count(".") == 0 \
                if folder.name == "hcl" else d.fields.get("apiVersion", "").startswith("=")
            if emitted and path not in with_file:
                problems.append(f"{folder.name}: {path} has no file: declare `shape {path} in '…'`")
    return problems
