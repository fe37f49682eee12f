"""A proxy that passes on, holds up, cuts off or answers by itself."""

import http.client
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Proxy:
    """Passes requests on to a server; a test can answer in its place, hold answers back, or cut connections."""

    def __init__(self, target):
        self.target = target
        self.seen = []
        self.instead = lambda method, path: None
        self.held = None
        self.hung_up = threading.Event()
        self.connections = set()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def handle_one_request(self):
                proxy.connections.add(self.connection)
                super().handle_one_request()

            def do_GET(self):
                proxy.seen.append((self.command, self.path, dict(self.headers)))
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                if answer := proxy.instead(self.command, self.path):
                    return self.answer(*answer)
                connection = http.client.HTTPConnection("127.0.0.1", proxy.target)
                try:
                    connection.request(self.command, self.path, body, dict(self.headers))
                    response = connection.getresponse()
                except OSError:
                    # Behind a network that passes on what is said, a server that is gone says nothing.
                    self.close_connection = True
                else:
                    self.relay(response)

            do_POST = do_DELETE = do_GET

            def answer(self, status, headers, body):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def relay(self, response):
                headers = {name: value for name, value in response.getheaders()
                           if name.lower() not in ("transfer-encoding", "connection", "content-length")}
                if "event-stream" not in response.getheader("content-type", ""):
                    return self.answer(response.status, headers, response.read())
                self.send_response(response.status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("connection", "close")
                self.end_headers()
                self.close_connection = True
                try:
                    for line in response:
                        if line.startswith(b"event:") and proxy.held:
                            proxy.held.wait_for(line.split(b":")[1].strip().decode(), self.connection)
                        self.wfile.write(line)
                        self.wfile.flush()
                except OSError:
                    proxy.hung_up.set()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]

    def count(self, method, path):
        return sum(1 for seen in self.seen if seen[0] == method and seen[1] == path)

    def headers(self, method, path, name):
        """The values of a header in the requests seen, by the end of their path."""
        matching = [headers for seen, where, headers in self.seen if seen == method and where.endswith(path)]
        return [value for headers in matching for key, value in headers.items() if key.lower() == name]

    def cut(self):
        """Cuts all connections, as a network does."""
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.connections.clear()

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        if self.held:
            self.held.release(1 << 20)
        self.server.shutdown()


class Held:
    """Holds pieces of an answer back until they are released one by one."""

    def __init__(self, event="response.output_text.delta"):
        self.event = event
        self.pieces = threading.Semaphore(0)

    def wait_for(self, event, connection):
        if event != self.event:
            return
        while not self.pieces.acquire(timeout=0.1):
            # Whoever waits for the piece may have gone away meanwhile.
            connection.setblocking(False)
            try:
                if connection.recv(1, socket.MSG_PEEK) == b"":
                    raise ConnectionResetError
            except BlockingIOError:
                pass
            finally:
                connection.setblocking(True)

    def release(self, pieces):
        self.pieces.release(pieces)
