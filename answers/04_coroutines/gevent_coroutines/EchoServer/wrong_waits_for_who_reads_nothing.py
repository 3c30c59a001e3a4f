"""Ends those clients at once to whom nothing is being sent, and waits for the others, who may never read.

Misconception: what is sent is read some day
Fails EchoServer-stop: `connection.sendall(data)`
"""

import gevent
from gevent.pool import Pool
from gevent.server import StreamServer


class EchoServer:
    def __init__(self, port=0):
        self.port, self.clients, self.busy = port, Pool(), set()

    def start(self):
        self.server = StreamServer(("127.0.0.1", self.port), self.serve, spawn=self.clients)
        self.server.start()
        self.port = self.server.server_port

    def stop(self):
        self.server.close()
        gevent.killall([client for client in self.clients if client not in self.busy])
        self.clients.join()

    def serve(self, connection, address):
        me = gevent.getcurrent()
        while data := connection.recv(4096):
            self.busy.add(me)
            connection.sendall(data)
            self.busy.discard(me)
