"""Two greenlets for each client, one that reads and one that writes, with a queue between them."""

import gevent
from gevent import socket
from gevent.queue import Queue


class Connection:
    def __init__(self, sock):
        self.sock, self.queue = sock, Queue()
        self.greenlets = [gevent.spawn(self.read), gevent.spawn(self.write)]
        gevent.spawn(self.close_when_done)

    def read(self):
        try:
            while data := self.sock.recv(1000):
                self.queue.put(data)
        except OSError:
            pass
        finally:
            self.queue.put(b"")

    def write(self):
        try:
            while data := self.queue.get():
                self.sock.sendall(data)
        except OSError:
            pass

    def close_when_done(self):
        gevent.joinall(self.greenlets)
        self.sock.close()


class EchoServer:
    def __init__(self, port=0):
        self.port, self.connections = port, []

    def start(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen()
        self.port = self.listener.getsockname()[1]
        self.acceptor = gevent.spawn(self.accept_all)

    def accept_all(self):
        while True:
            sock, _ = self.listener.accept()
            self.connections.append(Connection(sock))

    def stop(self):
        self.acceptor.kill()
        self.listener.close()
        for connection in self.connections:
            gevent.killall(connection.greenlets)
            connection.sock.close()
        gevent.sleep(0)
