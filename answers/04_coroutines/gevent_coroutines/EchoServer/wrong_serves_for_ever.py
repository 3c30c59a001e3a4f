"""Serves inside of `start`, which so never returns.

Misconception: start has to serve
Fails EchoServer-echo: the call has not returned
Fails EchoServer-at_once: the call has not returned
Fails EchoServer-bytes: the call has not returned
Fails EchoServer-leaving: the call has not returned
Fails EchoServer-stop: the call has not returned
Fails EchoServer-nothing_left: the call has not returned
"""

from gevent.pool import Pool
from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self.server = StreamServer(("127.0.0.1", port), self.handle, spawn=Pool())

    def start(self):
        self.server.serve_forever()

    @property
    def port(self):
        return self.server.server_port

    def stop(self):
        self.server.stop()

    def handle(self, connection, address):
        while data := connection.recv(4096):
            connection.sendall(data)
