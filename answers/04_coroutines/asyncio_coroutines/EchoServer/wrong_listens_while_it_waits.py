"""Waits for its clients first and closes the listening socket then.

Misconception: the order of the steps
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

    async def handle(self, reader, writer):
        self.tasks.add(asyncio.current_task())
        try:
            while line := await reader.readline():
                writer.write(line)
                await writer.drain()
        finally:
            writer.close()
            self.tasks.discard(asyncio.current_task())

    async def stop(self):
        while self.tasks:
            await asyncio.wait(self.tasks)
        self.server.close()
