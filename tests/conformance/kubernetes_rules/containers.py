"""What checkers want of containers: resources, images, probes, variables."""
import re

from .cluster import at, items
from .registry import rule
from .security import containers

UNITS = {"": 1, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
         "Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40, "Pi": 1 << 50}
QUANTITY = re.compile(r"([0-9.]+(?:e[0-9]+)?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi|)")
HANDLERS = ("httpGet", "tcpSocket", "grpc", "exec")
# Words of names whose values are secrets; what a checker looks for.
SENSITIVE = re.compile(r"password|passwd|passphrase|secret|token|bearer|credential|private_?key|access_?key|api_?key|^azure_.+key$", re.IGNORECASE)
# What no secret looks like: a number, a flag, a length of time or of bytes.
HARMLESS = re.compile(r"|true|false|[0-9.]+([smhd]|ms|[KMG]i?B?)?", re.IGNORECASE)
# What only a secret looks like, whatever its name: a private key, a URL with a password.
REVEALING = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|[a-z][a-z0-9+.-]*://[^\s/:@]*:(?!\$\()[^\s/@]+@")


def amount(value):
    match = QUANTITY.fullmatch(str(value))
    return float(match.group(1)) * UNITS[match.group(2)] if match else None


def resource_rule(resource, side, sentence):
    @containers(f"{resource}-{side.removesuffix('s')}", sentence)
    def check(pod, container):
        if at(container.document, "resources", side, resource) is None:
            yield f"resources.{side}.{resource} is missing"


for resource, word in (("cpu", "CPU"), ("memory", "memory"), ("ephemeral-storage", "scratch space")):
    resource_rule(resource, "requests", f"Every container says how much {word} it needs")
    resource_rule(resource, "limits", f"Every container says how much {word} it gets at most")


@containers("requests-within-limits", "No container asks for more than it may have")
def requests_within_limits(pod, container):
    limits = at(container.document, "resources", "limits", default={})
    for name, value in at(container.document, "resources", "requests", default={}).items():
        if amount(value) is None or (name in limits and (amount(limits[name]) or 0) < amount(value)):
            yield f"{name}: request {value}, limit {limits.get(name)}"


# ---- images -------------------------------------------------------------------
@rule("image-tag", "Every image has a tag or a digest that is not `latest`; one that the release sets counts")
def image_tag(cluster):
    for pod in cluster.pods:
        for container in pod.containers:
            image = container.document.get("image", "")
            tag, _ = cluster.tag(image)
            if tag in ("", "latest"):
                yield pod.owner, f"{container}: image {image} has no fixed tag"


@rule("image-pull-policy", "The system's own images are asked for at every start, so that a node never runs an old one unasked; others may be kept")
def image_pull_policy(cluster):
    for pod in cluster.pods:
        for container in pod.containers:
            image, policy = container.document.get("image", ""), container.document.get("imagePullPolicy")
            allowed = ("Always",) if cluster.is_own(image) and "@" not in image else ("Always", "IfNotPresent")
            if policy not in allowed:
                yield pod.owner, f"{container}: imagePullPolicy of {image} is {policy}"


# ---- probes -------------------------------------------------------------------
def probes(id, sentence):
    """A rule of the main containers of pods that serve: check(pod, container) yields texts."""
    def register(check):
        @rule(id, sentence)
        def every(cluster):
            for pod in cluster.pods:
                for container in pod.main if pod.serves else []:
                    for text in check(pod, container):
                        yield pod.owner, f"{container}: {text}"
        return check
    return register


def probe_rule(id, key, sentence):
    @probes(id, sentence)
    def check(pod, container):
        if not any(at(container.document, key, handler) for handler in HANDLERS):
            yield f"{key} is missing"


probe_rule("liveness-probe", "livenessProbe", "A container that hangs is found")
probe_rule("readiness-probe", "readinessProbe", "A container gets requests only when it can answer them")
probe_rule("startup-probe", "startupProbe", "A container has its time to start before liveness counts")


@probes("probes-differ", "Liveness asks something else than readiness, so that a slow dependency restarts nobody")
def probes_differ(pod, container):
    live, ready = (at(container.document, key, default={}) for key in ("livenessProbe", "readinessProbe"))
    for handler in HANDLERS:
        if live.get(handler) and live.get(handler) == ready.get(handler):
            yield f"liveness and readiness have the same {handler}"


@containers("probe-port", "Probes ask ports that their container declares")
def probe_port(pod, container):
    for key in ("livenessProbe", "readinessProbe", "startupProbe"):
        for handler in ("httpGet", "tcpSocket", "grpc"):
            port = at(container.document, key, handler, "port")
            if port is not None and not container.port(port):
                yield f"{key} asks port {port}, which is not declared"
            if at(container.document, key, handler, "host"):
                yield f"{key} asks another host"


# ---- variables ----------------------------------------------------------------
def literal(name, value):
    text = str(value)
    return bool(REVEALING.search(text) or (SENSITIVE.search(name) and not HARMLESS.fullmatch(text)))


@containers("env-secret", "A variable whose name speaks of a secret takes its value from a Secret, and no value shows one")
def env_secret(pod, container):
    for item in items(container.document, "env"):
        if item.get("value") is not None and literal(item.get("name", ""), item["value"]):
            yield f"{item.get('name')} has a literal value"


@rule("config-secret", "No ConfigMap holds what looks like a secret, in its keys or in its values")
def config_secret(cluster):
    for item in cluster.of("ConfigMap"):
        for key, value in at(item.document, "data", default={}).items():
            if literal(key, value):
                yield item, f"key {key} looks like a secret"


@rule("secret-literal", "No Secret object carries values: they are put into the cluster by a person or an operator")
def secret_literal(cluster):
    for item in cluster.of("Secret"):
        for part in ("data", "stringData"):
            for key, value in at(item.document, part, default={}).items():
                if value:
                    yield item, f"{part}.{key} has a value"


@containers("env-duplicate", "No variable is set twice in a container")
def env_duplicate(pod, container):
    seen = set()
    for item in items(container.document, "env"):
        if item.get("name") in seen:
            yield f"{item['name']} is set twice"
        seen.add(item.get("name"))


@containers("ssh-port", "Nobody listens for SSH")
def ssh_port(pod, container):
    if container.port(22):
        yield "port 22"
