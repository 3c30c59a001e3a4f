"""Stops serving a client that sends no more, and leaves its connection open.

Misconception: a socket closes itself when its greenlet ends
Fails EchoServer-leaving: the connection of client 1 stays open
"""

import gevent
from gevent import socket


class EchoServer:
    def __init__(self, port=0):
        self.port, self.greenlets, self.connections = port, [], []

    def start(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen()
        self.port = self.listener.getsockname()[1]
        self.greenlets.append(gevent.spawn(self.accept))

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            self.connections.append(connection)
            self.greenlets.append(gevent.spawn(self.serve, connection))

    def serve(self, connection):
        while data := connection.recv(4096):
            connection.sendall(data)

    def stop(self):
        gevent.killall(self.greenlets)
        for connection in (self.listener, *self.connections):
            connection.close()
