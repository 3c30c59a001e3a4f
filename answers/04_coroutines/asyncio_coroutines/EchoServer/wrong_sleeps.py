"""Pauses with time.sleep before it answers.

Misconception: M25
Fails EchoServer-slow: blocks: it stopped the whole event loop
"""

import asyncio
import time


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
        while line := await reader.readline():
            time.sleep(0.01)
            writer.write(line)
            await writer.drain()
        writer.close()
        self.tasks.discard(asyncio.current_task())
