"""What the library offers is shown by a golden or an example: each kind on each
platform that realizes it. Checks have a test of their own (golden_checks)."""
import re

from cpp_source import ROOT


def declared():
    realized = set()
    for path in sorted((ROOT / "stdlib").rglob("*.envc")):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"^realize ([A-Za-z0-9_-]+)[A-Za-z0-9_.-]* on ([A-Za-z0-9_-]+)", text, re.M):
            realized.add(match.groups())
    return realized


def projects():
    """The source text of each golden and each example."""
    for path in sorted((ROOT / "tests/golden").rglob("*.envc")):
        if path.name != "main.envc" and "// ---- expect" in path.read_text(encoding="utf-8"):
            yield path.read_text(encoding="utf-8")
    for folder in sorted({path.parent for pattern in ("tests/golden/**/main.envc", "examples/*/*.envc") for path in ROOT.glob(pattern)}):
        yield "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.envc")))


def check():
    realized = declared()
    kinds_shown = set()
    for text in projects():
        platforms = set(re.findall(r"\bon ([A-Za-z0-9_-]+) *\{", text))
        components = set(re.findall(r"^\s*([a-z][A-Za-z0-9_-]*) [A-Za-z_][A-Za-z0-9_-]* *(?:\{|$)", text, re.M))
        kinds_shown.update((kind, platform) for kind in components for platform in platforms)
    # A kind that no author writes (a part of another one) is shown by its owner's golden.
    parts = inner_kinds()
    anywhere = {kind for kind, _ in kinds_shown}

    def shown(kind, platform):  # a platform's own objects come with each of its projects
        return kind in parts or kind == platform or (kind, platform) in kinds_shown or (platform == "any" and kind in anywhere)

    return [f"{kind} on {platform}: no golden and no example shows it" for kind, platform in sorted(realized) if not shown(kind, platform)]


def inner_kinds():
    """Kinds that stand as parts in another kind: `secret password { … }`."""
    parts = set()
    for path in (ROOT / "stdlib").rglob("*.envc"):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"^kind [^\n]*\{\n(.*?)^\}", text, re.M | re.S):
            parts.update(re.findall(r"^  ([a-z][a-z0-9_]*) [a-z][a-z0-9_]* \{", match.group(1), re.M))
    return parts
