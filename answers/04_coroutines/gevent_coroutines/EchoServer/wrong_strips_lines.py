"""Takes the line apart and puts it together again, and takes an empty line for the end.

Misconception: an empty line is the end of the stream
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
        file = connection.makefile("rb")
        while line := file.readline().strip():
            connection.sendall(line + b"\n")
