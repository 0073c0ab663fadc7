#!/usr/bin/env python3
"""Every rule of Kubernetes manifests finds what it is there to find, and nothing in
manifests that hold all of them."""
import copy
import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from kubernetes_rules import ALLOW, RULES, Cluster, judge, read  # noqa: E402
from kubernetes_rules_good import PREFIX, SECRET, good, peer, select, space, tcp  # noqa: E402

CUT = ...  # the field is taken away
WEB, WORKER, DB, MIGRATE, REPORT = "Deployment web", "Deployment worker", "StatefulSet db", "Job migrate", "CronJob report"
POD = "spec template spec"
BOX = POD + " containers 0"
SAFE = BOX + " securityContext"
JOB = "spec jobTemplate spec"
NET = "NetworkPolicy "
PSS = "pod-security.kubernetes.io/"

# rule, object, path (words; a number is a place in a list), value, other rules that break with it
CASES = [
    ("pss-privilege-escalation", WEB, SAFE + " allowPrivilegeEscalation", True),
    ("pss-privilege-escalation", WORKER, POD + " initContainers 1 securityContext allowPrivilegeEscalation", CUT),
    ("pss-privileged", WEB, SAFE + " privileged", True),
    ("pss-privileged", WEB, POD + " securityContext windowsOptions", {"hostProcess": True}),
    ("pss-non-root", WEB, POD + " securityContext runAsNonRoot", CUT),
    ("pss-non-root", WEB, SAFE + " runAsNonRoot", False),
    ("pss-non-root", WEB, SAFE + " runAsUser", 0, "user-id"),
    ("user-id", DB, POD + " securityContext runAsGroup", 999),
    ("user-id", REPORT, JOB + " template spec securityContext runAsUser", CUT),
    ("pss-seccomp", WEB, POD + " securityContext seccompProfile", CUT),
    ("pss-seccomp", WEB, SAFE + " seccompProfile", {"type": "Unconfined"}),
    ("pss-capabilities", WORKER, POD + " initContainers 0 securityContext capabilities", CUT),
    ("pss-capabilities", WEB, SAFE + " capabilities add", ["NET_BIND_SERVICE", "SYS_TIME"]),
    ("pss-proc-mount", WEB, SAFE + " procMount", "Unmasked"),
    ("pss-profiles", WEB, POD + " securityContext appArmorProfile", {"type": "Unconfined"}),
    ("pss-profiles", WEB, POD + " securityContext seLinuxOptions", {"type": "spc_t"}),
    ("pss-volumes", WEB, POD + " volumes 0", {"name": "tmp", "hostPath": {"path": "/var/run/docker.sock"}}),
    ("pss-host", WEB, POD + " hostNetwork", True),
    ("pss-host", WEB, BOX + " ports 0 hostPort", 8080),
    ("pss-sysctls", WEB, POD + " securityContext sysctls", [{"name": "kernel.msgmax", "value": "1"}]),
    ("read-only-root", MIGRATE, SAFE + " readOnlyRootFilesystem", False),
    ("namespace-pss", "Namespace shop", f"metadata labels {PSS}enforce", "baseline"),
    ("namespace-pss", "Namespace shop", f"metadata labels {PSS}audit-version", CUT),
    ("service-account", WEB, POD + " serviceAccountName", "default"),
    ("service-account", WEB, POD + " serviceAccountName", "nobody"),
    ("service-account-token", WEB, POD + " automountServiceAccountToken", CUT),
    ("service-account-token", "ServiceAccount web", "automountServiceAccountToken", True),
    ("role-least", "Role worker", "rules 0 verbs", ["*"]),
    ("role-least", "Role worker", "rules 0 resources", ["pods/exec"]),
    ("role-least", "Role worker", "rules 0", {"apiGroups": ["batch"], "resources": ["jobs"], "verbs": ["create"]}),
    ("role-least", "Role worker", "rules 0 resources", ["secrets"]),
    ("role-binding", "RoleBinding worker", "roleRef", {"kind": "ClusterRole", "name": "cluster-admin"}),
    ("role-binding", "RoleBinding worker", "subjects 0 name", "nobody"),

    ("cpu-request", WEB, BOX + " resources requests cpu", CUT, "autoscaler-requests"),
    ("cpu-limit", WEB, BOX + " resources limits cpu", CUT),
    ("memory-request", MIGRATE, BOX + " resources requests memory", CUT),
    ("memory-limit", WORKER, POD + " initContainers 0 resources limits memory", CUT),
    ("ephemeral-storage-request", WEB, BOX + " resources requests ephemeral-storage", CUT),
    ("ephemeral-storage-limit", DB, BOX + " resources limits ephemeral-storage", CUT),
    ("requests-within-limits", WEB, BOX + " resources requests memory", "1Gi"),
    ("requests-within-limits", WEB, BOX + " resources requests cpu", "0.2"),
    ("image-tag", DB, BOX + " image", "docker.io/postgres"),
    ("image-tag", DB, BOX + " image", "registry:5000/postgres:latest"),
    ("image-pull-policy", DB, BOX + " imagePullPolicy", "Never"),
    ("liveness-probe", WEB, BOX + " livenessProbe", CUT),
    ("readiness-probe", WEB, BOX + " readinessProbe", {"periodSeconds": 5}),
    ("startup-probe", DB, BOX + " startupProbe", CUT),
    ("probes-differ", WEB, BOX + " readinessProbe httpGet path", "/live"),
    ("probe-port", WEB, BOX + " livenessProbe httpGet port", "admin"),
    ("probe-port", WEB, BOX + " livenessProbe httpGet host", "example.com"),
    ("env-secret", WEB, BOX + " env 0", {"name": "DB_PASSWORD", "value": "hunter2"}),
    ("env-secret", WEB, BOX + " env 1 value", "postgres://app:hunter2@db:5432/shop"),
    ("config-secret", "ConfigMap web-0123456789", "data API_TOKEN", "abc"),
    ("config-secret", "ConfigMap web-0123456789", "data cert.pem", "-----BEGIN RSA PRIVATE KEY-----\n"),
    ("secret-literal", "Secret empty", "stringData", {"TOKEN": "abc"}),
    ("env-duplicate", WEB, BOX + " env 1 name", "MAX_TOKENS", "env-secret"),
    ("ssh-port", WORKER, BOX + " ports 0 containerPort", 22, "network-peer-exists monitor-let-in"),

    ("selector-matches", WORKER, f"spec selector matchLabels {PREFIX}name", "other"),
    ("selector-matches", WORKER, "spec selector matchLabels", {PREFIX + "part-of": "shop"}),
    ("replicas", WORKER, "spec replicas", 1),
    ("rolling-update", WEB, "spec strategy", {"type": "Recreate"}),
    ("rolling-update", WORKER, "spec strategy rollingUpdate maxUnavailable", 2),
    ("progress-deadline", WEB, "spec progressDeadlineSeconds", CUT),
    ("revision-history", DB, "spec revisionHistoryLimit", CUT),
    ("min-ready", WEB, "spec minReadySeconds", CUT),
    ("termination-grace", WEB, POD + " terminationGracePeriodSeconds", CUT),
    ("termination-grace", WEB, POD + " terminationGracePeriodSeconds", 5),
    ("pre-stop", WEB, BOX + " lifecycle", CUT),
    ("anti-affinity", WEB, POD + " affinity", CUT),
    ("anti-affinity", WEB, f"{POD} affinity podAntiAffinity preferredDuringSchedulingIgnoredDuringExecution 0 podAffinityTerm labelSelector matchLabels",
     select("worker")),
    ("topology-spread", WORKER, POD + " topologySpreadConstraints 0 labelSelector matchLabels", select("web")),
    ("priority-class", WEB, POD + " priorityClassName", CUT),
    ("priority-class", WEB, POD + " priorityClassName", "high"),
    ("autoscaler-target", "HorizontalPodAutoscaler web", "spec scaleTargetRef name", "shop", "replicas disruption-budget-room"),
    ("autoscaler-target", "HorizontalPodAutoscaler web", "spec scaleTargetRef apiVersion", "apps/v1beta1"),
    ("autoscaler-bounds", "HorizontalPodAutoscaler web", "spec maxReplicas", 2),
    ("autoscaler-bounds", "HorizontalPodAutoscaler web", "spec metrics", []),
    ("autoscaler-owns-replicas", WEB, "spec replicas", 2),
    ("autoscaler-requests", WEB, BOX + " resources requests cpu", CUT, "cpu-request"),
    ("disruption-budget", "PodDisruptionBudget web", "spec selector matchLabels", select("worker"), "disruption-budget"),
    ("disruption-budget-form", "PodDisruptionBudget web", "spec minAvailable", 1),
    ("disruption-budget-form", "PodDisruptionBudget web", "spec unhealthyPodEvictionPolicy", CUT),
    ("disruption-budget-form", "PodDisruptionBudget web", "spec selector matchLabels", {PREFIX + "component": "service"}, "disruption-budget"),
    ("disruption-budget-room", "PodDisruptionBudget web", "spec maxUnavailable", 0),
    ("disruption-budget-room", "PodDisruptionBudget worker", "spec", {"minAvailable": 2, "unhealthyPodEvictionPolicy": "AlwaysAllow",
                                                                      "selector": {"matchLabels": select("worker")}}),
    ("stateful-service", DB, "spec serviceName", "web"),
    ("stateful-service", "Service db", "spec clusterIP", CUT, "pre-stop"),
    ("cron-deadline", REPORT, "spec startingDeadlineSeconds", CUT),
    ("cron-concurrency", REPORT, "spec concurrencyPolicy", CUT),
    ("cron-time-zone", REPORT, "spec timeZone", CUT),
    ("cron-history", REPORT, "spec failedJobsHistoryLimit", CUT),
    ("cron-schedule", REPORT, "spec schedule", "TZ=Etc/UTC 0 3 * * *"),
    ("cron-schedule", REPORT, "spec schedule", "0 3 * * ? *"),
    ("cron-no-ttl", REPORT, JOB + " ttlSecondsAfterFinished", 60),
    ("job-ttl", MIGRATE, "spec ttlSecondsAfterFinished", CUT),
    ("job-restart", MIGRATE, POD + " restartPolicy", CUT),

    ("default-deny", NET + "default-deny", "spec policyTypes", ["Ingress"]),
    ("default-deny", NET + "default-deny", "spec egress", [{"to": [space("kube-system")], "ports": tcp(443)}], "dns-egress"),
    ("network-policy", NET + "web", "spec policyTypes", ["Ingress"], "network-both-ends"),
    ("network-policy", NET + "migrate", "spec podSelector matchLabels", select("report"), "network-both-ends"),
    ("network-policy-selects", NET + "migrate", "spec podSelector matchLabels", select("nobody"), "network-policy network-both-ends"),
    ("network-peers", NET + "web", "spec ingress 0 from", CUT),
    ("network-peers", NET + "web", "spec egress 0 ports", CUT),
    ("network-peers", NET + "web", "spec ingress 0 from 0 namespaceSelector", {}),
    ("network-peers", NET + "worker", "spec egress 2 to 0 ipBlock except", CUT),
    ("network-peer-exists", NET + "db", "spec ingress 0 from 4", peer("nobody")),
    ("network-peer-exists", NET + "db", "spec ingress 0 ports 1", {"port": 5433}),
    ("network-peer-exists", NET + "web", "spec egress 0 ports 1", {"port": 5433}),
    ("network-both-ends", NET + "db", "spec ingress 0 from 0", CUT),
    ("network-both-ends", NET + "web", "spec egress 0", CUT),
    ("dns-egress", NET + "web", "spec egress 1 ports 0", CUT),
    ("dns-egress", NET + "web", "spec egress 1", CUT),

    ("service-selects", "Service web", f"spec selector {PREFIX}name", "nobody", "monitor-selects"),
    ("service-type", "Service web", "spec type", "NodePort"),
    ("service-target", "Service web", "spec ports 0 targetPort", 8081),
    ("port-names", WEB, BOX + " ports 2", {"name": "a-name-too-long-for-it", "containerPort": 1}),
    ("port-names", WEB, BOX + " ports 2", {"name": "http", "containerPort": 1}),
    ("port-names", "Service web", "spec ports 2", {"port": 81, "targetPort": "http"}),
    ("route-backend", "Ingress web", "spec rules 0 http paths 0 backend service port name", "https"),
    ("route-backend", "HTTPRoute web", "spec rules 0 backendRefs 0 name", "shop"),
    ("route-backend", "HTTPRoute web", "spec rules 0 backendRefs 0 namespace", "other"),
    ("route-let-in", NET + "web", "spec ingress 0 ports 0 port", 9090),
    ("route-hosts", "HTTPRoute web", "spec hostnames", CUT),
    ("route-hosts", "Ingress web", "spec rules 0 host", "*.example.com", "ingress-tls"),
    ("ingress-tls", "Ingress web", "spec tls", CUT),
    ("ingress-class", "Ingress web", "spec ingressClassName", CUT),
    ("ingress-snippets", "Ingress web", "metadata annotations", {"nginx.ingress.kubernetes.io/server-snippet": "deny all;"}),
    ("route-parent", "HTTPRoute web", "spec parentRefs", []),
    ("route-parent", "HTTPRoute web", "spec parentRefs 0 sectionName", "tls"),
    ("gateway-tls", "Gateway public", "spec listeners 1 tls", CUT),
    ("gateway-tls", "HTTPRoute web", "spec parentRefs 0 sectionName", CUT),
    ("gateway-routes", "Gateway public", "spec listeners 1 allowedRoutes namespaces from", "All"),
    ("monitor-selects", "ServiceMonitor web", "spec endpoints 0 port", "admin"),
    ("monitor-selects", "PodMonitor worker", "spec podMetricsEndpoints 0 port", "admin"),
    ("monitor-let-in", NET + "worker", "spec ingress", []),

    ("unique", "ServiceAccount web", "metadata name", "db", "service-account"),
    ("namespace", "ConfigMap web-0123456789", "metadata namespace", CUT, "config-exists"),
    ("namespace", "Secret empty", "metadata namespace", "other"),
    ("labels", "Secret empty", f"metadata labels {PREFIX}managed-by", CUT),
    ("labels", WEB, f"spec template metadata labels {PREFIX}component", CUT),
    ("labels", DB, f"metadata labels {PREFIX}version", CUT),
    ("label-values", WEB, "metadata labels note", "a b"),
    ("instance-name", WEB, f"metadata labels {PREFIX}instance", "shop"),
    ("config-exists", WEB, BOX + " envFrom 0 configMapRef name", "other"),
    ("config-hashed", "ConfigMap web-0123456789", "immutable", CUT),
    ("secret-source", WEB, BOX + " env 0 valueFrom secretKeyRef name", "other"),
    ("volumes-exist", WEB, BOX + " volumeMounts 0 name", "other"),
    ("volumes-exist", WEB, POD + " volumes 1 persistentVolumeClaim claimName", "other"),
    ("allow-known", WEB, f"metadata annotations {ALLOW}nonsense", "because"),
    ("allow-needed", WEB, f"metadata annotations {ALLOW}replicas", "because"),
]


