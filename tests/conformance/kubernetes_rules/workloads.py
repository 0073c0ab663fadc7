"""What checkers want of workloads: how many pods, where, how they are replaced,
scaled and disrupted."""
from .cluster import at, items, selects
from .registry import rule

HOSTNAME = "kubernetes.io/hostname"


@rule("selector-matches", "A workload selects its own pods and nobody else's")
def selector_matches(cluster):
    for pod in cluster.pods:
        if not pod.serves:
            continue
        selector = at(pod.owner.spec, "selector", default={})
        if not selects(selector, pod.labels) or not at(selector, "matchLabels"):
            yield pod.owner, "the selector does not match the template's labels"
        for other in cluster.selected(selector, pod.namespace):
            if other is not pod:
                yield pod.owner, f"the selector matches the pods of {other.owner} too"


@rule("replicas", "A Deployment without an autoscaler has at least two pods")
def replicas(cluster):
    for item in cluster.of("Deployment"):
        if not cluster.autoscaler(item) and at(item.spec, "replicas", default=1) < 2:
            yield item, f"replicas is {at(item.spec, 'replicas')}"


@rule("rolling-update", "A Deployment is replaced pod by pod, and never loses all of them")
def rolling_update(cluster):
    for item in cluster.of("Deployment"):
        if at(item.spec, "strategy", "type") != "RollingUpdate":
            yield item, f"strategy is {at(item.spec, 'strategy', 'type')}"
        lost = at(item.spec, "strategy", "rollingUpdate", "maxUnavailable")
        if lost == "100%" or (isinstance(lost, int) and 0 < cluster.least(item) <= lost):
            yield item, f"maxUnavailable is {lost}"


def settings(id, kinds, key, sentence):
    """The rule that objects of these kinds say something of their own, whatever it is."""
    @rule(id, sentence)
    def check(cluster):
        for item in cluster.of(*kinds):
            if at(item.spec, key) is None:
                yield item, f"{key} is missing"


settings("progress-deadline", ("Deployment",), "progressDeadlineSeconds", "A rollout that does not come forward is called failed")
settings("revision-history", ("Deployment", "StatefulSet", "DaemonSet"), "revisionHistoryLimit", "It is said how many old revisions are kept for a rollback")
settings("min-ready", ("Deployment",), "minReadySeconds", "A new pod counts only when it has been ready for a while")


@rule("termination-grace", "A pod that serves has a time to stop that is longer than its preStop hook")
def termination_grace(cluster):
    for pod in cluster.pods:
        grace = at(pod.spec, "terminationGracePeriodSeconds")
        if pod.serves and grace is None:
            yield pod.owner, "terminationGracePeriodSeconds is missing"
        for container in pod.containers:
            sleep = at(container.document, "lifecycle", "preStop", "sleep", "seconds", default=0)
            if grace is not None and sleep and sleep >= grace:
                yield pod.owner, f"{container}: preStop sleeps {sleep}s of {grace}s"


@rule("pre-stop", "Behind a Service with an address, a container waits before it stops, until no new requests come")
def pre_stop(cluster):
    for pod in cluster.pods:
        behind = [item for item in cluster.services_of(pod) if at(item.spec, "clusterIP") != "None"]
        for container in pod.main if pod.serves and behind else []:
            if items(container.document, "ports") and not at(container.document, "lifecycle", "preStop"):
                yield pod.owner, f"{container}: preStop is missing"


# ---- where pods run -----------------------------------------------------------
def several(cluster):
    """Pods of workloads that always have more than one."""
    return [pod for pod in cluster.pods if pod.owner.kind in ("Deployment", "StatefulSet") and cluster.least(pod.owner) >= 2]


@rule("anti-affinity", "Pods of one workload prefer different nodes")
def anti_affinity(cluster):
    for pod in several(cluster):
        rules = at(pod.spec, "affinity", "podAntiAffinity", default={})
        terms = items(rules, "requiredDuringSchedulingIgnoredDuringExecution")
        terms += [item.get("podAffinityTerm") or {} for item in items(rules, "preferredDuringSchedulingIgnoredDuringExecution")]
        if not any(term.get("topologyKey") == HOSTNAME and selects(term.get("labelSelector"), pod.labels) for term in terms):
            yield pod.owner, f"no podAntiAffinity by {HOSTNAME} that selects its own pods"


@rule("topology-spread", "Pods of one workload are spread evenly")
def topology_spread(cluster):
    for pod in several(cluster):
        spread = items(pod.spec, "topologySpreadConstraints")
        if not any(selects(item.get("labelSelector"), pod.labels) for item in spread):
            yield pod.owner, "no topologySpreadConstraints that select its own pods"


