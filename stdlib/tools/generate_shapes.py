#!/usr/bin/env python3
"""Writes stdlib/formats/*/generated from the schemas of the tools that read our output.

  generate_shapes.py                 write every format whose source is on this machine
  generate_shapes.py --check         change nothing; say whether the files are what would be written
  generate_shapes.py --format hcl    only one of hcl, kubernetes, ecs (may be repeated)
  generate_shapes.py --schema FILE   take this output of `terraform providers schema -json`

Also checks the hand-written facts against the generated shapes. A source that
is not there is reported as SKIPPED with the reason. Exit status 1: a difference
or a fact that contradicts a shape.
"""
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from shapes import ecs, facts, hcl, kubernetes, sources

HERE = Path(__file__).resolve().parent
FORMATS = HERE.parent / "formats"


def inputs(name: str) -> dict:
    return json.loads((HERE / "inputs" / f"{name}.json").read_text())


def generated(format: str, schema: str | None) -> dict[str, str]:
    given = inputs(format)
    if format == "hcl":
        read = json.loads(Path(schema).read_text()) if schema else sources.provider_schema(given["provider"])
        return hcl.generate(read, given)
    if format == "kubernetes":
        return kubernetes.generate(sources.npm_package(given["package"]), given)
    return ecs.generate(sources.botocore_model(given["botocore"], "ecs", "2014-11-13"), given)


def compare(folder: Path, files: dict[str, str]) -> list[str]:
    """What stands in the folder and is not what would be written."""
    present = {p.name: p.read_text() for p in sorted(folder.glob("*.envc"))}
    wrong = [f"{folder.name}: {n} is missing" for n in files if n not in present]
    wrong += [f"{n} would not be written" for n in present if n not in files]
    return wrong + [f"{n} differs" for n, t in files.items() if n in present and present[n] != t]


def write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("*.envc")):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text)


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--check", action="store_true")
    p.add_argument("--format", action="append", choices=["hcl", "kubernetes", "ecs"])
    p.add_argument("--schema")
    args = p.parse_args()
    bad = 0
    for format in args.format or ["hcl", "kubernetes", "ecs"]:
        folder = FORMATS / format / "generated"
        try:
            files = generated(format, args.schema)
        except sources.Missing as e:
            print(f"SKIPPED {format}: {e}")
            continue
        if args.check:
            wrong = compare(folder, files)
            for w in wrong:
                print(f"FAILED {format}: {w}")
            bad += len(wrong)
            print(f"{'ok' if not wrong else 'FAILED'} {format}: {len(files)} files")
        else:
            write(folder, files)
            print(f"wrote {format}: {len(files)} files, {sum(t.count(chr(10)) for t in files.values())} lines")
    problems = facts.check(FORMATS)
    for problem in problems:
        print(f"FAILED facts: {problem}")
    print(f"{'ok' if not problems else 'FAILED'} facts")
    return 1 if bad or problems else 0


if __name__ == "__main__":
    sys.exit(main())
