"""Serves each client in a thread.

Misconception: a server for many clients needs threads
Fails EchoServer-at_once: the code works in 13 more threads
Fails EchoServer-stop: the connection of client 2 stays open
Fails EchoServer-nothing_left: the call returned and left 2 threads behind
"""

import socketserver
import threading


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line)


class EchoServer:
    def __init__(self, port=0):
        self.port = port

    def start(self):
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
