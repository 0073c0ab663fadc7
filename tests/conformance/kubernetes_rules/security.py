"""The restricted pod security standard, on every container of every pod, and what
checkers want beyond it: users, root file systems, service accounts, roles."""
from .cluster import at, items
from .registry import rule

VOLUMES = ("configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret")
SAFE_SYSCTLS = ("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies",
                "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
                "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem")
SELINUX_TYPES = (None, "", "container_t", "container_init_t", "container_kvm_t", "container_engine_t")


def containers(id, sentence):
    """A rule of every container: check(pod, container) yields texts."""
    def register(check):
        @rule(id, sentence)
        def every(cluster):
            for pod in cluster.pods:
                for container in pod.containers:
                    for text in check(pod, container):
                        yield pod.owner, f"{container}: {text}"
        return check
    return register


def setting(pod, container, *path):
    """A field of the container's security context, or else of the pod's."""
    own = at(container.security, *path)
    return at(pod.security, *path) if own is None else own


@containers("pss-privilege-escalation", "No container may gain privileges that its parent does not have")
def privilege_escalation(pod, container):
    if container.security.get("allowPrivilegeEscalation") is not False:
        yield "allowPrivilegeEscalation is not false"


@containers("pss-privileged", "No container is privileged")
def privileged(pod, container):
    if container.security.get("privileged"):
        yield "privileged"
    if setting(pod, container, "windowsOptions", "hostProcess"):
        yield "hostProcess"


@containers("pss-non-root", "Every container runs as a user that is not root")
def non_root(pod, container):
    if setting(pod, container, "runAsNonRoot") is not True:
        yield "runAsNonRoot is not true"
    if setting(pod, container, "runAsUser") == 0:
        yield "runAsUser is 0"


@containers("user-id", "Users and groups of containers are at least 10000, so that they are none of the node's")
def user_id(pod, container):
    for key in ("runAsUser", "runAsGroup"):
        value = setting(pod, container, key)
        if value is None or value < 10000:
            yield f"{key} is {value}"


@containers("pss-seccomp", "Every container has the runtime's seccomp profile or one of its own")
def seccomp(pod, container):
    kind = setting(pod, container, "seccompProfile", "type")
    if kind not in ("RuntimeDefault", "Localhost"):
        yield f"seccompProfile is {kind}"


@containers("pss-capabilities", "Every container drops all capabilities and adds none but NET_BIND_SERVICE")
def capabilities(pod, container):
    if "ALL" not in at(container.security, "capabilities", "drop", default=[]):
        yield "capabilities.drop lacks ALL"
    for name in at(container.security, "capabilities", "add", default=[]):
        if name != "NET_BIND_SERVICE":
            yield f"capabilities.add has {name}"


@containers("pss-proc-mount", "No container sees an unmasked /proc")
def proc_mount(pod, container):
    if container.security.get("procMount", "Default") != "Default":
        yield f"procMount is {container.security['procMount']}"


@containers("pss-profiles", "AppArmor is confined and SELinux has no user, role or type of its own")
def profiles(pod, container):
    if setting(pod, container, "appArmorProfile", "type") not in (None, "RuntimeDefault", "Localhost"):
        yield "appArmorProfile is unconfined"
    options = setting(pod, container, "seLinuxOptions") or {}
    if options.get("user") or options.get("role") or options.get("type") not in SELINUX_TYPES:
        yield f"seLinuxOptions are {options}"


@containers("read-only-root", "Root file systems are read-only; what is written goes to volumes")
def read_only_root(pod, container):
    if container.security.get("readOnlyRootFilesystem") is not True:
        yield "readOnlyRootFilesystem is not true"


@rule("pss-volumes", "Volumes are of the types that the restricted standard knows; nothing of the node is mounted")
def volumes(cluster):
    for pod in cluster.pods:
        for volume in items(pod.spec, "volumes"):
            for kind in volume.keys() - {"name"}:
                if kind not in VOLUMES:
                    yield pod.owner, f"volume {volume.get('name')} is a {kind}"


@rule("pss-host", "No pod shares the node's network, processes or ports")
def host(cluster):
    for pod in cluster.pods:
        for key in ("hostNetwork", "hostPID", "hostIPC"):
            if pod.spec.get(key):
                yield pod.owner, key
        for container in pod.containers:
            for port in items(container.document, "ports"):
                if port.get("hostPort"):
                    yield pod.owner, f"{container}: hostPort {port['hostPort']}"


@rule("pss-sysctls", "Only safe sysctls are set")
def sysctls(cluster):
    for pod in cluster.pods:
        for item in items(pod.security, "sysctls"):
            if item.get("name") not in SAFE_SYSCTLS:
                yield pod.owner, f"sysctl {item.get('name')}"


@rule("namespace-pss", "Every Namespace enforces, warns of and audits the restricted standard in a version that is said")
def namespace_pss(cluster):
    for item in cluster.of("Namespace"):
        for mode in ("enforce", "warn", "audit"):
            label = f"pod-security.kubernetes.io/{mode}"
            if item.labels.get(label) != "restricted":
                yield item, f"label {label} is {item.labels.get(label)}"
            if not item.labels.get(label + "-version"):
                yield item, f"label {label}-version is missing"


# ---- who a pod is -------------------------------------------------------------
@rule("service-account", "Every pod runs under a ServiceAccount of these manifests, never the default one")
def service_account(cluster):
    for pod in cluster.pods:
        name = pod.spec.get("serviceAccountName")
        if name in (None, "", "default"):
            yield pod.owner, "serviceAccountName is missing"
        elif not cluster.find("ServiceAccount", pod.namespace, name):
            yield pod.owner, f"there is no ServiceAccount {name}"


@rule("service-account-token", "No token of the cluster's API is mounted, by pods or by ServiceAccounts")
def service_account_token(cluster):
    for pod in cluster.pods:
        if pod.spec.get("automountServiceAccountToken") is not False:
            yield pod.owner, "automountServiceAccountToken is not false"
    for item in cluster.of("ServiceAccount"):
        if item.document.get("automountServiceAccountToken") is not False:
            yield item, "automountServiceAccountToken is not false"


@rule("role-least", "Roles name what they give: no wildcards, no exec into pods, no making of pods, no Secrets but by name")
def role_least(cluster):
    for item in cluster.of("Role", "ClusterRole"):
        for entry in items(item.document, "rules"):
            resources, verbs = entry.get("resources") or [], entry.get("verbs") or []
            if "*" in resources + verbs + (entry.get("apiGroups") or []):
                yield item, "a rule has *"
            if {"pods/exec", "pods/attach"} & set(resources):
                yield item, "a rule gives exec or attach to pods"
            if {"pods", "deployments", "statefulsets", "daemonsets", "jobs", "cronjobs"} & set(resources) and "create" in verbs:
                yield item, "a rule lets pods be made"
            if "secrets" in resources and not entry.get("resourceNames"):
                yield item, "a rule gives all Secrets"


@rule("role-binding", "A RoleBinding binds a Role of these manifests to ServiceAccounts of these manifests")
def role_binding(cluster):
    for item in cluster.of("RoleBinding", "ClusterRoleBinding"):
        role = at(item.document, "roleRef", default={})
        if role.get("kind") != "Role" or not cluster.find("Role", item.namespace, role.get("name")):
            yield item, f"there is no Role {role.get('name')}"
        for subject in items(item.document, "subjects"):
            if subject.get("kind") != "ServiceAccount" or not cluster.find("ServiceAccount", subject.get("namespace") or item.namespace, subject.get("name")):
                yield item, f"there is no ServiceAccount {subject.get('name')}"