@rule("priority-class", "It is said which pods go first when a node is full, by a PriorityClass that is there")
def priority_class(cluster):
    for pod in cluster.pods:
        name = pod.spec.get("priorityClassName")
        if not name:
            yield pod.owner, "priorityClassName is missing"
        elif not name.startswith("system-") and not cluster.find("PriorityClass", "", name):
            yield pod.owner, f"there is no PriorityClass {name}"


# ---- scaling and disruption ---------------------------------------------------
@rule("autoscaler-target", "An autoscaler's target is in these manifests")
def autoscaler_target(cluster):
    for item in cluster.of("HorizontalPodAutoscaler"):
        target = at(item.spec, "scaleTargetRef", default={})
        found = cluster.find(target.get("kind"), item.namespace, target.get("name"))
        if not found or found.document.get("apiVersion") != target.get("apiVersion"):
            yield item, f"there is no {target.get('kind')} {target.get('name')} of {target.get('apiVersion')}"


@rule("autoscaler-bounds", "An autoscaler has at least two pods, room to grow, and something to measure")
def autoscaler_bounds(cluster):
    for item in cluster.of("HorizontalPodAutoscaler"):
        least, most = at(item.spec, "minReplicas", default=1), at(item.spec, "maxReplicas", default=0)
        if least < 2 or least >= most:
            yield item, f"minReplicas {least}, maxReplicas {most}"
        if not items(item.spec, "metrics"):
            yield item, "metrics are missing"


@rule("autoscaler-owns-replicas", "What an autoscaler counts has no count of its own")
def autoscaler_owns_replicas(cluster):
    for item in cluster.of("Deployment", "StatefulSet"):
        if cluster.autoscaler(item) and "replicas" in item.spec:
            yield item, f"replicas is {item.spec['replicas']} beside an autoscaler"


@rule("autoscaler-requests", "Where an autoscaler keeps a share of a request, every container has that request")
def autoscaler_requests(cluster):
    for pod in cluster.pods:
        scaler = cluster.autoscaler(pod.owner)
        for metric in items(scaler.spec, "metrics") if scaler else []:
            name = at(metric, "resource", "name")
            if at(metric, "resource", "target", "type") != "Utilization":
                continue
            for container in pod.staying:
                if at(container.document, "resources", "requests", name) is None:
                    yield scaler, f"{container} of {pod.owner} has no request of {name}"


@rule("disruption-budget", "What has several pods has one PodDisruptionBudget")
def disruption_budget(cluster):
    for pod in several(cluster):
        own = [item for item in cluster.of("PodDisruptionBudget") if pod in cluster.selected(at(item.spec, "selector"), item.namespace)]
        if len(own) != 1:
            yield pod.owner, f"{len(own)} PodDisruptionBudgets select its pods"


@rule("disruption-budget-form", "A PodDisruptionBudget has one bound, selects the pods of one workload, and lets broken pods be evicted")
def disruption_budget_form(cluster):
    for item in cluster.of("PodDisruptionBudget"):
        if ("minAvailable" in item.spec) == ("maxUnavailable" in item.spec):
            yield item, "not exactly one of minAvailable and maxUnavailable"
        if at(item.spec, "unhealthyPodEvictionPolicy") != "AlwaysAllow":
            yield item, f"unhealthyPodEvictionPolicy is {at(item.spec, 'unhealthyPodEvictionPolicy')}"
        found = cluster.selected(at(item.spec, "selector"), item.namespace)
        if len(found) != 1:
            yield item, f"it selects the pods of {len(found)} workloads"


@rule("disruption-budget-room", "A PodDisruptionBudget lets at least one pod go")
def disruption_budget_room(cluster):
    for item in cluster.of("PodDisruptionBudget"):
        if at(item.spec, "maxUnavailable") in (0, "0", "0%"):
            yield item, "maxUnavailable is 0"
        keep = at(item.spec, "minAvailable")
        for pod in cluster.selected(at(item.spec, "selector"), item.namespace):
            least = cluster.least(pod.owner)
            if keep == "100%" or (isinstance(keep, int) and keep >= least):
                yield item, f"minAvailable {keep} of {least}"


@rule("stateful-service", "A StatefulSet's serviceName is a headless Service that selects its pods")
def stateful_service(cluster):
    for pod in cluster.pods:
        if pod.owner.kind != "StatefulSet":
            continue
        name = at(pod.owner.spec, "serviceName")
        service = cluster.find("Service", pod.namespace, name)
        if not service or at(service.spec, "clusterIP") != "None" or pod not in cluster.served_by(service):
            yield pod.owner, f"{name} is no headless Service of its pods"
