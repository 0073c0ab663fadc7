"""What requests come through: Services, Ingresses, routes of the Gateway API, and
what Prometheus scrapes."""
import re

from .cluster import at, items, selects
from .registry import rule
from .traffic import lets_in_outside

# RFC 6335: a name of a port has at most 15 characters and at least one letter.
PORT_NAME = re.compile(r"(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?")


@rule("service-selects", "A Service selects the pods of a workload of these manifests")
def service_selects(cluster):
    for item in cluster.of("Service"):
        if at(item.spec, "type") != "ExternalName" and not cluster.served_by(item):
            yield item, "it selects no pod"


@rule("service-type", "No Service opens a port on the nodes")
def service_type(cluster):
    for item in cluster.of("Service"):
        if at(item.spec, "type", default="ClusterIP") not in ("ClusterIP", "ExternalName"):
            yield item, f"type is {item.spec['type']}"


@rule("service-target", "A Service's target port is declared by the pods that it selects")
def service_target(cluster):
    for item in cluster.of("Service"):
        for port in items(item.spec, "ports"):
            target = port.get("targetPort", port.get("port"))
            for pod in cluster.served_by(item):
                if pod.port(target) is None:
                    yield item, f"{pod.owner} declares no port {target}"


@rule("port-names", "Ports have names of at most 15 characters, each once; a Service with several ports names them all")
def port_names(cluster):
    for pod in cluster.pods:
        names = [port.get("name") for container in pod.containers for port in items(container.document, "ports")]
        for name in names:
            if not name or not PORT_NAME.fullmatch(name) or names.count(name) > 1:
                yield pod.owner, f"container port is called {name}"
    for item in cluster.of("Service"):
        names = [port.get("name") for port in items(item.spec, "ports")]
        for port in items(item.spec, "ports"):
            if (len(names) > 1 and not port.get("name")) or names.count(port.get("name")) > 1:
                yield item, f"port {port.get('port')} is called {port.get('name')}"
            target = port.get("targetPort")
            if isinstance(target, str) and not PORT_NAME.fullmatch(target):
                yield item, f"targetPort is called {target}"


# ---- Ingress and HTTPRoute ----------------------------------------------------
def ingress_backends(ingress):
    for entry in items(ingress.spec, "rules"):
        for path in items(entry, "http", "paths"):
            yield at(path, "backend", "service", default={})
    if at(ingress.spec, "defaultBackend", "service"):
        yield ingress.spec["defaultBackend"]["service"]


def backends(cluster):
    """(route, namespace and name of a Service, its port's name or number)."""
    for item in cluster.of("Ingress"):
        for service in ingress_backends(item):
            port = at(service, "port", default={})
            yield item, item.namespace, service.get("name"), port.get("name") or port.get("number")
    for item in cluster.of("HTTPRoute"):
        for entry in items(item.spec, "rules"):
            for reference in items(entry, "backendRefs"):
                yield item, reference.get("namespace") or item.namespace, reference.get("name"), reference.get("port")


def behind(cluster, namespace, name, wanted):
    """(service, its port) or None."""
    service = cluster.find("Service", namespace, name)
    for port in items(service.spec, "ports") if service else []:
        if wanted in (port.get("name"), port.get("port")):
            return service, port
    return None


@rule("route-backend", "What an Ingress or a route leads to is a Service of its namespace with that port")
def route_backend(cluster):
    for item, namespace, name, wanted in backends(cluster):
        if namespace != item.namespace or not behind(cluster, namespace, name, wanted):
            yield item, f"there is no Service {name} with a port {wanted}"


@rule("route-let-in", "Pods that an Ingress or a route leads to let its controller in")
def route_let_in(cluster):
    for item, namespace, name, wanted in backends(cluster):
        found = behind(cluster, namespace, name, wanted)
        for pod in cluster.served_by(found[0]) if found else []:
            number = pod.port(found[1].get("targetPort", found[1].get("port")))
            if number and not lets_in_outside(cluster, pod, number):
                yield item, f"no NetworkPolicy of {pod.owner} lets another namespace in on port {number}"


@rule("route-hosts", "An Ingress or a route is for hosts that are named in full")
def route_hosts(cluster):
    for item in cluster.of("Ingress", "HTTPRoute"):
        hosts = [entry.get("host") for entry in items(item.spec, "rules")] if item.kind == "Ingress" else at(item.spec, "hostnames", default=[])
        if not hosts or any(not host or "*" in host for host in hosts):
            yield item, f"hosts are {hosts}"


