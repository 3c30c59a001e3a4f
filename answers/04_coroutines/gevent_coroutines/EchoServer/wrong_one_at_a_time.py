"""Serves one client to its end before it accepts the next.

Misconception: a server that is written with gevent serves many by itself
Fails EchoServer-at_once: client 12 received nothing
"""

from contextlib import suppress

import gevent
from gevent import socket


class EchoServer:
    def __init__(self, port=0):
        self.port = port

    def start(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen()
        self.port = self.listener.getsockname()[1]
        self.greenlet = gevent.spawn(self.serve)

    def serve(self):
        with self.listener:
            while True:
                connection, _ = self.listener.accept()
                with connection, suppress(OSError):
                    while data := connection.recv(4096):
                        connection.sendall(data)

    def stop(self):
        self.greenlet.kill()
