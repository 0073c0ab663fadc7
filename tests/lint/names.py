"""The knowledge is in the library: no C++ names a kind of component, an object
of a provider or a policy. The names are those that stdlib/ declares now."""
import re
from pathlib import Path

from cpp_source import ROOT, sources

DECLARED = {
    "kind": re.compile(r"^(?:private )?kind ([A-Za-z0-9_-]+)", re.M),
    "policy": re.compile(r"^(?:private )?policy ([A-Za-z0-9_-]+)", re.M),
    "requirement": re.compile(r"^ +require ([A-Za-z0-9_-]+):", re.M),
    "Kubernetes object": re.compile(r'^shape kubernetes\.([A-Za-z0-9_]+)[^\n]*\n(?=  apiVersion = )', re.M),
    "provider resource": re.compile(r"^shape hcl\.(?:[a-z]+\.)?([a-z0-9]+_[A-Za-z0-9_]+) ", re.M),
}


def declared_names():
    names = {}
    for path in sorted((ROOT / "stdlib").rglob("*.envc")):
        text = path.read_text(encoding="utf-8")
        for what, pattern in DECLARED.items():
            for match in pattern.finditer(text):
                names.setdefault(match.group(1), what)
    return names


def allow_list():
    """NAME PATH-PREFIX reason."""
    rows = set()
    for line in (Path(__file__).parent / "names_allowed.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, prefix, _reason = line.split(None, 2)
            rows.add((name, prefix))
    return rows


def check():
    names, rows, used = declared_names(), allow_list(), set()
    problems = []

    def found(source, line, name, what):
        for row in rows:
            if row[0] == name and source.name.startswith(row[1]):
                used.add(row)
                return
        problems.append(f"{source.name}:{line}: the {what} `{name}` is named in C++; it belongs into stdlib/")

    for source in sources("compiler", "backends"):
        for line, match in source.words(r"\b(?:aws|awscc|google|azurerm)_[a-z0-9_]+\b"):
            found(source, line, match.group(0), "provider resource")
        for line, literal in source.literals:
            for match in re.finditer(r"\b(?:aws|awscc|google|azurerm)_[a-z0-9_]+\b", literal):
                found(source, line, match.group(0), "provider resource")
            if re.search(r"\s", literal.strip()):
                continue  # prose
            for word in re.findall(r"[A-Za-z0-9_-]+", literal):
                if word in names and names[word] != "provider resource":
                    found(source, line, word, names[word])
    for name, prefix in sorted(rows - used):
        problems.append(f"tests/lint/names_allowed.txt: `{name} {prefix}` allows nothing")
    return problems
