#!/usr/bin/env python3
"""Builds the examples into a work folder and lets the real consumers judge what
was written, and what the goldens expect: terraform, kubectl, promtool, botocore,
cfn-lint, compose's rules, nginx, YAML readers, shellcheck.

run.py --envc BINARY --work FOLDER [--only CONSUMER]… [EXAMPLE FOLDER]…
"""
import argparse
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True

from compose import Compose  # noqa: E402
from ecs import Ecs  # noqa: E402
from kubernetes import Kubernetes  # noqa: E402
from kubernetes_rules import KubernetesRules  # noqa: E402
from nginx import Nginx  # noqa: E402
from npm_reader import npm_reader  # noqa: E402
from prometheus import Prometheus  # noqa: E402
from report import Report, run  # noqa: E402
from shell import Shell  # noqa: E402
from terraform import Terraform  # noqa: E402
from yaml_files import YamlFiles  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CONSUMERS = ["terraform", "kubernetes", "kubernetes-rules", "prometheus", "ecs", "compose", "nginx", "yaml", "shellcheck"]
# Consumers whose absence is no failure where CI is set.
OPTIONAL = set(os.environ.get("ENVC_CONFORMANCE_OPTIONAL", "").split())


@dataclass
class Output:
    """What was written for one environment of one example or golden."""
    name: str
    folder: Path
    is_example: bool
    plan: Path  # what Terraform's plan of it must hold, if there is such a file


def build(envc, examples, work, report):
    outputs = []
    for example in examples:
        out = work / "out" / example.name
        shutil.rmtree(out, ignore_errors=True)
        result = run([envc, "build", example, "--out", out])
        report.add("envc build", example.name, [result.stdout + result.stderr] if result.returncode else [])
        if out.is_dir():
            outputs += [Output(f"{example.name}/{path.name}", path, True, example / "plan" / f"{path.name}.json")
                        for path in sorted(out.iterdir()) if path.is_dir()]
    return outputs


def goldens():
    """The trees that the folder goldens expect; nothing has to be built."""
    root = ROOT / "tests/golden"
    folders = sorted(path for expected in root.rglob("expected") for path in expected.iterdir() if path.is_dir())
    return [Output("golden/" + path.relative_to(root).as_posix().replace("/expected/", "/"), path, False,
                   path.parents[1] / "plan" / f"{path.name}.json") for path in folders]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--envc", required=True, type=Path)
    parser.add_argument("--work", required=True, type=Path)
    parser.add_argument("--only", action="append", default=[], choices=CONSUMERS)
    parser.add_argument("examples", nargs="*", type=Path)
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    (work / "terraform").mkdir(exist_ok=True)
    examples = arguments.examples or sorted(path.parent for path in ROOT.glob("examples/*/*.envc"))
    examples = sorted({path.resolve() for path in examples})

    report = Report(OPTIONAL)
    outputs = build(arguments.envc.resolve(), examples, work, report)
    report.add("examples", "all", [] if outputs else ["no example wrote anything: nothing was judged"])
    outputs += [] if arguments.examples else goldens()
    sources = {output.plan.parent for output in outputs}
    orphans = sorted({str(path) for source in sources for path in source.glob("*.json")} - {str(output.plan) for output in outputs})
    report.add("facts of a plan", "all", [f"{path}: nothing was written for an environment of that name" for path in orphans])
    wanted = set(arguments.only) or set(CONSUMERS)
    node = npm_reader(report, work) if wanted & {"kubernetes", "yaml"} else None
    kubernetes = Kubernetes(report, node) if wanted & {"kubernetes", "yaml"} else None
    consumers = []
    if "terraform" in wanted:
        consumers.append(Terraform(report, work))
    if "kubernetes" in wanted:
        consumers.append(kubernetes)
    if "prometheus" in wanted:
        consumers.append(Prometheus(report, work))
    if "kubernetes-rules" in wanted:
        consumers.append(KubernetesRules(report))
    if "ecs" in wanted:
        consumers.append(Ecs(report, work))
    if "compose" in wanted:
        consumers.append(Compose(report, work))
    if "nginx" in wanted:
        consumers.append(Nginx(report, work))
    if "yaml" in wanted:
        consumers.append(YamlFiles(report, node, kubernetes.kubectl))
    if "shellcheck" in wanted:
        consumers.append(Shell(report))

    def guarded(job):
        try:
            job()
        except Exception as error:  # a broken check is a failed check
            report.add("the runner", type(error).__name__, [str(error)])

    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        list(pool.map(guarded, [job for consumer in consumers for output in outputs for job in consumer.jobs(output)]))
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
