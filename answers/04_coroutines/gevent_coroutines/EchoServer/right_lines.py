"""Reads and writes lines through a file."""

from gevent.pool import Pool
from gevent.server import StreamServer


def echo(connection, address):
    with connection.makefile("rwb") as lines:
        for line in lines:
            lines.write(line)
            lines.flush()


class EchoServer:
    def __init__(self, port=0):
        self.pool = Pool()
        self.server = StreamServer(("localhost", port), echo, spawn=self.pool)

    def start(self):
        self.server.start()
        self.port = self.server.address[1]

    def stop(self):
        self.server.close()
        self.pool.kill()