@rule("ingress-tls", "Every host of an Ingress is served over TLS")
def ingress_tls(cluster):
    for item in cluster.of("Ingress"):
        safe = {host for entry in items(item.spec, "tls") if entry.get("secretName") for host in entry.get("hosts") or []}
        for entry in items(item.spec, "rules"):
            host = entry.get("host", "")
            if host not in safe and "*." + host.partition(".")[2] not in safe:
                yield item, f"host {host} has no certificate"


@rule("ingress-class", "An Ingress says which controller it is for")
def ingress_class(cluster):
    for item in cluster.of("Ingress"):
        if not at(item.spec, "ingressClassName"):
            yield item, "ingressClassName is missing"


@rule("ingress-snippets", "No annotation carries a piece of the controller's own configuration")
def ingress_snippets(cluster):
    for item in cluster.of("Ingress"):
        for key in item.annotations:
            if key.endswith("-snippet"):
                yield item, f"annotation {key}"


def parents(cluster, route):
    """(reference, Gateway of these manifests or None, the listeners meant)."""
    for reference in items(route.spec, "parentRefs"):
        gateway = cluster.find("Gateway", reference.get("namespace") or route.namespace, reference.get("name"))
        wanted = reference.get("sectionName")
        yield reference, gateway, [one for one in items(gateway.spec, "listeners") if wanted in (None, one.get("name"))] if gateway else []


@rule("route-parent", "A route hangs on a Gateway; where that is in these manifests, the listener is there")
def route_parent(cluster):
    for item in cluster.of("HTTPRoute"):
        if not items(item.spec, "parentRefs"):
            yield item, "parentRefs are missing"
        for reference, gateway, listeners in parents(cluster, item):
            if gateway and not listeners:
                yield item, f"{gateway} has no listener {reference.get('sectionName')}"


@rule("gateway-tls", "Listeners serve over TLS with a certificate of their namespace; over HTTP, routes only redirect")
def gateway_tls(cluster):
    for item in cluster.of("Gateway"):
        for listener in items(item.spec, "listeners"):
            if listener.get("protocol") in ("HTTPS", "TLS"):
                certificates = items(listener, "tls", "certificateRefs")
                if at(listener, "tls", "mode") != "Passthrough" and not certificates:
                    yield item, f"listener {listener.get('name')} has no certificate"
                if any(one.get("namespace", item.namespace) != item.namespace for one in certificates):
                    yield item, f"listener {listener.get('name')} has a certificate of another namespace"
    for item in cluster.of("HTTPRoute"):
        plain = [listener for _, _, listeners in parents(cluster, item) for listener in listeners if listener.get("protocol") == "HTTP"]
        if plain and any(items(entry, "backendRefs") for entry in items(item.spec, "rules")):
            yield item, f"it serves over HTTP at listener {plain[0].get('name')}"


@rule("gateway-routes", "A Gateway does not let routes of all namespaces in")
def gateway_routes(cluster):
    for item in cluster.of("Gateway"):
        for listener in items(item.spec, "listeners"):
            if at(listener, "allowedRoutes", "namespaces", "from") == "All":
                yield item, f"listener {listener.get('name')} takes routes of all namespaces"


# ---- what is scraped ----------------------------------------------------------
def scraped(cluster):
    """(monitor, endpoint, pods, what their port is called)."""
    for item in cluster.of("ServiceMonitor"):
        for endpoint in items(item.spec, "endpoints"):
            services = [one for one in cluster.of("Service") if one.namespace == item.namespace and selects(at(item.spec, "selector"), one.labels)]
            ports = [(one, port) for one in services for port in items(one.spec, "ports") if port.get("name") == endpoint.get("port")]
            yield item, endpoint, [(pod, port.get("targetPort", port.get("port"))) for one, port in ports for pod in cluster.served_by(one)]
    for item in cluster.of("PodMonitor"):
        for endpoint in items(item.spec, "podMetricsEndpoints"):
            yield item, endpoint, [(pod, endpoint.get("port")) for pod in cluster.selected(at(item.spec, "selector"), item.namespace)]


@rule("monitor-selects", "A monitor selects pods of these manifests by a port that they have")
def monitor_selects(cluster):
    for item, endpoint, pods in scraped(cluster):
        if not any(pod.port(port) for pod, port in pods):
            yield item, f"no pod with a port {endpoint.get('port')}"


@rule("monitor-let-in", "Pods that are scraped let Prometheus in")
def monitor_let_in(cluster):
    for item, _, pods in scraped(cluster):
        for pod, port in pods:
            if pod.port(port) and not lets_in_outside(cluster, pod, pod.port(port)):
                yield item, f"no NetworkPolicy of {pod.owner} lets another namespace in on port {pod.port(port)}"
