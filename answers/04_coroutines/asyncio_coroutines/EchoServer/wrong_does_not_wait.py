"""Stops listening and does not look at its clients.

Misconception: M28
Fails EchoServer-finishes: left behind
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        self.server.close()

    async def handle(self, reader, writer):
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        writer.close()
