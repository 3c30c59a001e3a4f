"""Gives each client a rest, and with it everybody else.

Misconception: M25
Fails EchoServer-at_once: `time.sleep(0.01)` blocks
"""

import time

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
        while data := connection.recv(4096):
            time.sleep(0.01)
            connection.sendall(data)
