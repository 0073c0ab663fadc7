"""Kubernetes manifests: kubectl's strict typed decoding, and the published
models' required and unknown fields."""
import json

from report import find_tool, run

# kubectl decodes the object and only then finds that it starts no containers.
DECODED = ("does not have a pod template", "could not find pod template")


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
        problems = [line for line in result.stderr.replace("\n the object", " the object").splitlines() if line.strip() and not any(text in line for text in DECODED)]
        self.report.add("kubectl decode", name, problems)

    def models(self, output, files):
        result = self.node("kubernetes", files)
        for path in files:
            problems = result[str(path)]["problems"] if str(path) in result else [json.dumps(result)[:500]]
            self.report.add("kubernetes-models", f"{output.name}/{path.relative_to(output.folder)}", problems)
