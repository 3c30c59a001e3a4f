"""Stops when the last client has left.

Misconception: clients leave by themselves
Fails EchoServer-stop: the call has not returned
Fails EchoServer-nothing_left: the call has not returned
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
        self.server.close()
        self.pool.join()

    def handle(self, connection, address):
        while data := connection.recv(4096):
            connection.sendall(data)
