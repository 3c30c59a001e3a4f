"""A StreamServer with a pool, which `stop` can end."""

from gevent.pool import Pool
from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self._server = StreamServer(("127.0.0.1", port), handle=self._echo, spawn=Pool(1000))

    @property
    def port(self):
        return self._server.server_port

    def start(self):
        self._server.start()

    def stop(self):
        self._server.stop()

    def _echo(self, client, address):
        while True:
            data = client.recv(1024)
            if not data:
                break
            client.sendall(data)
