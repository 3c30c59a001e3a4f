"""Keeps the writer in the server, where the next client's replaces it.

Misconception: state of a client in the server
Fails EchoServer-many: received
Fails EchoServer-slow: received nothing
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
        self.writer = writer
        self.tasks.add(asyncio.current_task())
        while line := await reader.readline():
            self.writer.write(line)
            await self.writer.drain()
        writer.close()
        self.tasks.discard(asyncio.current_task())
