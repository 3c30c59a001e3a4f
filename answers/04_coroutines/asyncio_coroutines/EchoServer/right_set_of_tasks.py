"""Keeps the tasks that serve clients in a set, and waits for them when it stops."""

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
        try:
            while line := await reader.readline():
                writer.write(line)
                await writer.drain()
        finally:
            writer.close()
            self.tasks.discard(asyncio.current_task())
