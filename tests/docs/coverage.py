#!/usr/bin/env python3
"""Holds examples/COVERAGE*.md true: a place in it is `path`: `text`, and the text stands in that file."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "examples"
PLACE = re.compile(r"`([\w./-]+)`: ((?:`[^`]+`(?:, )?)+)")


def check(page):
    problems, places = [], 0
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("| ") and not line.startswith("| row") and not PLACE.search(line) and "not yet: " not in line and "not written: " not in line:
            problems.append(f"{page.name}:{number}: the row names neither a place (`path`: `text`) nor a reason (`not yet: …`, `not written: …`)")
        for match in PLACE.finditer(line):
            path = ROOT / match.group(1)
            if not path.is_file():
                problems.append(f"{page.name}:{number}: there is no {match.group(1)}")
                continue
            text = path.read_text(encoding="utf-8")
            for wanted in re.findall(r"`([^`]+)`", match.group(2)):
                places += 1
                if wanted not in text:
                    problems.append(f"{page.name}:{number}: {match.group(1)} does not hold `{wanted}`")
    if places == 0:
        problems.append(f"{page.name}: names no place: nothing was checked")
    return problems, places


def main():
    problems, places = [], 0
    for page in sorted(ROOT.glob("COVERAGE*.md")):
        found, count = check(page)
        problems, places = problems + found, places + count
    if places == 0:
        problems.append("examples/: there is no page COVERAGE.md: nothing was checked")
    print("\n".join([*problems, f"{places} places, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
