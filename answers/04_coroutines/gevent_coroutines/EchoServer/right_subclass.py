"""Is a StreamServer itself, and kills the greenlets of its clients by hand."""

import gevent
from gevent.server import StreamServer


class EchoServer(StreamServer):
    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port))
        self.clients = set()

    @property
    def port(self) -> int:
        return self.server_port

    def handle(self, sock, address):
        self.clients.add(gevent.getcurrent())
        try:
            while chunk := sock.recv(65536):
                sock.sendall(chunk)
        finally:
            self.clients.discard(gevent.getcurrent())

    def stop(self, timeout=None):
        super().stop(timeout)
        gevent.killall(list(self.clients))
