"""Turns each piece into text, though a letter may be parted between two pieces.

Misconception: what recv returns is a message
Fails EchoServer-bytes: client 1 received nothing
"""

from gevent.pool import Pool
from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self.server = StreamServer(("127.0.0.1", port), self.handle, spawn=Pool())

    def start(self):
        self.server.start()
        self.port = self.server.server_port

    def stop(self):
        self.server.stop()

    def handle(self, connection, address):
        while text := connection.recv(1000).decode():
            connection.sendall(text.encode())
