"""A CONNECT proxy in which X's names lead to the simulator, and all others nowhere."""

import socket
import socketserver
import threading

X_NAMES = {
    "x.com",
    "api.x.com",
    "upload.x.com",
    "twitter.com",
    "api.twitter.com",
    "upload.twitter.com",
}


class XNames:
    """Runs on a free loopback port until closed; remembers which names it was asked for."""

    def __init__(self, simulator_port):
        self.asked = set()
        self._server = _Server(("127.0.0.1", 0), _Tunnel)
        self._server.names = self
        self.simulator = ("127.0.0.1", simulator_port)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self._server.server_address[1]

    @property
    def foreign(self):
        """Names asked for that aren't X's."""
        return self.asked - X_NAMES

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Tunnel(socketserver.StreamRequestHandler):
    # Unbuffered: what follows the head belongs to the tunnel.
    rbufsize = 0

    def handle(self):
        request = self.rfile.readline(4096).decode("latin-1").split()
        while self.rfile.readline(4096) not in (b"\r\n", b"\n", b""):
            pass
        if len(request) != 3 or request[0] != "CONNECT":
            # Plain http: X has none.
            self.server.names.asked.add(" ".join(request[:2]))
            self.wfile.write(b"HTTP/1.1 405 Method Not Allowed\r\ncontent-length: 0\r\n\r\n")
            return
        name, _, port = request[1].rpartition(":")
        self.server.names.asked.add(name)
        if name not in X_NAMES or port != "443":
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
            return
        with socket.create_connection(self.server.names.simulator, timeout=10) as simulator:
            simulator.settimeout(None)
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_carry, args=(simulator, self.connection), daemon=True)
            back.start()
            _carry(self.connection, simulator)
            back.join()


def _carry(source, sink):
    try:
        while True:
            piece = source.recv(65536)
            if not piece:
                break
            sink.sendall(piece)
    except OSError:
        # One end is gone; the other learns it by the shutdown below.
        pass
    finally:
        try:
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass
