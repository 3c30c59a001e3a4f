"""Tells the greenlets of its clients to end, and returns before they have.

Misconception: who is told to end has ended
Fails EchoServer-nothing_left: before 2 greenlets of it had ended
"""

from gevent.pool import Pool
from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self.port, self.clients = port, Pool()

    def start(self):
        self.server = StreamServer(("127.0.0.1", self.port), self.serve, spawn=self.clients)
        self.server.start()
        self.port = self.server.server_port

    def stop(self):
        self.server.close()
        self.clients.kill(block=False)

    def serve(self, connection, address):
        while data := connection.recv(4096):
            connection.sendall(data)
