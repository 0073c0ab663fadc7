#!/usr/bin/env python3
# Every text that some YAML reader once took for something else, printed by the
# Kubernetes backend and read back by PyYAML (YAML 1.1), npm's yaml (1.2) and
# kubectl (Go). All must see the same strings. A reader that is missing is
# reported as SKIPPED; with CI set, PyYAML and kubectl must be there.
# Usage: yaml_strings.py PATH_OF_test_backends
import json
import os
import shutil
import subprocess
import sys
import tempfile

REQUIRED = {"PyYAML", "kubectl"}


class Missing(Exception):
    pass


def with_pyyaml(path):
    try:
        import yaml
    except ImportError:
        raise Missing()
    with open(path, encoding="utf-8", newline="") as file:
        return yaml.safe_load(file)


def with_npm_yaml(path):
    node = shutil.which("node")
    script = "const y=require('yaml');process.stdout.write(JSON.stringify(y.parse(require('fs').readFileSync(process.argv[1],'utf8'))))"
    here = os.path.dirname(os.path.abspath(__file__))
    if node is None or subprocess.run([node, "-e", "require('yaml')"], cwd=here, capture_output=True).returncode != 0:
        raise Missing()
    return json.loads(subprocess.run([node, "-e", script, path], cwd=here, check=True, capture_output=True).stdout)


def with_kubectl(path):
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        raise Missing()
    command = [kubectl, "set", "env", "--local", "-f", path, "B=b", "-o", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def problems(tree, texts):
    """What a reader got wrong, one line each."""
    annotations = tree["metadata"]["annotations"]
    for text in texts:
        if annotations.get(text) != text:
            yield f"annotation {text!r} was read as {annotations.get(text)!r}"
    if len(annotations) != len(texts):
        yield f"{len(annotations)} annotations, expected {len(texts)}"
    items = tree["spec"]["containers"][0]["ports"]
    for text, item in zip(texts, items[1::2]):
        if json.loads(item["name"]) != [text]:
            yield f"JSON of {text!r} was read as {item['name']!r}"
    if "value" in items[0]:
        for text, item in zip(texts, items[0::2]):
            if item["value"] != text:
                yield f"value {text!r} was read as {item['value']!r}"


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, ENVC_YAML_STRINGS=folder)
        subprocess.run([sys.argv[1], "--gtest_filter=Yaml.FileForOtherReaders"], env=environment, check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(folder, "texts.json"), encoding="utf-8") as file:
            texts = json.load(file)
        for name, read in (("PyYAML", with_pyyaml), ("npm yaml", with_npm_yaml), ("kubectl", with_kubectl)):
            try:
                tree = read(os.path.join(folder, "pod.yaml"))
            except Missing:
                print(f"SKIPPED: {name} not found")
                failed = failed or (name in REQUIRED and "CI" in os.environ)
                continue
            found = list(problems(tree, texts))
            failed = failed or bool(found)
            print(f"{name}: {len(texts)} texts, {len(found)} problems")
            for line in found:
                print("  " + line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
