"""Files for readers: sizes, heads, READMEs, explain pages, messages, and words
that must not stand in a repository."""
import re
import subprocess

from cpp_source import ROOT, sources

MAX_LINES = 500
MAX_README = 40


def tracked():
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def check_sizes():
    counted = sorted(((source.text.count("\n"), source.name) for source in sources("compiler", "backends", "grammar", "tests")), reverse=True)
    for lines, name in counted[:8]:
        print(f"  {lines:5} {name}")
    return [f"{name}: {lines} lines, more than {MAX_LINES}" for lines, name in counted if lines > MAX_LINES]


def check_heads():
    return [f"{source.name}: the file does not begin with a comment that says what it owns"
            for source in sources("compiler", "backends", "grammar", "tests")
            if source.name.endswith(".h") and not source.text.startswith("//")]


def check_readmes():
    folders = {path.parent.relative_to(ROOT) for path in tracked()}
    problems = []
    for folder in sorted({parent for folder in folders for parent in (folder, *folder.parents)}):
        top = folder.parts[0] if folder.parts else ""
        deep = 2
        if top not in ("compiler", "grammar", "stdlib", "backends", "examples", "tests", "editors") or len(folder.parts) > deep:
            continue
        readme = ROOT / folder / "README.md"
        if not readme.is_file():
            problems.append(f"{folder}: no README.md")
        elif len(readme.read_text(encoding="utf-8").splitlines()) > MAX_README:
            problems.append(f"{folder}/README.md: more than {MAX_README} lines")
    return problems


def check_diagnostics():
    problems, seen = [], {}
    codes = set()
    for path in sorted((ROOT / "compiler/diag").glob("*.def")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = re.match(r'DIAG\((\w+), (\w+), (\w+), "((?:\\.|[^"\\])*)"\)', line)
            where = f"{path.relative_to(ROOT)}:{number}"
            if not match:
                if line.startswith("DIAG"):
                    problems.append(f"{where}: not one DIAG(code, Name, Severity, \"message\") a line")
                continue
            code, _, _, message = match.groups()
            codes.add(code)
            if code in seen:
                problems.append(f"{where}: {code} stands in {seen[code]} too")
            seen[code] = where
            if re.match(r"[A-Z][a-z]", message):
                problems.append(f"{where}: a message begins in lower case")
            if message.endswith("."):
                problems.append(f"{where}: a message ends without a full stop")
    for code in sorted(codes):
        page = ROOT / "compiler/diag/explain" / f"{code}.md"
        if not page.is_file():
            problems.append(f"{code}: no page in compiler/diag/explain")
            continue
        text = page.read_text(encoding="utf-8")
        if not text.startswith(f"# {code}: "):
            problems.append(f"{page.relative_to(ROOT)}: the first line is not `# {code}: …`")
        if "```envc\n" not in text:
            problems.append(f"{page.relative_to(ROOT)}: no ```envc example")
    for page in sorted((ROOT / "compiler/diag/explain").glob("*.md")):
        if page.stem not in codes and page.stem != "README":
            problems.append(f"{page.relative_to(ROOT)}: there is no such code")
    return problems


# Split, so that this file does not name what it looks for.
BANNED = re.compile("|".join([r"\bTO" r"DO\b", r"\bFIX" r"ME\b", r"\bXX" r"X\b", r"/wo" r"rk/(?:main|shared)", r"/ro" r"ot/\.",
                              r"registry\.npm" r"js", r"\"resol" r"ved\": \"https?:"]))
SUFFIXES = {".cpp", ".h", ".def", ".md", ".py", ".envc", ".txt", ".cmake", ".json", ".sh", ".yaml", ".yml", ".tf", ".peg", ""}


def check_words():
    problems = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in SUFFIXES or name in ("LICENSE",):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for match in BANNED.finditer(text):
            problems.append(f"{name}:{text.count(chr(10), 0, match.start()) + 1}: `{match.group(0)}`")
    return problems
