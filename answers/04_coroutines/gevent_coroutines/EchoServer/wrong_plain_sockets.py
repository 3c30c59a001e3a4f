"""Greenlets that wait at sockets of Python's own, which stop the whole thread.

Misconception: M25
Fails EchoServer-echo: `connection, _ = self.listener.accept()`
Fails EchoServer-at_once: `connection, _ = self.listener.accept()`
Fails EchoServer-bytes: `connection, _ = self.listener.accept()`
Fails EchoServer-leaving: `connection, _ = self.listener.accept()`
Fails EchoServer-stop: `connection, _ = self.listener.accept()`
Fails EchoServer-nothing_left: `connection, _ = self.listener.accept()`
"""

import socket

import gevent


class EchoServer:
    def __init__(self, port=0):
        self.port = port

    def start(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        self.greenlets = [gevent.spawn(self.accept)]

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            self.greenlets.append(gevent.spawn(self.serve, connection))

    def serve(self, connection):
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data)

    def stop(self):
        gevent.killall(self.greenlets)
        self.listener.close()
