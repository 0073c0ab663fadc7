"""The rules that checkers of Kubernetes manifests demand, over all manifests of an
environment together. `python3 -m kubernetes_rules FOLDER` judges one folder."""
from . import containers, entrances, jobs, objects, security, traffic, workloads  # noqa: F401: they register their rules
from .cluster import Cluster, Object, read
from .registry import ALLOW, RULES, judge

__all__ = ["ALLOW", "RULES", "Cluster", "KubernetesRules", "Object", "judge", "read"]


class KubernetesRules:
    """A consumer of the conformance run: one check for each rule and environment."""

    def __init__(self, report):
        self.report = report
        try:
            import yaml
            report.consumer("kubernetes rules", f"{len(RULES)} rules, PyYAML {yaml.__version__}")
            self.usable = True
        except ImportError:
            report.skip("kubernetes rules", "PyYAML not found")
            self.usable = False

    def jobs(self, output):
        folder = output.folder / "kubernetes"
        if self.usable and folder.is_dir():
            yield lambda: self.check(output.name, folder)

    def check(self, name, folder):
        found = judge(read(folder))
        for rule in RULES.values():
            texts = [str(finding) for finding in found if finding.rule == rule.id]
            self.report.add("kubernetes rules", f"{name}: {rule.id}: {rule.sentence}", texts)
