"""Reads on after the end of the stream, again and again.

Misconception: M34
Fails EchoServer-leaving: the code goes on and on without an end
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
        while True:
            connection.sendall(connection.recv(4096))
