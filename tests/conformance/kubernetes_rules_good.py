"""Manifests that hold every rule: a shop with a web service behind a load balancer,
a worker with a sidecar, a database, a job before the rollout and one every night."""

SPACE, CLASS, CONFIG, SECRET = "shop", "shop-default", "web-0123456789", "shop-values"
PREFIX = "app.kubernetes.io/"


def select(name):
    return {PREFIX + "name": name, PREFIX + "instance": name}


def labels(name, component, version="1.4.2"):
    return {**select(name), PREFIX + "version": version, PREFIX + "component": component, PREFIX + "part-of": "shop", PREFIX + "managed-by": "envc"}


def thing(kind, name, spec=None, version="v1", namespace=SPACE, **rest):
    own = {"name": name, "labels": {PREFIX + "part-of": "shop", PREFIX + "managed-by": "envc"}}
    document = {"apiVersion": version, "kind": kind, "metadata": {**own, "namespace": namespace} if namespace else own, **rest}
    return {**document, "spec": spec} if spec is not None else document


def container(name, **rest):
    size = {"cpu": "100m", "memory": "128Mi", "ephemeral-storage": "64Mi"}
    return {
        "name": name, "image": f"registry.example.com/shop/{name}:1.4.2", "imagePullPolicy": "Always",
        "resources": {"requests": dict(size), "limits": dict(size)},
        "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}, **rest,
    }


def serving(name, *ports, stop=True, **rest):
    def probe(path):
        return {"httpGet": {"path": path, "port": ports[0][0]}}
    return container(
        name, ports=[{"name": port, "containerPort": number} for port, number in ports],
        startupProbe=probe("/live"), livenessProbe=probe("/live"), readinessProbe=probe("/ready"),
        **({"lifecycle": {"preStop": {"sleep": {"seconds": 5}}}} if stop else {}), **rest)


def pod(name, *containers, **rest):
    return {
        "serviceAccountName": name, "automountServiceAccountToken": False, "priorityClassName": CLASS, "terminationGracePeriodSeconds": 35,
        "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "runAsGroup": 10001, "fsGroup": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": list(containers), **rest,
    }


def spread(name):
    term = {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": select(name)}}
    return {
        "affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": term}]}},
        "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
                                       "labelSelector": {"matchLabels": select(name)}}],
    }


def workload(kind, name, spec, component="service", version="apps/v1"):
    document = thing(kind, name, spec, version)
    document["metadata"]["labels"] = labels(name, component)
    template = spec["jobTemplate"]["spec"]["template"] if kind == "CronJob" else spec["template"]
    template["metadata"] = {"labels": labels(name, component)}
    return document


def deployment(name, spec, **rest):
    return workload("Deployment", name, {
        "selector": {"matchLabels": select(name)}, "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
        "progressDeadlineSeconds": 600, "revisionHistoryLimit": 5, "minReadySeconds": 10, "template": {"spec": spec}, **rest})


def service(name, *ports, **rest):
    document = thing("Service", name, {"type": "ClusterIP", "selector": select(name), "ports": [
        {"name": port, "port": number, "targetPort": port} for port, number in ports], **rest})
    document["metadata"]["labels"].update(select(name))
    return document


def peer(name):
    return {"podSelector": {"matchLabels": select(name)}}


