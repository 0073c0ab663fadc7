#!/usr/bin/env python3
"""Runs the scripts that make secrets' values: in empty folders, on files that
people filled in, and on files that they filled in wrongly.

secret_scripts.py --envc BINARY --work FOLDER
"""
import argparse
import os
import re
import shutil
import stat
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from report import Report, find_tool, run  # noqa: E402

HERE = Path(__file__).resolve().parent
# name -> (what its value is, how long)
MADE = {
    "HEX": (r"[0-9a-f]+", 64),
    "LINES": (r"[A-Za-z0-9+/]+=*", 88),
    "STANDARD": (r"[A-Za-z0-9+/]+=*", 44),
    "URL": (r"[A-Za-z0-9_-]+", 43),
    "PREFIXED": (r"tok_[0-9a-f]+", 36),
    "LONG": (r"[0-9a-f]+", 120),
    "PLAIN": (r"[0-9a-f]+", 48),
}
GIVEN = ["FREE", "GIVEN"]
INPUTS = ["VERSION"]  # in the file that Compose reads, and in no other
GOOD = "sk_live_" + "7" * 20


def values(text):
    """NAME -> value; a name that stands twice is a mistake of the test's."""
    pairs = [line.split("=", 1) for line in text.splitlines() if line and not line.startswith("#")]
    assert len(pairs) == len(dict(pairs)), text
    return dict(pairs)


class Script:
    """One script under one shell, in a folder of its own."""

    def __init__(self, shell, script, folder, file):
        self.shell, self.script, self.folder, self.file = shell, script, folder, folder / file
        self.inputs = INPUTS if file == ".env" else []
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.problems = []

    def run(self, *arguments, path=None, **variables):
        clean = {name: value for name, value in os.environ.items() if name not in INPUTS}
        return run([*self.shell, self.script, *arguments], cwd=self.folder, env={**clean, "PATH": path or clean["PATH"], **variables})

    def expect(self, holds, what, result=None):
        if not holds:
            self.problems.append(what + (f"\n{result.stdout}{result.stderr}" if result else ""))

    def text(self):
        return self.file.read_text() if self.file.exists() else ""

    def fresh(self):
        result = self.run()
        self.expect(result.returncode == 0, f"a fresh folder: exit {result.returncode}", result)
        found = values(self.text())
        self.expect(sorted(found) == sorted([*MADE, *GIVEN, *self.inputs]), f"the names are {sorted(found)}")
        for name, (pattern, length) in MADE.items():
            value = found.get(name, "")
            self.expect(re.fullmatch(pattern, value) and len(value) == length, f"{name}: {len(value)} characters, not {length}, or not {pattern}")
        self.expect(all(found.get(name) == "" for name in [*GIVEN, *self.inputs]), "what nobody makes is not empty")
        self.expect("# It's given by the provider of `payments`; at least 20 characters, starts with sk_" in self.text(), "what GIVEN must be like is not said")
        self.expect("still to fill in: GIVEN FREE" in result.stdout, "what is to fill in is not listed", result)
        self.expect(("nothing starts without it: VERSION" if self.inputs else "when a release runs: VERSION") in result.stdout, "inputs are not listed", result)
        mode = stat.S_IMODE(self.file.stat().st_mode)
        self.expect(mode == 0o600, f"others may read the file: {mode:o}")
        self.expect(not any(value and value in result.stdout + result.stderr for value in found.values()), "a value is printed")
        before = self.text()
        again = self.run()
        self.expect(again.returncode == 0 and self.text() == before, "a second run changes the file", again)
        check = self.run("--check")
        self.expect(check.returncode == 1 and self.text() == before, "--check passes what is still to fill in", check)
        self.file.write_text(before.replace("GIVEN=", "GIVEN=" + GOOD).replace("FREE=", "FREE=anything"))
        if self.inputs:
            check = self.run("--check")
            self.expect(check.returncode == 1 and "VERSION=… ./generate-env.sh" in check.stdout, "--check passes an input without a value", check)
            self.file.write_text(self.text().replace("VERSION=", "VERSION=1.2.0"))
        check = self.run("--check")
        self.expect(check.returncode == 0, "--check refuses a file that is filled in", check)

    def kept(self):
        start = "# mine\nHEX=" + "a" * 64 + "\nOTHER=stays\nexport FREE=x y z\nGIVEN=" + GOOD  # no line break at the end
        self.file.write_text(start)
        result = self.run()
        text = self.text()
        self.expect(result.returncode == 0 and text.startswith(start + "\n"), "what was there does not stay", result)
        self.expect(sorted(values(text)) == sorted([*MADE, "GIVEN", "OTHER", "export FREE", *self.inputs]), "what was missing is not appended", result)

    def release(self):
        """An input is noted when it is given, stays when it is not, and changes with the next release."""
        self.run(VERSION="1.2.0")
        first = self.text()
        self.expect(first.endswith("\nVERSION=1.2.0\n"), "the input that was given is not noted")
        again = self.run()
        self.expect(self.text() == first and "nothing to add" in again.stdout, "a run without a value changes the input", again)
        check = self.run("--check", VERSION="1.3.0")
        self.expect(self.text() == first, "--check writes", check)
        newer = self.run(VERSION="1.3.0-rc.1+b/7")
        self.expect(self.text() == first.replace("VERSION=1.2.0", "VERSION=1.3.0-rc.1+b/7"), "the next release does not change its input alone", newer)
        self.expect("changed VERSION" in newer.stdout, "what was changed is not said", newer)
        self.expect(stat.S_IMODE(self.file.stat().st_mode) == 0o600, "others may read the file after a release")
        self.expect([file.name for file in self.folder.iterdir()] == [self.file.name], "something is left behind")
        before = self.text()
        wrong = self.run(VERSION="1 $(id)")
        self.expect(wrong.returncode == 1 and self.text() == before, "a value that needs quotes is written", wrong)

    def empty_lines(self):
        self.file.write_text("HEX=\n")
        result = self.run()
        self.expect(result.returncode == 0 and values(self.text())["HEX"] == "", "an empty line was not left alone", result)
        self.expect("delete these lines to have values made: HEX" in result.stdout, "the way out is not said", result)

    def refused(self, line, complaint, value):
        self.file.write_text(line + "\n")
        for arguments in ([], ["--check"]):
            result = self.run(*arguments)
            self.expect(result.returncode == 1, f"{line}: exit {result.returncode}", result)
            self.expect(complaint in result.stderr, f"{line}: not said: {complaint}", result)
            self.expect(value not in result.stdout + result.stderr, f"{line}: the value is printed")
            self.expect(self.text() == line + "\n", f"{line}: the file was changed")

    def wrong(self, quoted):
        self.refused("STANDARD=changeme", "STANDARD has a value that must never be used", "changeme")
        self.refused("HEX=" + "b" * 63, "HEX is shorter than 64 characters", "b" * 63)
        self.refused("GIVEN=pk_live_" + "7" * 20, "GIVEN does not start with sk_", "pk_live")
        self.refused("GIVEN=it's $HOME, isn't it", "GIVEN has a value that must never be used", "$HOME")
        self.refused("STANDARD=" + "c" * 44 + "\nSTANDARD=changeme", "STANDARD has a value that must never be used", "changeme")
        if quoted:
            for quote in "\"'":
                self.refused(f"STANDARD={quote}changeme{quote}", "STANDARD has a value that must never be used", "changeme")
            self.refused("STANDARD=\"changeme", "STANDARD is shorter than 44 characters", "changeme")

    def without_openssl(self):
        tools = self.folder / "tools"
        tools.mkdir()
        for name in ("sed", "grep", "tail", "tr", self.shell[0]):
            (tools / name).symlink_to(shutil.which(name))
        result = self.run(path=str(tools))
        self.expect(result.returncode == 1 and not self.file.exists(), "without openssl something was written", result)
        self.expect("nothing was made for HEX" in result.stderr, "that nothing was made is not said", result)

    def arguments(self):
        result = self.run("other.env")
        self.expect(result.returncode == 0 and not self.file.exists() and (self.folder / "other.env").exists(), "the named file was not made", result)
        for wrong in (["--force"], ["a", "b"], ["--check", "a", "b"], [""]):
            self.expect(self.run(*wrong).returncode == 2, f"{wrong}: not refused")
        self.expect(self.run(".").returncode == 1, "a folder: not refused")


