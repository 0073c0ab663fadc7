"""Kubernetes manifests: kubectl's strict typed decoding, and the published
models' required and unknown fields. kubectl knows Kubernetes' own kinds only;
those of operators are judged by the models alone."""
import json
import re

from report import find_tool, run

# kubectl decodes the object and only then finds that it starts no containers.
DECODED = ("does not have a pod template", "could not find pod template")
# Groups of operators that validate.mjs has the models of.
OPERATORS = ("cert-manager.io", "external-secrets.io", "gateway.networking.k8s.io", "monitoring.coreos.com")
UNREGISTERED = re.compile(r'no kind "\w+" is registered for version "([^"/]+)/[^"]*"')


def harmless(line, models):
    """Whether a line of kubectl is no complaint; without models nobody else would judge an operator's kind."""
    unknown = UNREGISTERED.search(line)
    return not line.strip() or any(text in line for text in DECODED) or bool(unknown and models and unknown.group(1) in OPERATORS)


class Kubernetes:
    def __init__(self, report, node):
        self.report, self.node = report, node
        self.kubectl, version = find_tool("kubectl", "version", "--client")
        if self.kubectl:
            report.consumer("kubectl", version)
        else:
            report.skip("kubectl", "not found")

    def jobs(self, output):
        folder = output.folder / "kubernetes"
        if folder.is_dir():
            files = sorted(path for path in folder.rglob("*.yaml"))
            if self.kubectl:
                for path in files:
                    yield lambda path=path: self.decode(output, path)
            if self.node:
                yield lambda: self.models(output, files)

    def decode(self, output, path):
        name = f"{output.name}/{path.relative_to(output.folder)}"
        if path.name in ("kustomization.yaml", "kustomization.yml"):
            result = run([self.kubectl, "kustomize", path.parent])
            self.report.add("kubectl kustomize", name, [result.stderr] if result.returncode else [])
            return
        result = run([self.kubectl, "set", "env", "--local", "-f", path, "ENVC_PROBE=1", "-o", "name"])
        # it breaks the line behind a long name
        lines = result.stderr.replace("\n the object", " the object").splitlines()
        self.report.add("kubectl decode", name, [line for line in lines if not harmless(line, self.node)])

    def models(self, output, files):
        result = self.node("kubernetes", files)
        for path in files:
            problems = result[str(path)]["problems"] if str(path) in result else [json.dumps(result)[:500]]
            self.report.add("kubernetes-models", f"{output.name}/{path.relative_to(output.folder)}", problems)
