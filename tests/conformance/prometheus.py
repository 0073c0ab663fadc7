"""Rules of Prometheus, as manifests carry them: promtool parses every expression and
template, and plays the series of prometheus_tests/NAME.yml against the rules of golden NAME."""
import os
from pathlib import Path

from report import find_tool, run

try:
    import yaml
except ImportError:
    yaml = None

TESTS = Path(__file__).parent / "prometheus_tests"


def groups_of(folder):
    """The groups of all PrometheusRule objects of an environment."""
    groups = []
    for path in sorted(folder.rglob("*.yaml")):
        for document in yaml.safe_load_all(path.read_text()):
            if isinstance(document, dict) and document.get("kind") == "PrometheusRule":
                groups += document["spec"]["groups"]
    return groups


class Prometheus:
    def __init__(self, report, work):
        self.report, self.work = report, work / "prometheus"
        self.promtool, version = find_tool(os.environ.get("ENVC_PROMTOOL", "promtool"), "--version")
        if not self.promtool:
            report.skip("promtool", "not found (Debian's package `prometheus` has it)")
        elif yaml is None:
            self.promtool = None
            report.skip("promtool", "no PyYAML to read manifests with")
        else:
            report.consumer("promtool", version)
            self.work.mkdir(parents=True, exist_ok=True)

    def jobs(self, output):
        folder = output.folder / "kubernetes"
        if self.promtool and folder.is_dir():
            yield lambda: self.judge(output, folder)

    def judge(self, output, folder):
        groups = groups_of(folder)
        if not groups:
            return
        name = output.name.replace("/", "_")
        rules = self.work / f"{name}.rules.yml"
        rules.write_text(yaml.safe_dump({"groups": groups}, sort_keys=False))
        result = run([self.promtool, "check", "rules", rules])
        self.report.add("promtool check rules", output.name, [result.stdout + result.stderr] if result.returncode else [])
        series = TESTS / f"{name}.yml"
        if series.exists():
            test = self.work / f"{name}.test.yml"
            test.write_text(series.read_text().replace("RULES", str(rules)))
            result = run([self.promtool, "test", "rules", test])
            self.report.add("promtool test rules", output.name, [result.stdout + result.stderr] if result.returncode else [])
