"""Serves one client to its end before the next.

Misconception: M27
Fails EchoServer-many: received nothing
Fails EchoServer-slow: received nothing
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.turn = asyncio.Lock()
        self.tasks = set()

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        self.server.close()
        await asyncio.gather(*self.tasks)

    async def handle(self, reader, writer):
        self.tasks.add(asyncio.current_task())
        async with self.turn:
            while line := await reader.readline():
                writer.write(line)
                await writer.drain()
        writer.close()
        self.tasks.discard(asyncio.current_task())
