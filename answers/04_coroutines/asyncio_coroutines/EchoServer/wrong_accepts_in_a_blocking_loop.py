"""Reads from a plain socket in a coroutine, which stops the loop.

Misconception: M25
Fails EchoServer-many: the event loop's thread is at
Fails EchoServer-slow: the event loop's thread is at
Fails EchoServer-finishes: a new client is still accepted
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.tasks = set()

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        self.server.close()
        if self.tasks:
            await asyncio.wait(self.tasks)

    async def handle(self, reader, writer):
        self.tasks.add(asyncio.current_task())
        import socket

        connection = socket.socket(fileno=socket.dup(writer.get_extra_info("socket").fileno()))
        connection.setblocking(True)
        while data := connection.recv(1024):
            connection.sendall(data)
        connection.close()
        writer.close()
        self.tasks.discard(asyncio.current_task())
