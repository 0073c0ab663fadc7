"""Every YAML file means one thing: PyYAML (1.1), npm's yaml (1.2) and kubectl's
Go reader agree on it, and yamllint has nothing to say."""
import datetime
import json

from report import find_tool, run

LINT = ("{extends: default, rules: {line-length: disable, document-start: disable, comments: {min-spaces-from-content: 1}, "
        "comments-indentation: disable, truthy: {check-keys: false}, braces: {max-spaces-inside: 1}}}")


def plain(value):
    """A value as JSON has it; what YAML 1.1 alone reads otherwise shows up as a difference."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.datetime, bytes)):
        return f"<{type(value).__name__}>"
    return value


def differences(one, other, path=""):
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            if key not in one or key not in other:
                yield f"{path}/{key}: only one reader sees it"
            else:
                yield from differences(one[key], other[key], f"{path}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(one, other)):
            yield from differences(left, right, f"{path}/{index}")
    elif type(one) is not type(other) or one != other:
        if not (isinstance(one, (int, float)) and isinstance(other, (int, float)) and not isinstance(one, bool) and one == other):
            yield f"{path}: {one!r} and {other!r}"


def json_sequence(text):
    decoder, at, out = json.JSONDecoder(), 0, []
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        value, at = decoder.raw_decode(text, at)
        out.extend(value["items"] if value.get("kind") == "List" else [value])
    return out


class YamlFiles:
    def __init__(self, report, node, kubectl):
        self.report, self.node, self.kubectl = report, node, kubectl
        try:
            import yaml
            self.yaml = yaml
            report.consumer("PyYAML", yaml.__version__)
        except ImportError:
            self.yaml = None
            report.skip("PyYAML", "not found")
        self.yamllint, version = find_tool("yamllint", "--version")
        if self.yamllint:
            report.consumer("yamllint", version)
        else:
            report.skip("yamllint", "not found")

    def jobs(self, output):
        files = sorted(path for path in output.folder.rglob("*") if path.suffix in (".yaml", ".yml"))
        if files:
            yield lambda: self.judge(output, files)

    def judge(self, output, files):
        node = self.node("yaml", files) if self.node else {}
        for path in files:
            name = f"{output.name}/{path.relative_to(output.folder)}"
            seen = {}
            if self.yaml:
                try:
                    seen["PyYAML"] = plain(list(self.yaml.safe_load_all(path.read_text(encoding="utf-8"))))
                except self.yaml.YAMLError as error:
                    self.report.add("YAML readers", name, [f"PyYAML: {error}"])
                    continue
            if str(path) in node:
                if node[str(path)]["problems"]:
                    self.report.add("YAML readers", name, ["npm yaml: " + text for text in node[str(path)]["problems"]])
                    continue
                seen["npm yaml"] = node[str(path)]["documents"]
            if self.kubectl and path.parent.name == "kubernetes" and not path.name.startswith("kustomization"):
                seen["kubectl"] = self.go_reader(path)
            problems = []
            readers = list(seen)
            for reader in readers[1:]:
                problems += [f"{readers[0]} and {reader} differ at {text}" for text in differences(seen[readers[0]], seen[reader])]
            self.report.add("YAML readers", name, problems)
        if self.yamllint:
            result = run([self.yamllint, "-s", "-f", "parsable", "-d", LINT, *files])
            self.report.add("yamllint", output.name, (result.stdout + result.stderr).splitlines() if result.returncode else [])

    def go_reader(self, path):
        result = run([self.kubectl, "label", "--local", "-f", path, "envc-probe=1", "-o", "json"])
        documents = json_sequence(result.stdout)
        for document in documents:
            document["metadata"]["labels"].pop("envc-probe", None)
            if not document["metadata"]["labels"]:
                del document["metadata"]["labels"]
        return documents
