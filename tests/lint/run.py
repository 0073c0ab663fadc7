#!/usr/bin/env python3
"""run.py [CHECK…]: the house's rules that no compiler holds. No argument: all."""
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True

import coverage  # noqa: E402
import layers  # noqa: E402
import names  # noqa: E402
import texts  # noqa: E402
from cpp_source import ROOT  # noqa: E402


def check_shell():
    if not shutil.which("shellcheck"):
        print("SKIPPED: shellcheck not found")
        return []
    scripts = ["dev", ".ci/run"] + [path.relative_to(ROOT).as_posix() for path in texts.tracked() if path.suffix == ".sh"]
    scripts = [script for script in scripts if "/out/" not in script and "/expected/" not in script]
    result = subprocess.run(["shellcheck", *scripts], cwd=ROOT, capture_output=True, text=True)
    return result.stdout.splitlines() if result.returncode else []


CHECKS = {
    "layers": layers.check,
    "names": names.check,
    "sizes": texts.check_sizes,
    "heads": texts.check_heads,
    "readmes": texts.check_readmes,
    "diagnostics": texts.check_diagnostics,
    "coverage": coverage.check,
    "words": texts.check_words,
    "shell": check_shell,
}


def main():
    wanted = sys.argv[1:] or list(CHECKS)
    failed = 0
    for name in wanted:
        problems = CHECKS[name]()
        for problem in problems:
            print(problem)
        print(f"{name}: {len(problems)} problems" if problems else f"{name}: good")
        failed += bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
