"""Reads until the client sends no more before it answers anything.

Misconception: read without a limit
Fails EchoServer-echo: received nothing
Fails EchoServer-many: received nothing
Fails EchoServer-slow: received nothing
Fails EchoServer-finishes: received nothing
Fails EchoServer-stops: received nothing
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
        writer.write(await reader.read())
        await writer.drain()
        writer.close()
        self.tasks.discard(asyncio.current_task())
