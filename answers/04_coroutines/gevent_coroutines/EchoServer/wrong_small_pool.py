"""A pool of ten: the eleventh client waits until another one leaves.

Misconception: a pool for connections has to be small
Fails EchoServer-at_once: client 12 received nothing
"""

from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self.server = StreamServer(("127.0.0.1", port), self.handle, spawn=10)

    def start(self):
        self.server.start()
        self.port = self.server.server_port

    def stop(self):
        self.server.stop()

    def handle(self, connection, address):
        while data := connection.recv(4096):
            connection.sendall(data)
