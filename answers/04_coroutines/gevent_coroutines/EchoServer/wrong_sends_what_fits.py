"""Sends each line by one `send`, which sends what fits and says how much that was.

Misconception: `send` sends all that it is given
Fails EchoServer-bytes: who sends the others?
"""

from gevent.pool import Pool
from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self.port = port

    def start(self):
        self.server = StreamServer(("127.0.0.1", self.port), self.serve, spawn=Pool())
        self.server.start()
        self.port = self.server.server_port

    def stop(self):
        self.server.stop(timeout=0)

    def serve(self, connection, address):
        with connection.makefile("rb") as lines:
            for line in lines:
                connection.send(line)
