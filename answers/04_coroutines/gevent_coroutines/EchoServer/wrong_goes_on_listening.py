"""Ends the clients, and forgets the socket that listens.

Misconception: without clients nobody listens
Fails EchoServer-stop: a new client is still accepted
"""

from gevent.pool import Pool
from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self.pool = Pool()
        self.server = StreamServer(("127.0.0.1", port), self.handle, spawn=self.pool)

    def start(self):
        self.server.start()
        self.port = self.server.server_port

    def stop(self):
        self.pool.kill()

    def handle(self, connection, address):
        while data := connection.recv(4096):
            connection.sendall(data)
