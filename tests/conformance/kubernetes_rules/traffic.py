"""Who reaches whom: NetworkPolicies as a whole, from both ends of every connection."""
from .cluster import at, items, selects
from .registry import rule

NAME = "kubernetes.io/metadata.name"
# Where clouds hand out a machine's own credentials.
METADATA = ("169.254.169.254/32", "169.254.0.0/16")


def types_of(policy):
    given = at(policy.spec, "policyTypes")
    return given or ["Ingress"] + (["Egress"] if "egress" in policy.spec else [])


def policies(cluster, pod, kind):
    """Policies that isolate a pod in one direction."""
    return [item for item in cluster.of("NetworkPolicy")
            if item.namespace == pod.namespace and kind in types_of(item) and selects(at(item.spec, "podSelector"), pod.labels)]


def rules_of(policy, kind):
    """(peers or None for everybody, ports or None for all) of each rule."""
    side, peers = ("ingress", "from") if kind == "Ingress" else ("egress", "to")
    return [(entry.get(peers) or None, entry.get("ports") or None) for entry in items(policy.spec, side)]


def peer_is(peer, pod, namespace):
    """Whether a peer in a policy of a namespace means a pod of these manifests."""
    if "ipBlock" in peer:
        return False
    spaces = at(peer, "namespaceSelector")
    here = pod.namespace == namespace if spaces is None else selects(spaces, {NAME: pod.namespace})
    return here and (at(peer, "podSelector") is None or selects(peer["podSelector"], pod.labels))


def port_is(ports, pod, number):
    """Whether one of a rule's ports is this TCP port of a pod."""
    if ports is None:
        return True
    for item in ports:
        first = pod.port(item["port"]) if isinstance(item.get("port"), str) else item.get("port")
        if item.get("protocol", "TCP") == "TCP" and (first is None or first <= number <= item.get("endPort", first)):
            return True
    return False


def lets(cluster, kind, isolated, other, serving, number):
    """Whether the policies of `isolated` let a connection with `other` through, on a port of `serving`."""
    own = policies(cluster, isolated, kind)
    return not own or any((peers is None or any(peer_is(peer, other, policy.namespace) for peer in peers)) and port_is(ports, serving, number)
                          for policy in own for peers, ports in rules_of(policy, kind))


def lets_in_outside(cluster, pod, number):
    """Whether somebody of another namespace, or of no pod, is let in on a port."""
    own = policies(cluster, pod, "Ingress")
    return not own or any((peers is None or any("ipBlock" in peer or "namespaceSelector" in peer for peer in peers)) and port_is(ports, pod, number)
                          for policy in own for peers, ports in rules_of(policy, "Ingress"))


@rule("default-deny", "Every namespace with pods denies what no policy allows, in both directions")
def default_deny(cluster):
    for space in sorted({pod.namespace for pod in cluster.pods}):
        for kind in ("Ingress", "Egress"):
            denies = [item for item in cluster.of("NetworkPolicy") if item.namespace == space and kind in types_of(item)
                      and at(item.spec, "podSelector") == {} and not rules_of(item, kind)]
            if not denies:
                owner = cluster.find("Namespace", "", space) or next(pod.owner for pod in cluster.pods if pod.namespace == space)
                yield owner, f"no NetworkPolicy of namespace {space} denies all {kind}"


@rule("network-policy", "Every pod has a NetworkPolicy of its own for what comes and for what goes")
def network_policy(cluster):
    for pod in cluster.pods:
        for kind in ("Ingress", "Egress"):
            if not any(at(item.spec, "podSelector") != {} for item in policies(cluster, pod, kind)):
                yield pod.owner, f"no NetworkPolicy of its own has the type {kind}"


@rule("network-policy-selects", "Every NetworkPolicy that names pods selects one of these manifests")
def network_policy_selects(cluster):
    for item in cluster.of("NetworkPolicy"):
        if at(item.spec, "podSelector") != {} and not cluster.selected(at(item.spec, "podSelector"), item.namespace):
            yield item, "it selects no pod"


@rule("network-peers", "NetworkPolicies name peers and ports; the whole world only without the address that hands out credentials")
def network_peers(cluster):
    for item in cluster.of("NetworkPolicy"):
        for kind in ("Ingress", "Egress"):
            for peers, ports in rules_of(item, kind):
                if peers is None or ports is None:
                    yield item, f"{kind}: a rule without {'peers' if peers is None else 'ports'}"
                for peer in peers or []:
                    if at(peer, "namespaceSelector") == {} and not at(peer, "podSelector"):
                        yield item, f"{kind}: every pod of every namespace"
                    block = at(peer, "ipBlock", default={})
                    if kind == "Egress" and block.get("cidr") == "0.0.0.0/0" and not set(METADATA) & set(block.get("except") or []):
                        yield item, f"Egress: 0.0.0.0/0 holds {METADATA[0]}"


def named_pods(cluster, policy, peers):
    """Pods that peers name by labels within the policy's namespace."""
    for peer in peers or []:
        if "podSelector" in peer and "namespaceSelector" not in peer:
            yield peer, cluster.selected(peer["podSelector"], policy.namespace)


@rule("network-peer-exists", "A peer that a NetworkPolicy names by labels is a pod of these manifests, and so is its port")
def network_peer_exists(cluster):
    for item in cluster.of("NetworkPolicy"):
        own = cluster.selected(at(item.spec, "podSelector"), item.namespace)
        for kind in ("Ingress", "Egress"):
            for peers, ports in rules_of(item, kind):
                for peer, found in named_pods(cluster, item, peers):
                    if not found:
                        yield item, f"{kind}: {peer['podSelector'].get('matchLabels')} is no pod"
                serving = [own] if kind == "Ingress" else [found for _, found in named_pods(cluster, item, peers) if found]
                for port in ports or []:
                    for pods in serving:
                        if port.get("port") is not None and not any(pod.port(port["port"]) for pod in pods):
                            yield item, f"{kind}: port {port['port']} is declared by no container of {', '.join(str(pod.owner) for pod in pods)}"


@rule("network-both-ends", "What one end of a connection allows, the other end allows too")
def network_both_ends(cluster):
    for item in cluster.of("NetworkPolicy"):
        for kind, other_kind in (("Ingress", "Egress"), ("Egress", "Ingress")):
            for peers, ports in rules_of(item, kind):
                for _, others in named_pods(cluster, item, peers):
                    for own in cluster.selected(at(item.spec, "podSelector"), item.namespace):
                        for other in others:
                            serving = own if kind == "Ingress" else other
                            numbers = [number for port in ports or [] if (number := serving.port(port.get("port")))]
                            for number in numbers:
                                if not lets(cluster, other_kind, other, own, serving, number):
                                    yield item, f"{kind} with {other.owner} on port {number}: the {other_kind} of {other.owner} does not allow it"


@rule("dns-egress", "A pod that may call somebody may ask for names, over UDP and TCP")
def dns_egress(cluster):
    for pod in cluster.pods:
        every = [{"protocol": "UDP"}, {"protocol": "TCP"}]
        allowed = [port for item in policies(cluster, pod, "Egress") for _, ports in rules_of(item, "Egress") for port in ports or every]
        for protocol in ("UDP", "TCP") if allowed else ():
            if not any(port.get("port") in (53, None) and port.get("protocol", "TCP") == protocol for port in allowed):
                yield pod.owner, f"no egress to port 53 over {protocol}"
