"""Tells the port that was asked for, not the one that the operating system chose.

Misconception: port 0 is a port
Fails EchoServer-echo: the port is 0
Fails EchoServer-at_once: the port is 0
Fails EchoServer-bytes: the port is 0
Fails EchoServer-leaving: the port is 0
Fails EchoServer-stop: the port is 0
Fails EchoServer-nothing_left: the port is 0
"""

from gevent.pool import Pool
from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.server = StreamServer(("127.0.0.1", port), self.handle, spawn=Pool())

    def start(self):
        self.server.start()

    def stop(self):
        self.server.stop()

    def handle(self, connection, address):
        while data := connection.recv(4096):
            connection.sendall(data)
