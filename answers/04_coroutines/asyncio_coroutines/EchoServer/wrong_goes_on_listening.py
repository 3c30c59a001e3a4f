"""Waits for its clients, but never closes the socket that listens.

Misconception: stop without closing
Fails EchoServer-stops: a new client is still accepted
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
        if self.tasks:
            await asyncio.wait(self.tasks)

    async def handle(self, reader, writer):
        self.tasks.add(asyncio.current_task())
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        writer.close()
        self.tasks.discard(asyncio.current_task())