def consumer_reads(report, script, kubectl):
    """kubectl takes the file as it is: each name once, each value as it was made."""
    file = script.folder / "secrets.env"
    script.run()
    result = run([kubectl, "create", "secret", "generic", "x", f"--from-env-file={file}", "--dry-run=client", "-o", "json"])
    problems = [result.stdout + result.stderr] if result.returncode else []
    if not problems:
        import base64
        import json
        data = json.loads(result.stdout)["data"]
        read = {name: base64.b64decode(value or "").decode() for name, value in data.items()}
        if read != values(file.read_text()):
            problems.append(f"kubectl reads other names or values: {sorted(read)}")
    report.add("kubectl --from-env-file", "staging", problems)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--envc", required=True, type=Path)
    parser.add_argument("--work", required=True, type=Path)
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    report = Report(set(os.environ.get("ENVC_CONFORMANCE_OPTIONAL", "").split()))
    built = run([arguments.envc.resolve(), "build", HERE / "secret_scripts", "--out", work / "out"])
    report.add("envc build", "secret_scripts", [built.stdout + built.stderr] if built.returncode else [])
    if not find_tool("openssl", "version")[0]:
        report.skip("openssl", "not found")
        return report.finish()
    shells = [shell for shell in (["sh"], ["dash"], ["bash", "--posix"]) if shutil.which(shell[0])]
    scripts = [(work / "out/local/compose/generate-env.sh", ".env"), (work / "out/staging/kubernetes/generate-secrets.sh", "secrets.env")]
    for script, file in scripts:
        if not os.access(script, os.X_OK):
            report.add("script", script.name, ["it is missing or not executable"])
            continue
        for shell in shells:
            for name in ("fresh", "kept", *(["release"] if file == ".env" else []), "empty_lines", "wrong", "without_openssl", "arguments"):
                one = Script(shell, script, work / "run" / script.name / shell[0] / name, file)
                getattr(one, name)(*([file == ".env"] if name == "wrong" else []))
                report.add(" ".join(shell), f"{script.name} {name}", one.problems)
    shellcheck, _ = find_tool("shellcheck", "--version")
    if shellcheck:
        result = run([shellcheck, "--shell", "sh", *(script for script, _ in scripts)])
        report.add("shellcheck", "secret_scripts", [result.stdout + result.stderr] if result.returncode else [])
    else:
        report.skip("shellcheck", "not found")
    kubectl, version = find_tool("kubectl", "version", "--client")
    if kubectl:
        report.consumer("kubectl", version)
        consumer_reads(report, Script(["sh"], scripts[1][0], work / "run/kubectl", scripts[1][1]), kubectl)
    else:
        report.skip("kubectl", "not found")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
