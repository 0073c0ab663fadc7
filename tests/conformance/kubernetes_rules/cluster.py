"""The manifests of one environment, as the rules look at them: objects by kind and
name, the pods that they start, and who selects whom."""
import re
from dataclasses import dataclass, field
from pathlib import Path

HASHED = re.compile(r"-[0-9a-f]{10}$")
CLUSTER_SCOPED = ("Namespace", "PriorityClass", "ClusterRole", "ClusterRoleBinding", "StorageClass", "CustomResourceDefinition",
                  "GatewayClass", "ClusterIssuer", "ClusterSecretStore")
# Where an object keeps the template of its pods.
TEMPLATES = {
    "Deployment": ("spec", "template"), "StatefulSet": ("spec", "template"), "DaemonSet": ("spec", "template"),
    "Job": ("spec", "template"), "CronJob": ("spec", "jobTemplate", "spec", "template"), "Pod": (),
}
SERVING = ("Deployment", "StatefulSet", "DaemonSet")


def at(value, *path, default=None):
    """The value below a path of keys, or the default where one is missing or empty."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return default if value is None else value


def items(value, *path):
    found = at(value, *path, default=[])
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def labels_of(item):
    return at(item, "metadata", "labels", default={})


def selects(selector, labels):
    """Whether a LabelSelector matches; the empty one matches everything, none at all matches nothing."""
    if selector is None:
        return False
    for key, value in at(selector, "matchLabels", default={}).items():
        if labels.get(key) != value:
            return False
    for item in items(selector, "matchExpressions"):
        here, values = item["key"] in labels, item.get("values") or []
        holds = {"Exists": here, "DoesNotExist": not here, "In": here and labels.get(item["key"]) in values,
                 "NotIn": not here or labels[item["key"]] not in values}
        if not holds.get(item.get("operator"), False):
            return False
    return True


class Object:
    """One document of one file."""

    def __init__(self, document, file=""):
        self.document, self.file = document, file
        self.kind = document.get("kind", "")
        self.group = document.get("apiVersion", "").rpartition("/")[0]
        self.name = at(document, "metadata", "name", default="")
        self.namespace = "" if self.kind in CLUSTER_SCOPED else at(document, "metadata", "namespace", default="default")
        self.labels = labels_of(document)
        self.annotations = at(document, "metadata", "annotations", default={})
        self.spec = at(document, "spec", default={})

    def __str__(self):
        return f"{self.kind} {self.name}"


@dataclass
class Container:
    document: dict
    role: str  # main, init, or sidecar: an init container that stays

    @property
    def name(self):
        return self.document.get("name", "")

    @property
    def security(self):
        return at(self.document, "securityContext", default={})

    def port(self, wanted):
        """The declared port with this name or number."""
        return next((port for port in items(self.document, "ports") if wanted in (port.get("name"), port.get("containerPort"))), None)

    def __str__(self):
        return f"{'init ' if self.role == 'init' else ''}container {self.name}"


@dataclass
class Pod:
    """What an object's pods are like."""
    owner: Object
    spec: dict
    labels: dict
    containers: list = field(default_factory=list)

    @property
    def namespace(self):
        return self.owner.namespace

    @property
    def serves(self):
        return self.owner.kind in SERVING

    @property
    def security(self):
        return at(self.spec, "securityContext", default={})

    @property
    def main(self):
        return [container for container in self.containers if container.role == "main"]

    @property
    def staying(self):
        return [container for container in self.containers if container.role != "init"]

    def port(self, wanted):
        """The number of the port with this name or number, if a container that stays declares it."""
        found = next((port for container in self.staying if (port := container.port(wanted))), None)
        return found.get("containerPort") if found else None


def pod_of(owner):
    template = at(owner.document, *TEMPLATES[owner.kind], default={})
    spec = at(template, "spec", default={})
    pod = Pod(owner, spec, labels_of(template))
    for key in ("containers", "initContainers", "ephemeralContainers"):
        for document in items(spec, key):
            stays = document.get("restartPolicy") == "Always"
            pod.containers.append(Container(document, "main" if key != "initContainers" else "sidecar" if stays else "init"))
    return pod


class Cluster:
    """`images` are those of kustomization.yaml; `secrets` are the names of the
    Secret objects that secrets.env.example has commands for."""

    def __init__(self, documents, images=(), secrets=()):
        self.objects = [item if isinstance(item, Object) else Object(item) for item in documents]
        self.images = {item.get("name"): item for item in images}
        self.secrets = set(secrets)
        self.pods = [pod_of(item) for item in self.objects if item.kind in TEMPLATES]

    def of(self, *kinds):
        return [item for item in self.objects if item.kind in kinds]

    def find(self, kind, namespace, name):
        return next((item for item in self.of(kind) if item.name == name and item.namespace == namespace), None)

    def selected(self, selector, namespace):
        return [pod for pod in self.pods if pod.namespace == namespace and selects(selector, pod.labels)]

    def served_by(self, service):
        """Pods behind a Service, whose selector is a plain map; without one it selects nothing."""
        plain = at(service.spec, "selector")
        return self.selected({"matchLabels": plain}, service.namespace) if plain else []

    def services_of(self, pod):
        return [item for item in self.of("Service") if pod in self.served_by(item)]

    def autoscaler(self, owner):
        for item in self.of("HorizontalPodAutoscaler"):
            target = at(item.spec, "scaleTargetRef", default={})
            if item.namespace == owner.namespace and (target.get("kind"), target.get("name")) == (owner.kind, owner.name):
                return item
        return None

    def least(self, owner):
        """How many pods there are at least."""
        scaler = self.autoscaler(owner)
        return at(scaler.spec, "minReplicas", default=1) if scaler else at(owner.spec, "replicas", default=1)

    def tag(self, image):
        """(tag or digest that the release will run, whether the release sets it)."""
        name, _, digest = image.partition("@")
        head, _, tail = name.rpartition("/")
        base, _, tag = tail.partition(":")
        override = self.images.get(f"{head}/{base}" if head else base, {})
        given = override.get("digest") or override.get("newTag")
        return given or digest or tag, bool(given)

    def is_own(self, image):
        """Whether the release sets its tag, or the tags of others that are kept in the same place."""
        folder = image.partition("@")[0].rpartition("/")[0]
        return folder != "" and any((name or "").rpartition("/")[0] == folder for name in self.images)


def read(folder):
    """The cluster of a folder of manifests. Needs PyYAML."""
    import yaml
    documents, images, secrets = [], [], []
    for path in sorted(Path(folder).rglob("*.y*ml")):
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            if at(document, "kind") == "Kustomization":
                images += items(document, "images")
            elif document:
                documents.append(Object(document, path.name))
    for path in Path(folder).rglob("secrets.env.example"):
        secrets += re.findall(r"create secret \S+ (\S+)", path.read_text(encoding="utf-8"))
    return Cluster(documents, images, secrets)
