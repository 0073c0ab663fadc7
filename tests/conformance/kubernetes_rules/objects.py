"""What checkers want of all objects: names, namespaces, labels; and that what a pod
refers to is there."""
import re

from .cluster import CLUSTER_SCOPED, HASHED, at, items
from .registry import rule

PREFIX = "app.kubernetes.io/"
EVERYWHERE = ("part-of", "managed-by")
WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")
LABEL = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")


@rule("unique", "No object is there twice")
def unique(cluster):
    seen = set()
    for item in cluster.objects:
        key = (item.group, item.kind, item.namespace, item.name)
        if key in seen:
            yield item, "it is there twice"
        seen.add(key)


@rule("namespace", "Every object says its namespace, which is one of these manifests and not `default`")
def namespace(cluster):
    for item in cluster.objects:
        if item.kind not in CLUSTER_SCOPED and (item.namespace == "default" or not cluster.find("Namespace", "", item.namespace)):
            yield item, f"namespace is {item.namespace}"


@rule("labels", "Objects say what they are part of and who manages them; workloads and their pods also name, instance, version and component")
def labels(cluster):
    for item in cluster.objects:
        for name in EVERYWHERE:
            if not item.labels.get(PREFIX + name):
                yield item, f"label {PREFIX}{name} is missing"
    for pod in cluster.pods:
        wanted = ["name", "instance", "component"]
        if not any(cluster.tag(container.document.get("image", ""))[1] for container in pod.main):
            wanted.append("version")
        for where, have in (("", pod.owner.labels), ("the pods' ", pod.labels)):
            for name in wanted + (list(EVERYWHERE) if where else []):
                if not have.get(PREFIX + name):
                    yield pod.owner, f"{where}label {PREFIX}{name} is missing"


@rule("label-values", "Values of labels have at most 63 characters, of those that labels may have")
def label_values(cluster):
    maps = [(item, item.labels) for item in cluster.objects] + [(pod.owner, pod.labels) for pod in cluster.pods]
    for item, have in maps:
        for key, value in have.items():
            if not isinstance(value, str) or not LABEL.fullmatch(value):
                yield item, f"label {key} is `{value}`"


@rule("instance-name", "The instance of a workload is its name; a hash at a name's end does not count")
def instance_name(cluster):
    for item in cluster.of(*WORKLOADS):
        if item.labels.get(PREFIX + "instance") not in (item.name, HASHED.sub("", item.name)):
            yield item, f"{PREFIX}instance is {item.labels.get(PREFIX + 'instance')}"


# ---- what pods refer to -------------------------------------------------------
def references(pod, of):
    """Names of ConfigMaps (of = configMap) or Secrets (of = secret) that a pod reads."""
    for container in pod.containers:
        for item in items(container.document, "env"):
            yield at(item, "valueFrom", of + "KeyRef", "name")
        for item in items(container.document, "envFrom"):
            yield at(item, of + "Ref", "name")
    for volume in items(pod.spec, "volumes"):
        yield at(volume, of, "name") or at(volume, of, "secretName")
        for source in items(volume, "projected", "sources"):
            yield at(source, of, "name")


def named(pod, of):
    return sorted({name for name in references(pod, of) if name})


@rule("config-exists", "A ConfigMap that a pod reads is in these manifests")
def config_exists(cluster):
    for pod in cluster.pods:
        for name in named(pod, "configMap"):
            if not cluster.find("ConfigMap", pod.namespace, name):
                yield pod.owner, f"there is no ConfigMap {name}"


@rule("config-hashed", "A ConfigMap that pods read is immutable and has a hash in its name, so that a rollback brings it back")
def config_hashed(cluster):
    read = {(pod.namespace, name) for pod in cluster.pods for name in named(pod, "configMap")}
    for item in cluster.of("ConfigMap"):
        if (item.namespace, item.name) in read:
            if not HASHED.search(item.name):
                yield item, "its name ends in no hash"
            if item.document.get("immutable") is not True:
                yield item, "immutable is not true"


@rule("secret-source", "A Secret that a pod reads is made by an operator's object here, or by a command of secrets.env.example")
def secret_source(cluster):
    made = {(item.namespace, at(item.spec, "target", "name", default=item.name)) for item in cluster.of("ExternalSecret")}
    made |= {(item.namespace, at(item.spec, "secretName")) for item in cluster.of("Certificate")}
    made |= {(item.namespace, item.name) for item in cluster.of("Secret")}
    for pod in cluster.pods:
        for name in named(pod, "secret"):
            if (pod.namespace, name) not in made and name not in cluster.secrets:
                yield pod.owner, f"nothing makes the Secret {name}"


@rule("volumes-exist", "What a container mounts is a volume of its pod, and a claim is in these manifests")
def volumes_exist(cluster):
    for pod in cluster.pods:
        volumes = {volume.get("name") for volume in items(pod.spec, "volumes")}
        volumes |= {at(claim, "metadata", "name") for claim in items(pod.owner.spec, "volumeClaimTemplates")}
        for container in pod.containers:
            for mount in items(container.document, "volumeMounts"):
                if mount.get("name") not in volumes:
                    yield pod.owner, f"{container}: there is no volume {mount.get('name')}"
        for volume in items(pod.spec, "volumes"):
            claim = at(volume, "persistentVolumeClaim", "claimName")
            if claim and not cluster.find("PersistentVolumeClaim", pod.namespace, claim):
                yield pod.owner, f"there is no PersistentVolumeClaim {claim}"
