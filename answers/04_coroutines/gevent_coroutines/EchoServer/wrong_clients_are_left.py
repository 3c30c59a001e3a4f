"""Stops listening only; without a pool the server does not know the greenlets of its clients.

Misconception: M33
Fails EchoServer-stop: the connection of client 2 stays open
Fails EchoServer-nothing_left: the call returned and left 2 greenlets behind
"""

from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self.server = StreamServer(("127.0.0.1", port), self.handle)

    def start(self):
        self.server.start()
        self.port = self.server.server_port

    def stop(self):
        self.server.stop()

    def handle(self, connection, address):
        while data := connection.recv(4096):
            connection.sendall(data)
