"""What stands around an nginx under test, on loopback: a DNS that knows every name, services
that tell what reached them, a client that names its host and server as it likes."""
import http.client
import json
import socket
import socketserver
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class AnyName(socketserver.BaseRequestHandler):
    """Every name has the address 127.0.0.1 (RFC 1035, the least of it)."""

    def handle(self):
        query, answer_on = self.request
        end = query.index(b"\0", 12) + 5  # the question: a name, its type, its class
        answer_on.sendto(query[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + query[12:end] + b"\xc0\x0c\0\1\0\1\0\0\0\1\0\4\x7f\0\0\1", self.client_address)


class Service(BaseHTTPRequestHandler):
    """Answers with what it was asked, as JSON; follows an upgrade."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append(self.path)
        body = json.dumps({"path": self.path, "headers": {key.lower(): value for key, value in self.headers.items()}}).encode()
        upgraded = self.headers.get("Upgrade") == "websocket" and self.headers.get("Connection", "").lower() == "upgrade"
        self.send_response(101 if upgraded else 200)
        if upgraded:
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
        else:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Powered-By", "tests")
        self.end_headers()
        if not upgraded:
            self.wfile.write(body)
        self.close_connection = upgraded

    def log_message(self, *arguments):
        pass


class World:
    def __enter__(self):
        self.dns = socketserver.ThreadingUDPServer(("127.0.0.1", 0), AnyName)
        self.service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
        self.service.seen = []
        for server in (self.dns, self.service):
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        for server in (self.dns, self.service):
            server.shutdown()
            server.server_close()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ask(port, host, path, tls=False, headers=None, source="127.0.0.1"):
    """(status, headers in small letters, body), or the name of the error: what a caller sees."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10, source_address=(source, 0))
    try:
        if tls:
            context = ssl._create_unverified_context()  # the certificate is made for this test
            connection.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", port), 10, (source, 0)), server_hostname=host)
        connection.putrequest("GET", path, skip_host=True)
        for key, value in {"Host": host, **(headers or {})}.items():
            connection.putheader(key, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = b"" if answer.status == 101 else answer.read()
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, body
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, {}, b""
    finally:
        connection.close()
