"""The configuration of the proxy on Docker Compose, with a real nginx: is it one, and does it do
what stands in it? Requests travel on loopback; only ports, certificate and DNS are replaced."""
import json
import re
import shutil
import subprocess
import time

from nginx_world import World, ask, free_port
from report import find_tool, run

SPOOFED = "203.0.113.9"


class Servers:
    """What a configuration says, read from it."""

    def __init__(self, text):
        self.tls = "listen 443 ssl;" in text
        self.redirect = " https://$host" in text
        self.hosts = []
        for block in re.findall(r"^    server \{\n(.*?)^    \}", text, re.M | re.S):
            if "proxy_pass" not in block:
                continue
            names = re.search(r"server_name (.*);", block)[1].split()
            locations = {path: body for path, body in re.findall(r"location (?:= )?(/\S*) \{\n(.*?)^        \}", block, re.M | re.S)}
            self.hosts.append({
                "name": "localhost" if names == ["_"] else names[0],
                "deny": [re.sub(r"\\(.)", r"\1", path) for path in re.findall(r"location ~\*? \^(\S*)\(/\|\$\)", block)],
                "plain": [path for path, body in locations.items() if "Upgrade" not in body and "limit_req" not in body],
                "socket": [path for path, body in locations.items() if "Upgrade" in body],
                "limited": [(path, 1 + min(int(burst or 0) for burst in re.findall(r"limit_req zone=\S+?(?: burst=(\d+) nodelay)?;", body)))
                            for path, body in locations.items() if "limit_req" in body],
            })
        self.strangers = "default_server" in text


def local(text, version, folder, ports, world):
    """The same configuration for this machine."""
    text = text.replace("resolver 127.0.0.11 ", f"resolver 127.0.0.1:{world.dns.server_address[1]} ")
    text = re.sub(r"(set \$\S+ http)://[^;]*;", rf"\1://service.test:{world.service.server_address[1]};", text)
    for number in ("443", "80"):
        text = re.sub(rf"listen {number}\b", f"listen 127.0.0.1:{ports[number]}", text)
    text = text.replace("listen 127.0.0.1:8080;", f"listen 127.0.0.1:{ports['8080']};")
    text = text.replace("/etc/nginx/tls/", f"{folder}/").replace("/run/nginx.pid", f"{folder}/nginx.pid")
    if version < (1, 25, 1):  # the directive came with that version
        text = re.sub(r"^ *http2 +on;\n", "", text, flags=re.M)
    temporary = "".join(f"    {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return text.replace("http {\n", "http {\n" + temporary, 1)


class Nginx:
    def __init__(self, report, work):
        self.report = report
        self.work = work / "nginx"
        self.binary, version = find_tool("nginx", "-v")
        if not self.binary:
            report.skip("nginx", "nginx not found")
            return
        report.consumer("nginx", version)
        self.version = tuple(int(part) for part in re.search(r"(\d+)\.(\d+)\.(\d+)", version).groups())

    def jobs(self, output):
        path = output.folder / "compose" / "nginx.conf"
        if self.binary and path.is_file():
            yield lambda: self.judge(output, path.read_text(encoding="utf-8"))

    def judge(self, output, text):
        folder = self.work / output.name.replace("/", "-")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"])
        with World() as world:
            ports = {number: free_port() for number in ("80", "443", "8080")}
            conf = folder / "nginx.conf"
            conf.write_text(local(text, self.version, folder, ports, world))
            tested = run([self.binary, "-t", "-p", folder, "-c", conf])
            problems = [] if tested.returncode == 0 and "[warn]" not in tested.stderr else [tested.stderr]
            self.report.add("nginx -t", output.name, problems)
            if not problems:
                self.report.add("nginx", output.name, self.running(conf, folder, ports, Servers(text), world))

    def running(self, conf, folder, ports, servers, world):
        with open(folder / "log", "w") as log:
            process = subprocess.Popen([self.binary, "-p", folder, "-c", conf, "-g", "daemon off;"], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
            try:
                for _ in range(100):
                    if ask(ports["8080"], "localhost", "/")[0] == 200:
                        break
                    time.sleep(0.05)
                else:
                    return ["it does not answer its own health check", (folder / "log").read_text()]
                return list(behaviour(ports, servers, world))
            finally:
                process.terminate()
                process.wait(20)


def behaviour(ports, servers, world):
    """What is not as the configuration says."""
    port, tls = (ports["443"], True) if servers.tls else (ports["80"], False)
    if not servers.hosts:
        yield "no host leads anywhere"
    if servers.strangers:
        status = ask(ports["80"], "stranger.example", "/")[0]
        if status != "RemoteDisconnected":
            yield f"a host that is not ours was answered with {status}"
        status = ask(ports["443"], "stranger.example", "/", tls=True)[0] if tls else "SSLError"
        if not str(status).startswith("SSL"):
            yield f"TLS for a host that is not ours ended with {status}"
    for host in servers.hosts:
        yield from (f"{host['name']}: {problem}" for problem in host_behaviour(port, tls, ports, servers, host, world))


def host_behaviour(port, tls, ports, servers, host, world):
    name = host["name"]
    if servers.redirect:
        status, headers, _ = ask(ports["80"], name, "/a?b=c")
        if status != 301 or not re.fullmatch(rf"https://{re.escape(name)}(:\d+)?/a\?b=c", headers.get("location", "")):
            yield f"without TLS: {status} {headers.get('location')}"
    for path in host["plain"]:
        status, headers, body = ask(port, name, path, tls, {"X-Forwarded-For": SPOOFED, "X-Real-IP": SPOOFED, "Upgrade": "websocket", "Connection": "Upgrade"})
        if status != 200:
            yield f"GET {path}: {status}"
            continue
        seen = json.loads(body)["headers"]
        for key, wanted in (("x-forwarded-for", "127.0.0.1"), ("x-real-ip", "127.0.0.1"), ("x-forwarded-proto", "https" if tls else "http")):
            if seen.get(key) != wanted:
                yield f"GET {path}: the service saw {key}: {seen.get(key)}"
        if not seen.get("host", "").startswith(name) or "upgrade" in seen:
            yield f"GET {path}: the service saw {seen}"
        if ("strict-transport-security" in headers) != tls or headers.get("x-content-type-options") != "nosniff" or "x-powered-by" in headers:
            yield f"GET {path}: answered with {headers}"
        if re.search(r"\d", headers.get("server", "")):
            yield f"it tells its version: {headers['server']}"
    for path in host["deny"]:
        for spelled in (path, path + "/x", path.upper() + "/x", path.replace("/", "//", 1) + "/x", "/%" + f"{ord(path[1]):02x}" + path[2:] + "/x"):
            before = len(world.service.seen)
            status = ask(port, name, spelled, tls)[0]
            if status != 404 or len(world.service.seen) != before:
                yield f"GET {spelled}: {status}, and it stays inside"
    for path in host["socket"]:
        status, headers, _ = ask(port, name, path, tls, {"Connection": "keep-alive, Upgrade", "Upgrade": "websocket"})
        if status != 101 or headers.get("upgrade") != "websocket":
            yield f"an upgrade at {path}: {status} {headers}"
    for number, (path, allowed) in enumerate(host["limited"]):
        statuses = []  # each path from an address of its own; some come free meanwhile
        while len(statuses) < allowed + 200 and 429 not in statuses:
            statuses.append(ask(port, name, path, tls, source=f"127.0.1.{number + 1}")[0])
        if set(statuses) != {200, 429} or len(statuses) <= allowed:
            yield f"{allowed} requests may come at once to {path}; the answers were {statuses}"