def change(document, path, value):
    *way, last = [int(word) if word.isdigit() else word for word in path.split(" ")]
    for word in way:
        document = document[word] if isinstance(word, int) else document.setdefault(word, {})
    if value is CUT:
        del document[last]
    elif isinstance(last, int) and last == len(document):
        document.append(value)
    else:
        document[last] = value


def rules(documents, **rest):
    return {finding.rule for finding in judge(Cluster(documents, **rest))}


class Rules(unittest.TestCase):
    def test_good(self):
        self.assertEqual([f"{finding.rule} {finding}" for finding in judge(Cluster(good().values()))], [])

    def test_every_rule_finds_its_fault_and_only_that(self):
        for rule, name, path, value, *rest in CASES:
            with self.subTest(rule=rule, object=name, path=path):
                world = good()
                change(world[name], path, copy.deepcopy(value))
                found = rules(world.values())
                self.assertIn(rule, found)
                self.assertEqual(found - {rule} - set(rest[0].split() if rest else ()), set())

    def test_every_rule_has_a_case(self):
        others = {"allow-reason"}
        self.assertEqual({case[0] for case in CASES} | others, set(RULES))

    def test_an_annotation_with_a_reason_allows(self):
        world = good()
        world[WORKER]["spec"]["replicas"] = 1
        annotations = world[WORKER]["metadata"].setdefault("annotations", {})
        annotations[ALLOW + "replicas"] = " "
        self.assertEqual(rules(world.values()), {"replicas", "allow-reason"})
        annotations[ALLOW + "replicas"] = "it must not run twice"
        self.assertEqual(rules(world.values()), set())

    def test_an_annotation_allows_its_own_object_and_rule_only(self):
        world = good()
        for name in (WEB, WORKER):
            del world[name]["spec"]["minReadySeconds"]
        world[WEB]["metadata"]["annotations"] = {ALLOW + "min-ready": "it is ready at once"}
        self.assertEqual([str(finding.object) for finding in judge(Cluster(world.values()))], [WORKER])

    def test_a_missing_object_is_missed(self):
        for name, expected in ((NET + "default-deny", "default-deny"), ("ServiceAccount web", "service-account"), ("ConfigMap web-0123456789", "config-exists"),
                               ("ExternalSecret " + SECRET, "secret-source"), ("Certificate report", "secret-source"), ("Service db", "stateful-service"),
                               ("PodDisruptionBudget web", "disruption-budget"), ("HorizontalPodAutoscaler web", "replicas"), (WEB, "autoscaler-target"),
                               ("PriorityClass shop-default", "priority-class"), ("Namespace shop", "namespace"), ("PersistentVolumeClaim uploads", "volumes-exist")):
            with self.subTest(object=name):
                world = good()
                del world[name]
                self.assertIn(expected, rules(world.values()))

    def test_a_hash_belongs_to_the_name(self):
        world = good()
        job = world[MIGRATE]
        job["metadata"]["name"] = "migrate-0123456789"
        self.assertEqual(rules(world.values()), set())
        config = world["ConfigMap web-0123456789"]
        config["metadata"]["name"] = "web"
        change(world[WEB], BOX + " envFrom 0 configMapRef name", "web")
        self.assertEqual(rules(world.values()), {"config-hashed"})


