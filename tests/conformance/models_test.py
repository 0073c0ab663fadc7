#!/usr/bin/env python3
"""The published models find what is wrong with the kinds of operators, which
kubectl does not know. models_test.py NPM_FOLDER: where run.py installed them."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OBJECTS = {
    "HTTPRoute": ("gateway.networking.k8s.io/v1", {"rules": [{"backendRefs": [{"name": "web", "port": 80}]}]}),
    "Gateway": ("gateway.networking.k8s.io/v1", {"gatewayClassName": "envoy", "listeners": [{"name": "http", "port": 80, "protocol": "HTTP"}]}),
    "Certificate": ("cert-manager.io/v1", {"secretName": "web-tls", "issuerRef": {"name": "letsencrypt"}}),
    "ExternalSecret": ("external-secrets.io/v1", {"secretStoreRef": {"name": "vault"}, "data": [{"secretKey": "A", "remoteRef": {"key": "a"}}]}),
    "PrometheusRule": ("monitoring.coreos.com/v1", {"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "up == 0"}]}]}),
    "ServiceMonitor": ("monitoring.coreos.com/v1", {"selector": {"matchLabels": {"app": "web"}}, "endpoints": [{"port": "http"}]}),
    "PodMonitor": ("monitoring.coreos.com/v1", {"selector": {"matchLabels": {"app": "web"}}, "podMetricsEndpoints": [{"port": "http"}]}),
}
# kind, what is laid over its spec, a part of the answer
BROKEN = [
    ("HTTPRoute", {"hostname": "a"}, "/spec/hostname: unknown field"),
    ("HTTPRoute", {"rules": [{"backendRefs": [{"port": 80}]}]}, "required property name"),
    ("HTTPRoute", {"rules": [{"timeouts": {"request": "30"}}]}, "must match pattern"),
    ("Gateway", {"listeners": [{"name": "http", "port": "80", "protocol": "HTTP"}]}, "must be"),
    ("Certificate", {"issuerRef": {"kind": "ClusterIssuer"}}, "required property name"),
    ("Certificate", {"dnsName": ["a"]}, "/spec/dnsName: unknown field"),
    ("ExternalSecret", {"data": [{"secretKey": "A", "remoteRef": {"property": "a"}}]}, "required property key"),
    ("ExternalSecret", {"target": {"creationPolicy": "Never"}}, "allowed values"),
    ("PrometheusRule", {"groups": [{"name": "g", "rules": [{"alert": "A"}]}]}, "required property expr"),
    ("ServiceMonitor", {"endpoints": [{"port": "http", "every": "30s"}]}, "unknown field"),
    ("PodMonitor", {"selector": None}, "selector"),
]


def document(kind, change):
    version, spec = OBJECTS[kind]
    merged = {key: value for key, value in {**spec, **change}.items() if value is not None}
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}, "spec": merged}


def main():
    folder, node = Path(sys.argv[1]), shutil.which("node")
    if not node or not (folder / "node_modules").is_dir():
        print("SKIPPED: node or the npm packages not found")
        return 1 if "CI" in os.environ else 0
    cases = [(kind, {}, None) for kind in OBJECTS] + BROKEN
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        files = []
        for index, (kind, change, _) in enumerate(cases):
            files.append(str(Path(work) / f"{index}.yaml"))
            Path(files[-1]).write_text(json.dumps(document(kind, change)))
        answer = json.loads(subprocess.run([node, folder / "validate.mjs", "kubernetes", *files], capture_output=True, text=True, check=True).stdout)
        for file, (kind, change, expected) in zip(files, cases):
            problems = answer[file]["problems"]
            if not any(expected in problem for problem in problems) if expected else problems:
                failed += 1
                print(f"FAILED {kind} {json.dumps(change)}: expected {expected}, found {problems}")
    print(f"{len(cases)} documents, {failed} judged wrongly")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
