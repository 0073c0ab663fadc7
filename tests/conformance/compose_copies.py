"""The scripts that make copies of stores on Docker Compose, run by a shell: a copy has its name
when it is whole; a tool that fails leaves nothing behind and takes no older copy away. The
stores' tools are stubs that write what they are told to, and fail when they are told to."""
import os
import re
import shutil
import time

from report import run

TOOL = """#!/bin/sh
echo data > "$FILE"
exit "${STATUS:-0}"
"""
# Writes behind `-o`, and answers as a vector store that has made a snapshot.
CURL = """#!/bin/sh
for word; do
  if [ "${before:-}" = -o ]; then echo data > "$word"; fi
  before=$word
done
echo '{"result":{"name":"snapshot-1"}}'
exit "${STATUS:-0}"
"""
STUBS = {**dict.fromkeys(("pg_dump", "mysqldump", "mongodump", "redis-cli"), TOOL), "curl": CURL}
DAY = 86400


class Copies:
    def __init__(self, report, work):
        self.report = report
        self.work = work / "copies"

    def judge(self, subject, model):
        for name, service in model["services"].items():
            words = service.get("entrypoint") or []
            if not any(mount.get("target") == "/backups" for mount in service.get("volumes") or [] if isinstance(mount, dict)) or "-mtime" not in words[-1]:
                continue
            folder = self.work / subject.replace("/", "-") / name
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "bin").mkdir(parents=True)
            for stub, text in STUBS.items():
                (folder / "bin" / stub).write_text(text)
                (folder / "bin" / stub).chmod(0o755)
            self.report.add("copies", f"{subject} {name}", list(self.problems(words, service.get("environment") or {}, folder)))

    def problems(self, words, variables, folder):
        script = words[2].replace("$$", "$").replace("/backups", str(folder / "backups"))
        kept = folder / re.search(r"folder=\S*?(backups/\S+)", script)[1]
        days = int(re.search(r"-mtime \+(\d+)", script)[1]) + 1

        def make(status):
            return run([words[0], words[1], script], env={**dict.fromkeys(variables, "x"), "PATH": f"{folder}/bin:{os.environ['PATH']}", "STATUS": str(status)})

        def older(age):
            path = kept / f"{kept.name}-{age}.old"
            path.write_text("data")
            os.utime(path, (time.time() - age * DAY,) * 2)
            return path

        kept.mkdir(parents=True)
        gone, stays = older(days + 0.1), older(days - 0.1)
        failed = make(3)
        left = {path.name for path in kept.iterdir()}
        if not failed.returncode or left != {gone.name, stays.name}:
            yield f"a tool failed: exit code {failed.returncode}, left {sorted(left)}"
        done = make(0)
        left = {path.name for path in kept.iterdir()}
        new = left - {gone.name, stays.name}
        if done.returncode or gone.name in left or stays.name not in left:
            yield f"exit code {done.returncode}, left {sorted(left)}: {done.stderr}"
        if len(new) != 1 or not re.fullmatch(re.escape(kept.name) + r"-\d{8}T\d{6}Z\.[a-z.]+", min(new, default="")):
            yield f"a copy was expected: {sorted(new)}"
        elif (kept / min(new)).stat().st_mode & 0o077:
            yield "others may read the copy"
