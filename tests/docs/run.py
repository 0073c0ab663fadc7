#!/usr/bin/env python3
"""Compiles every envc block of the README and of docs/, and holds docs/checks.md and docs/library.md true.

A block ```envc is a whole project and must check without an error; a block
```envc fragment must parse and be canonical enough for `envc fmt` to read. A block
marked file=PATH is a file of the projects that follow on its page.
Blocks ```sh name commands of this repository: each must exist.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.S | re.M)


def run(envc, arguments):
    done = subprocess.run([envc, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def judge(envc, language, marks, text, files):
    """What is wrong with a block, or an empty text."""
    if language == "sh":
        for line in text.splitlines():
            word = line.split("#")[0].split()
            if word and word[0].startswith("./") and not (ROOT / word[0]).exists():
                return f"{word[0]} does not exist"
        return ""
    if language != "envc":
        return ""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            place = pathlib.Path(folder) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content)
        path = pathlib.Path(folder) / "main.envc"
        path.write_text(text)
        if "fragment" in marks:
            code, said = run(envc, ["fmt", str(path)])
            return "" if code == 0 else said
        code, said = run(envc, ["check", folder])
        return "" if code == 0 else said


def stale(envc, name, option):
    """A page that is written from the library; its links lead to headings of it."""
    code, said = run(envc, ["explain", option])
    page = ROOT / "docs" / name
    if code != 0 or not page.is_file() or page.read_text() != said:
        print(f"docs/{name} is not what the library says: ./dev checks writes it")
        return 1
    seen, anchors = {}, set()
    for heading in re.findall(r"^#+ (.+)$", said, re.M):
        anchor = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        anchors.add(f"{anchor}-{seen[anchor]}" if anchor in seen else anchor)
        seen[anchor] = seen.get(anchor, 0) + 1
    dead = sorted(set(re.findall(r"\]\(#([^)]*)\)", said)) - anchors)
    if dead:
        print(f"docs/{name} has links to headings that it does not have: {', '.join(dead)}")
    return 1 if dead else 0


def main():
    envc = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/release/envc")
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    count = failures = 0
    for page in pages:
        text = page.read_text()
        files = {}
        for match in BLOCK.finditer(text):
            count += 1
            if named := re.search(r"\bfile=(\S+)", match[2]):
                files[named[1]] = match[3]
            wrong = judge(envc, match[1], match[2], match[3], files)
            if wrong:
                failures += 1
                line = text[: match.start()].count("\n") + 1
                print(f"{page.relative_to(ROOT)}:{line}: {wrong}")
    failures += stale(envc, "checks.md", "--all") + stale(envc, "library.md", "--library")
    print(f"{count} blocks of {len(pages)} pages, {failures} failed")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main())
