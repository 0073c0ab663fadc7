"""Compose files: the specification's forms, and what `docker compose config`
finds beyond them (references, cycles, one source per secret, interpolation)."""
import os
import re

from compose_rules import document
from compose_copies import Copies
from report import find_tool, run

# After `$$` is taken away: a dollar begins ${NAME…} or $NAME, or is a mistake.
DOLLAR = re.compile(r"\$(?!\{[A-Za-z_][A-Za-z0-9_]*(:?[-?+][^}]*(\{[^}]*\}[^}]*)*)?\}|[A-Za-z_])")


def strings_of(value, path=""):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from strings_of(item, f"{path}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from strings_of(item, f"{path}/{index}")
    elif isinstance(value, str):
        yield path, value


def names_of(value):
    """The names in a short list, a long list or a map."""
    for item in value or []:
        yield item if isinstance(item, str) else item.get("source", "")


def mount_of(item):
    """(named volume or None, target)."""
    if isinstance(item, dict):
        return (item.get("source") if item.get("type") == "volume" else None), item.get("target")
    parts = item.split(":")
    if len(parts) == 1:
        return None, parts[0]
    return (None if parts[0].startswith((".", "/", "~", "$")) else parts[0]), parts[1]


def consistency(model):
    problems = []
    services = model.get("services") or {}
    for kind in ("secrets", "configs"):
        for name, item in (model.get(kind) or {}).items():
            sources = [key for key in ("file", "environment", "external", "content") if item.get(key)]
            if len(sources) != 1:
                problems.append(f"/{kind}/{name}: exactly one source was expected, not {sources}")
    for name, service in services.items():
        where = f"/services/{name}"
        if "image" not in service and "build" not in service:
            problems.append(f"{where}: neither image nor build")
        problems += [f"{where}: {problem}" for problem in network(service, services)]
        if service.get("container_name") and (service.get("deploy") or {}).get("replicas", 1) > 1:
            problems.append(f"{where}: container_name with several replicas")
        for kind in ("networks", "secrets", "configs"):
            for used in names_of(service.get(kind)):
                if used not in (model.get(kind) or {}) and (kind, used) != ("networks", "default"):
                    problems.append(f"{where}/{kind}: `{used}` is not defined")
        targets = set()
        for target in [*(item.split(":")[0] for item in service.get("tmpfs") or []), *(
                item["target"] for kind in ("configs", "secrets") for item in service.get(kind) or [] if isinstance(item, dict) and "target" in item)]:
            if target in targets:
                problems.append(f"{where}: two mounts on {target}")
            targets.add(target)
        for item in service.get("volumes") or []:
            source, target = mount_of(item)
            if isinstance(item, dict) and item.get("type") == "volume" and not source:
                problems.append(f"{where}/volumes: the volume on {target} has no name, so its data would not be found again")
            if source and source not in (model.get("volumes") or {}):
                problems.append(f"{where}/volumes: `{source}` is not defined")
            if target in targets:
                problems.append(f"{where}/volumes: two mounts on {target}")
            targets.add(target)
        depends = service.get("depends_on") or {}
        for other in depends:
            condition = depends[other].get("condition") if isinstance(depends, dict) else "service_started"
            if other not in services:
                problems.append(f"{where}/depends_on: `{other}` is not defined")
            elif condition == "service_healthy" and "healthcheck" not in services[other]:
                problems.append(f"{where}/depends_on: `{other}` has no healthcheck to wait for")
            elif condition == "service_completed_successfully" and services[other].get("restart") != "no":
                problems.append(f"{where}/depends_on: `{other}` is started again when it ends, so it never completes")
            elif services[other].get("profiles") and not set(services[other]["profiles"]) & set(service.get("profiles") or []):
                problems.append(f"{where}/depends_on: `{other}` is in a profile that `{name}` is not in")
        test = (service.get("healthcheck") or {}).get("test")
        if isinstance(test, list) and (not test or test[0] not in ("NONE", "CMD", "CMD-SHELL")):
            problems.append(f"{where}/healthcheck/test: begins with {test[:1]}")
    return problems + published_twice(services) + unreached(model, services) + unused(model, services) + cycles(services)


def network(service, services):
    """What cannot go together in one service."""
    mode = service.get("network_mode", "")
    if mode and service.get("networks"):
        yield "network_mode and networks"
    if mode.startswith("service:"):
        if mode[8:] not in services:
            yield f"network_mode: `{mode[8:]}` is not defined"
        if service.get("ports") or service.get("expose") or service.get("hostname"):
            yield "ports and a host name belong to the service whose network it shares"


def published_twice(services):
    """Two services that start together cannot have one port of the machine."""
    seen, problems = {}, []
    for name, service in services.items():
        for port in service.get("ports") or []:
            key = (port.get("published"), port.get("protocol", "tcp")) if isinstance(port, dict) else (str(port), "tcp")
            if key[0] and key in seen:
                problems.append(f"/services: {seen[key]} and {name} are both published on {key[0]}")
            seen[key] = name
    return problems


def unreached(model, services):
    """Addresses of services in variables, from where the service is not seen."""
    problems = []
    for name, service in services.items():
        mode = service.get("network_mode", "")
        joined = set(names_of((services.get(mode[8:], {}) if mode.startswith("service:") else service).get("networks") or ["default"]))
        for path, value in strings_of({"environment": service.get("environment"), "entrypoint": service.get("entrypoint")}):
            for host in re.findall(r"://(?:[^@/ ]*@)?([a-z0-9][a-z0-9.-]*):\d", re.sub(r"\$\{[^}]*\}", "", value)):
                if host in services and not joined & set(names_of(services[host].get("networks") or ["default"])):
                    problems.append(f"/services/{name}/{path.strip('/')}: `{host}` is in no network of it")
    return problems


def unused(model, services):
    """What is declared at the top and mounted or joined by nobody."""
    problems = []
    for kind in ("volumes", "networks", "secrets", "configs"):
        used = {mount_of(item)[0] for service in services.values() for item in service.get("volumes") or []} if kind == "volumes" else {
            name for service in services.values() for name in names_of(service.get(kind))}
        problems += [f"/{kind}/{name}: no service uses it" for name in model.get(kind) or {} if name not in used | {"default"}]
    return problems


def cycles(services):
    state, problems = {}, []

    def visit(name, trail):
        if state.get(name) == "done" or name not in services:
            return
        if state.get(name) == "open":
            problems.append("/services: these wait for each other: " + " -> ".join([*trail, name]))
            return
        state[name] = "open"
        for other in services[name].get("depends_on") or []:
            visit(other, [*trail, name])
        state[name] = "done"

    for name in services:
        visit(name, [])
    return problems


def interpolation(model):
    return [f"{path}: a `$` that stands for nothing in {value!r}" for path, value in strings_of(model) if DOLLAR.search(value.replace("$$", ""))]


def scripts(model):
    """The shell scripts of services: (where, shell, text)."""
    for name, service in model["services"].items():
        for key in ("entrypoint", "command"):
            words = service.get(key) or []
            if isinstance(words, list) and len(words) > 2 and words[0] in ("sh", "bash") and re.fullmatch(r"-[eu]*c", words[1]):
                # in the file a `$` of the shell is doubled; one that stands alone was Compose's
                yield f"{name}/{key}", words[0], re.sub(r"\$\{[^}]*\}", "x", words[2].replace("$$", "\0")).replace("\0", "$")
        test = (service.get("healthcheck") or {}).get("test") or []
        if test[:1] == ["CMD-SHELL"]:
            yield f"{name}/healthcheck", "sh", test[1].replace("$$", "$")


class Compose:
    """The rules, and Docker's own reader where it is installed: it needs no engine to read."""

    def __init__(self, report, work):
        self.report = report
        self.copies = Copies(report, work)
        self.docker, _ = find_tool("docker", "--version")
        version = run([self.docker, "compose", "version"]) if self.docker else None
        if not version or version.returncode:
            self.docker = None
            print("-- docker compose: not found: the rules judge alone", flush=True)
        else:
            report.consumer("docker compose", version.stdout.strip())
        self.shellcheck, version = find_tool("shellcheck", "--version")
        if self.shellcheck:
            report.consumer("shellcheck", "scripts of containers")
        else:
            report.skip("shellcheck", "not found")
        try:
            import yaml
            self.yaml = yaml
            report.consumer("compose rules", "the specification's forms and compose-go's consistency rules")
        except ImportError:
            self.yaml = None
            report.skip("compose rules", "PyYAML not found")

    def jobs(self, output):
        folder = output.folder / "compose"
        for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]) if self.yaml and folder.is_dir() else []:
            yield lambda path=path: self.judge(output, path)

    def judge(self, output, path):
        model = self.yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(model, dict) or "services" not in model:
            return
        problems = document(model, "")
        self.report.add("compose rules", f"{output.name}/{path.name}", problems or consistency(model) + interpolation(model))
        self.copies.judge(f"{output.name}/{path.stem}", model)
        for where, shell, script in scripts(model) if self.shellcheck else []:
            # variables come from the container's environment, Docker puts HOSTNAME there, a list may have one item
            result = run([self.shellcheck, "-s", shell, "-S", "warning", "-e", "SC2154,SC3028,SC2043", "-"], input=script)
            self.report.add("shellcheck", f"{output.name}/{path.name}", [f"{where}: {result.stdout}"] if result.returncode else [])
        if self.docker:
            needed = set(re.findall(r"\$\{([A-Za-z_][A-Za-z0-9_]*):\?", path.read_text(encoding="utf-8")))
            result = run([self.docker, "compose", "--profile", "*", "-f", path, "config", "-q"], env={**os.environ, **dict.fromkeys(needed, "x")})
            self.report.add("docker compose", f"{output.name}/{path.name}", [result.stderr] if result.returncode or result.stderr else [])
