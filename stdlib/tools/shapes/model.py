# What a generated shape is, as plain data, and how a set of shapes is written
# as envc text. Knows the language's surface, nothing of any source of schemas.
from __future__ import annotations

from dataclasses import dataclass, field

WIDTH = 110  # a shape that fits on one line of this width, with few fields, is written on one
FEW = 3
LONGEST = 480  # lines of a file


@dataclass
class Field:
    """One entry of a shape: `name: type`, `out name: type` or `name = "constant"`."""

    name: str
    type: str = ""
    optional: bool = False
    out: bool = False
    constant: str | None = None

    def text(self) -> str:
        if self.constant is not None:
            return f'{self.name} = "{self.constant}"'
        mark = "?" if self.optional else ""
        return f'{"out " if self.out else ""}{self.name}: {self.type}{mark}'


@dataclass
class Shape:
    """`path` holds the format's name: `hcl.aws_vpc`. `doc` is one line or empty."""

    path: str
    fields: list[Field] = field(default_factory=list)
    doc: str = ""

    def text(self) -> str:
        doc = f"/// {self.doc}\n" if self.doc else ""
        head = f"{doc}shape {self.path} "
        if not self.fields:
            return head + "{ }\n"
        one = "shape " + self.path + " { " + ", ".join(f.text() for f in self.fields) + " }"
        if len(self.fields) <= FEW and len(one) <= WIDTH:
            return doc + one + "\n"
        return head + "{\n" + "".join(f"  {f.text()}\n" for f in self.fields) + "}\n"


def literals(values: list[str]) -> str:
    """The type of a closed set of strings."""
    return " | ".join(f'"{v}"' for v in values)


def file_text(header: list[str], shapes: list[Shape]) -> str:
    """A whole file: the header as comments, then the shapes in the given order."""
    head = "".join(f"// {line}\n" for line in header)
    parts = []
    for i, s in enumerate(shapes):
        # A nested shape stands close to its owner; a documented one opens a paragraph.
        if i == 0 or s.doc or "\n" in s.text().rstrip("\n") or "\n" in shapes[i - 1].text().rstrip("\n"):
            parts.append("\n")
        parts.append(s.text())
    return head + "".join(parts)


def split(name: str, header: list[str], shapes: list[Shape]) -> dict[str, str]:
    """One file, or as many as keep each comfortable to read: `name.envc`, `name_2.envc` …"""
    groups, lines = [[]], 0
    for s in shapes:
        n = s.text().count("\n") + 1
        if groups[-1] and lines + n > LONGEST:
            groups.append([])
            lines = 0
        groups[-1].append(s)
        lines += n
    names = [f"{name}.envc"] + [f"{name}_{i}.envc" for i in range(2, len(groups) + 1)]
    return {n: file_text(header, g) for n, g in zip(names, groups)}