class Files(unittest.TestCase):
    def setUp(self):
        try:
            import yaml  # noqa: F401
        except ImportError:
            (self.fail if "CI" in os.environ else self.skipTest)("PyYAML not found")

    def folder(self, world, tag):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        image = {"name": "registry.example.com/shop/web", "newTag": tag}
        documents = "\n---\n".join(json.dumps(document) for document in world.values())
        for name, text in (("all.yaml", documents), ("kustomization.yaml", json.dumps({"kind": "Kustomization", "images": [image]})),
                           ("secrets.env.example", f"#   kubectl create secret generic {SECRET} --from-env-file=secrets.env\n")):
            (Path(folder.name) / name).write_text(text)
        return Path(folder.name)

    def test_a_release_sets_tag_and_version(self):
        world = good()
        change(world[WEB], BOX + " image", "registry.example.com/shop/web")
        for path in ("metadata labels ", "spec template metadata labels "):
            change(world[WEB], f"{path}{PREFIX}version", CUT)
        self.assertEqual({finding.rule for finding in judge(read(self.folder(world, "unset")))}, set())
        self.assertEqual({finding.rule for finding in judge(read(self.folder(world, "latest")))}, {"image-tag"})

    def test_own_images_are_asked_for(self):
        world = good()
        change(world[WEB], BOX + " imagePullPolicy", "IfNotPresent")
        change(world[DB], BOX + " image", "docker.io/postgres:16.4")
        change(world[DB], BOX + " imagePullPolicy", "IfNotPresent")
        self.assertEqual({(finding.rule, str(finding.object)) for finding in judge(read(self.folder(world, "1.4.2")))}, {("image-pull-policy", WEB)})

    def test_a_command_makes_a_secret(self):
        world = good()
        del world["ExternalSecret " + SECRET]
        self.assertEqual({finding.rule for finding in judge(read(self.folder(world, "1")))}, set())


if __name__ == "__main__":
    unittest.main()
