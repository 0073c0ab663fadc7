"""What the conformance run found: consumers with their versions, checks that
hold or fail, consumers that were skipped."""
import os
import shutil
import subprocess
import threading


def run(command, **options):
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)


def find_tool(name, *version_arguments):
    """(path, first line of the version), or (None, "")."""
    path = shutil.which(name)
    if not path:
        return None, ""
    result = run([path, *version_arguments])
    lines = (result.stdout or result.stderr).strip().splitlines()
    return path, lines[0].strip() if lines else ""


class Report:
    def __init__(self, optional):
        self.lock = threading.Lock()
        self.optional = optional
        self.held = {}
        self.failures = []
        self.skipped = []

    def consumer(self, name, version):
        print(f"-- {name}: {version}", flush=True)

    def skip(self, name, why):
        print(f"SKIPPED: {name}: {why}", flush=True)
        self.skipped.append(name)

    def add(self, consumer, subject, problems):
        with self.lock:
            if problems:
                self.failures.append((consumer, subject))
                print(f"FAILED {consumer} {subject}", flush=True)
                for problem in problems[:40]:
                    print("    " + str(problem).rstrip().replace("\n", "\n    "), flush=True)
            else:
                self.held[consumer] = self.held.get(consumer, 0) + 1

    def finish(self):
        print()
        for consumer in sorted(self.held.keys() | {name for name, _ in self.failures}):
            failed = sum(name == consumer for name, _ in self.failures)
            print(f"{consumer}: {self.held.get(consumer, 0)} hold, {failed} fail")
        blocking = [name for name in self.skipped if name not in self.optional] if os.environ.get("CI") else []
        print(f"{sum(self.held.values())} checks hold, {len(self.failures)} fail, {len(self.skipped)} consumers skipped")
        if blocking:
            print(f"CI is set and these are not optional: {', '.join(blocking)}")
        return 1 if self.failures or blocking else 0
