"""What the library offers is shown by a golden or an example: each kind on each
platform that realizes it, each policy."""
import re

from cpp_source import ROOT


def declared():
    realized, policies = set(), set()
    for path in sorted((ROOT / "stdlib").rglob("*.envc")):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"^realize ([A-Za-z0-9_-]+)[A-Za-z0-9_.-]* on ([A-Za-z0-9_-]+)", text, re.M):
            realized.add(match.groups())
        policies.update(match.group(1) for match in re.finditer(r"^policy ([A-Za-z0-9_-]+)", text, re.M))
    return realized, policies


def projects():
    """The source text of each golden and each example."""
    for path in sorted((ROOT / "tests/golden").rglob("*.envc")):
        if path.name != "main.envc" and "// ---- expect" in path.read_text(encoding="utf-8"):
            yield path.read_text(encoding="utf-8")
    for folder in sorted({path.parent for pattern in ("tests/golden/**/main.envc", "examples/*/*.envc") for path in ROOT.glob(pattern)}):
        yield "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.envc")))


def check():
    realized, policies = declared()
    kinds_shown, policies_shown = set(), set()
    for text in projects():
        platforms = set(re.findall(r"\bon ([A-Za-z0-9_-]+) *\{", text))
        components = set(re.findall(r"^\s*([a-z][A-Za-z0-9_-]*) [A-Za-z_][A-Za-z0-9_-]* *(?:\{|$)", text, re.M))
        kinds_shown.update((kind, platform) for kind in components for platform in platforms)
    said = "\n".join(path.read_text(encoding="utf-8") for pattern in ("tests/golden/**/*.envc", "tests/golden/**/diagnostics.txt", "examples/*/*.envc")
                     for path in ROOT.glob(pattern))
    policies_shown.update(policy for policy in policies if re.search(rf"(?<![A-Za-z0-9_-]){re.escape(policy)}(?![A-Za-z0-9_-])", said))
    # A kind that no author writes (a part of another one) is shown by its owner's golden.
    parts = inner_kinds()
    anywhere = {kind for kind, _ in kinds_shown}

    def shown(kind, platform):  # a platform's own objects come with each of its projects
        return kind in parts or kind == platform or (kind, platform) in kinds_shown or (platform == "any" and kind in anywhere)

    problems = [f"{kind} on {platform}: no golden and no example shows it" for kind, platform in sorted(realized) if not shown(kind, platform)]
    return problems + [f"policy {policy}: no golden triggers or allows it" for policy in sorted(policies - policies_shown)]


def inner_kinds():
    """Kinds that stand as parts in another kind: `secret password { … }`."""
    parts = set()
    for path in (ROOT / "stdlib").rglob("*.envc"):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"^kind [^\n]*\{\n(.*?)^\}", text, re.M | re.S):
            parts.update(re.findall(r"^  ([a-z][a-z0-9_]*) [a-z][a-z0-9_]* \{", match.group(1), re.M))
    return parts
