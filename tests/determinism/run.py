#!/usr/bin/env python3
"""Same sources, same bytes: each example and folder golden is built and drawn twice, with
one thread and with eight, in another folder, in another locale and time zone,
and with its files under other names; the trees must be equal to the byte."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def tree(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".envc-manifest.json"
    }


def build(envc, project, threads, environment):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        done = subprocess.run(
            [envc, "build", str(project), "--out", str(out), "-j", str(threads)],
            capture_output=True, text=True, check=False, env={**os.environ, **environment})
        if done.returncode != 0:
            return None, done.stderr
        for form in ("mermaid", "dot", "svg"):
            drawn = subprocess.run(
                [envc, "graph", str(project), "--form", form, "--out", f"{out}/graph", "-j", str(threads)],
                capture_output=True, text=True, check=False, env={**os.environ, **environment})
            if drawn.returncode != 0:
                return None, drawn.stderr
        return tree(out), ""


def renamed(project, folder):
    """The project with its top-level sources under other names, in another order."""
    copy = pathlib.Path(folder) / "elsewhere" / "copy"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("out", "expected"))
    for number, source in enumerate(sorted(copy.glob("*.envc"), reverse=True)):
        source.rename(copy / f"zz{9 - number}.envc")
    return copy


def main():
    envc = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/release/envc")
    goldens = {p.parent for p in ROOT.glob("tests/golden/**/main.envc")}
    builds = {p for p in goldens if any(one.is_dir() for one in (p / "expected").glob("*"))}  # others show mistakes
    projects = sorted({p.parent for p in ROOT.glob("examples/*/*.envc")} | builds | {ROOT / "tests/graph/harbour"})
    failures = 0
    for project in projects:
        first, said = build(envc, project, 1, {})
        if first is None:
            print(f"{project.name}: does not build\n{said}")
            failures += 1
            continue
        with tempfile.TemporaryDirectory() as folder:
            copy = renamed(project, folder)
            others = {
                "again": (project, 1, {}),
                "eight threads": (project, 8, {}),
                "another locale": (project, 2, {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Chatham"}),
                "another folder": (copy, 1, {}),
            }
            for name, (where, threads, environment) in others.items():
                second, said = build(envc, where, threads, environment)
                if second != first:
                    failures += 1
                    differ = [p for p in first if second is None or second.get(p) != first[p]]
                    print(f"{project.name}, {name}: differs in {', '.join(differ[:5]) or said}")
    print(f"{len(projects)} projects, {failures} differences")
    return 1 if failures or not projects else 0


if __name__ == "__main__":
    sys.exit(main())
