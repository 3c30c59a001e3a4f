"""Keeps the task of each client, but never waits for one.

Misconception: M28
Fails EchoServer-finishes: left behind: a task made at
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.tasks = []

    async def start(self):
        self.server = await asyncio.start_server(self.accept, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    def accept(self, reader, writer):
        self.tasks.append(asyncio.create_task(self.handle(reader, writer)))

    async def stop(self):
        self.server.close()
        await asyncio.sleep(0)

    async def handle(self, reader, writer):
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        writer.close()
