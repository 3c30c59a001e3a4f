"""Sends one answer, and then says goodbye.

Misconception: a client has one thing to say
Fails EchoServer-echo: client 1 received nothing
Fails EchoServer-at_once: client 1 received nothing
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
        connection.sendall(connection.recv(4096))
