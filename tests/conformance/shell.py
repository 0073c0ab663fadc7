"""Shell scripts: shellcheck finds nothing, and they say that they may be run."""
import os

from report import find_tool, run


class Shell:
    def __init__(self, report):
        self.report = report
        self.shellcheck, version = find_tool("shellcheck", "--version")
        if self.shellcheck:
            lines = run([self.shellcheck, "--version"]).stdout.splitlines()
            report.consumer("shellcheck", next((line for line in lines if line.startswith("version:")), version))
        else:
            report.skip("shellcheck", "not found")

    def jobs(self, output):
        for path in sorted(output.folder.rglob("*.sh")) if self.shellcheck else []:
            yield lambda path=path: self.judge(output, path)

    def judge(self, output, path):
        result = run([self.shellcheck, "--shell", "sh", path])
        problems = [result.stdout + result.stderr] if result.returncode else []
        text = path.read_text(encoding="utf-8")
        # what a golden expects is kept without its mode
        if output.is_example and text.startswith("#!") and not os.access(path, os.X_OK):
            problems.append("it begins with #! and is not executable")
        self.report.add("shellcheck", f"{output.name}/{path.relative_to(output.folder)}", problems)
