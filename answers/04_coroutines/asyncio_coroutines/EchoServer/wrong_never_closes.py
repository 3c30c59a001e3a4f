"""Does not close the connection of a client that sends no more.

Misconception: the end of a connection
Fails EchoServer-closes: stays open
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.tasks = set()
        self.writers = []

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        self.server.close()
        if self.tasks:
            await asyncio.wait(self.tasks)

    async def handle(self, reader, writer):
        self.writers.append(writer)
        self.tasks.add(asyncio.current_task())
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        self.tasks.discard(asyncio.current_task())
