"""Waits for all greenlets of its clients together, and gives up when one of them fails.

Misconception: the error of one client is an error of the server
Fails EchoServer-leaving: client 4 is refused
"""

import gevent
from gevent import socket
from gevent.event import Event
from gevent.pool import Group


class EchoServer:
    def __init__(self, port=0):
        self.port, self.group, self.broken = port, Group(), Event()

    def start(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen()
        self.port = self.listener.getsockname()[1]
        self.acceptor = gevent.spawn(self.accept)
        self.watcher = gevent.spawn(self.watch)

    def watch(self):
        self.broken.wait()
        self.stop()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            self.group.spawn(self.serve, connection).link_exception(lambda _: self.broken.set())

    def serve(self, connection):
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data)

    def stop(self):
        self.acceptor.kill()
        self.group.kill()
        self.listener.close()
        if gevent.getcurrent() is not self.watcher:
            self.watcher.kill()
