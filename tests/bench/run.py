#!/usr/bin/env python3
"""run.py --envc BINARY [--sizes 1,1000,10000] [--runs N] [--accept]

Time and memory of `envc check` and `envc build` for generated projects, beside
the accepted figures of baseline.json. Stores nothing unless --accept is given.
"""
import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True

from generate import write_project  # noqa: E402

BASELINE = Path(__file__).resolve().parent / "baseline.json"


def measure(command, folder):
    """(seconds, peak MiB, exit code) of one run."""
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os.execv(command[0], command)
    _, status, usage = os.wait4(child, 0)
    return time.perf_counter() - started, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def bench(envc, size, runs):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_project(folder / "project", size)
        for task, command in (("check", [envc, "check"]), ("build", [envc, "build", "--out", str(folder / "out")])):
            samples = [measure(command, folder / "project") for _ in range(runs)]
            if any(code for _, _, code in samples):
                print(f"{task} of {size} services ended with exit code {samples[0][2]}", file=sys.stderr)
                sys.exit(1)
            yield f"{task} {size}", {"ms": round(statistics.median(s for s, _, _ in samples) * 1000, 1), "MiB": round(max(m for _, m, _ in samples), 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--envc", required=True)
    parser.add_argument("--sizes", default="1,1000,10000")
    parser.add_argument("--runs", type=int, default=0, help="0: 20 for small projects, 5 for large ones")
    parser.add_argument("--accept", action="store_true", help="write the figures to baseline.json")
    arguments = parser.parse_args()
    envc = os.path.abspath(arguments.envc)
    known = json.loads(BASELINE.read_text()) if BASELINE.is_file() else {}
    figures = {}
    print(f"{'project':<16}{'median ms':>12}{'peak MiB':>12}{'accepted ms':>14}{'accepted MiB':>14}")
    for size in (int(text) for text in arguments.sizes.split(",")):
        for name, row in bench(envc, size, arguments.runs or (20 if size < 100 else 5)):
            figures[name] = row
            before = known.get(name, {})
            print(f"{name:<16}{row['ms']:>12}{row['MiB']:>12}{before.get('ms', '-'):>14}{before.get('MiB', '-'):>14}", flush=True)
    if arguments.accept:
        BASELINE.write_text(json.dumps({**known, **figures}, indent=2) + "\n")


if __name__ == "__main__":
    main()