def space(name):
    return {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": name}}}


def tcp(number):
    return [{"protocol": "TCP", "port": number}]


def policy(name, ingress=(), egress=()):
    return thing("NetworkPolicy", name, {"podSelector": {"matchLabels": select(name)}, "policyTypes": ["Ingress", "Egress"], "ingress": [
        {"from": peers, "ports": tcp(number)} for peers, number in ingress], "egress": [
        {"to": peers, "ports": tcp(number)} for peers, number in egress]}, "networking.k8s.io/v1")


DNS = ([space("kube-system")], 53)
DATABASE = ([peer("db")], 5432)


def with_dns(document):
    for entry in document["spec"]["egress"]:
        if entry["to"] == DNS[0]:
            entry["ports"] = [{"protocol": "UDP", "port": 53}, {"protocol": "TCP", "port": 53}]
    return document


def namespace():
    document = thing("Namespace", SPACE, namespace=None)
    for mode in ("enforce", "warn", "audit"):
        document["metadata"]["labels"].update({f"pod-security.kubernetes.io/{mode}": "restricted", f"pod-security.kubernetes.io/{mode}-version": "v1.32"})
    return document


def budget(name):
    return thing("PodDisruptionBudget", name, {"maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow",
                                               "selector": {"matchLabels": select(name)}}, "policy/v1")


def good():
    """{"Kind name": document}"""
    web = serving("web", ("http", 8080), ("metrics", 9090), envFrom=[{"configMapRef": {"name": CONFIG}}],
                  env=[{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": SECRET, "key": "DB_PASSWORD"}}},
                       {"name": "DB_URL", "value": "postgres://app:$(DB_PASSWORD)@db:5432/shop"}, {"name": "MAX_TOKENS", "value": "8000"}],
                  volumeMounts=[{"name": "tmp", "mountPath": "/tmp"}, {"name": "uploads", "mountPath": "/uploads"}])
    claim = {"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": "1Gi"}}}
    job = pod("report", container("report", envFrom=[{"secretRef": {"name": "report-tls"}}]), restartPolicy="Never")
    proxy = container("proxy", restartPolicy="Always", ports=[{"name": "proxy", "containerPort": 15000}])
    route = "gateway.networking.k8s.io/v1"
    documents = [
        namespace(),
        thing("PriorityClass", CLASS, version="scheduling.k8s.io/v1", namespace=None, value=1000),
        thing("NetworkPolicy", "default-deny", {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}, "networking.k8s.io/v1"),
        *[thing("ServiceAccount", name, automountServiceAccountToken=False) for name in ("web", "worker", "db", "migrate", "report")],
        thing("ConfigMap", CONFIG, immutable=True, data={"LOG_LEVEL": "info"}),
        thing("Role", "worker", version="rbac.authorization.k8s.io/v1", rules=[{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}]),
        thing("RoleBinding", "worker", version="rbac.authorization.k8s.io/v1", subjects=[{"kind": "ServiceAccount", "name": "worker"}],
              roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "worker"}),
        thing("ExternalSecret", SECRET, {"secretStoreRef": {"name": "vault"}, "target": {"name": SECRET}}, "external-secrets.io/v1"),
        thing("Certificate", "report", {"secretName": "report-tls", "issuerRef": {"name": "internal"}}, "cert-manager.io/v1"),
        thing("Secret", "empty"),
        thing("PersistentVolumeClaim", "uploads", claim),
        service("web", ("http", 80), ("metrics", 9090)),
        service("db", ("main", 5432), clusterIP="None"),
        deployment("web", pod("web", web, volumes=[{"name": "tmp", "emptyDir": {}}, {"name": "uploads", "persistentVolumeClaim": {"claimName": "uploads"}}],
                              **spread("web"))),
        deployment("worker", pod("worker", serving("worker", ("metrics", 9090)), initContainers=[proxy, container("wait")], **spread("worker")), replicas=2),
        workload("StatefulSet", "db", {
            "serviceName": "db", "replicas": 1, "revisionHistoryLimit": 5, "selector": {"matchLabels": select("db")},
            "template": {"spec": pod("db", serving("db", ("main", 5432), stop=False, volumeMounts=[{"name": "data", "mountPath": "/data"}]))},
            "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": claim}]}, "database"),
        workload("Job", "migrate", {"ttlSecondsAfterFinished": 3600, "template": {"spec": pod("migrate", container("migrate"), restartPolicy="Never")}},
                 "job", "batch/v1"),
        workload("CronJob", "report", {
            "schedule": "0 3 * * *", "timeZone": "Etc/UTC", "startingDeadlineSeconds": 600, "concurrencyPolicy": "Forbid",
            "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 3, "jobTemplate": {"spec": {"template": {"spec": job}}}}, "job", "batch/v1"),
        thing("HorizontalPodAutoscaler", "web", {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}, "minReplicas": 2, "maxReplicas": 5, "metrics": [
                {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}]}, "autoscaling/v2"),
        budget("web"), budget("worker"),
        with_dns(policy("web", [([space("ingress-nginx"), space("gateways")], 8080), ([space("monitoring")], 9090)], [DATABASE, DNS])),
        with_dns(policy("worker", [([space("monitoring")], 9090)], [
            DATABASE, DNS, ([{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.0.0/16"]}}], 443)])),
        policy("db", [([peer("web"), peer("worker"), peer("migrate"), peer("report")], 5432)]),
        with_dns(policy("migrate", egress=[DATABASE, DNS])), with_dns(policy("report", egress=[DATABASE, DNS])),
        thing("Ingress", "web", {
            "ingressClassName": "nginx", "tls": [{"hosts": ["shop.example.com"], "secretName": "web-tls"}], "rules": [{
                "host": "shop.example.com", "http": {"paths": [
                    {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "web", "port": {"name": "http"}}}}]}}]}, "networking.k8s.io/v1"),
        thing("Gateway", "public", {"gatewayClassName": "envoy", "listeners": [
            {"name": "http", "port": 80, "protocol": "HTTP"},
            {"name": "https", "port": 443, "protocol": "HTTPS", "tls": {"certificateRefs": [{"name": "web-tls"}]},
             "allowedRoutes": {"namespaces": {"from": "Same"}}}]}, route),
        thing("HTTPRoute", "redirect", {"parentRefs": [{"name": "public", "sectionName": "http"}], "hostnames": ["shop.example.com"], "rules": [
            {"filters": [{"type": "RequestRedirect", "requestRedirect": {"scheme": "https"}}]}]}, route),
        thing("HTTPRoute", "web", {"parentRefs": [{"name": "public", "sectionName": "https"}], "hostnames": ["shop.example.com"], "rules": [
            {"backendRefs": [{"name": "web", "port": 80}]}]}, route),
        thing("ServiceMonitor", "web", {"selector": {"matchLabels": select("web")}, "endpoints": [{"port": "metrics"}]}, "monitoring.coreos.com/v1"),
        thing("PodMonitor", "worker", {"selector": {"matchLabels": select("worker")}, "podMetricsEndpoints": [{"port": "metrics"}]}, "monitoring.coreos.com/v1"),
    ]
    return {f"{document['kind']} {document['metadata']['name']}": document for document in documents}
