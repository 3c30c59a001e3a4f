"""A socket of gevent's, one greenlet that accepts, and one for each client in a group."""

from gevent import socket
from gevent.pool import Group


class EchoServer:
    def __init__(self, port: int = 0) -> None:
        self.port = port
        self._greenlets = Group()

    def start(self) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self.port))
        self._listener.listen(128)
        self.port = self._listener.getsockname()[1]
        self._greenlets.spawn(self._accept)

    def _accept(self) -> None:
        with self._listener:
            while True:
                connection, _ = self._listener.accept()
                self._greenlets.spawn(self._serve, connection)

    def _serve(self, connection) -> None:
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data)

    def stop(self) -> None:
        self._greenlets.kill()
