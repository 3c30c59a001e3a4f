"""Lets the operating system choose, whatever it is told.

Misconception: an argument that nobody reads
Fails EchoServer-address: a server that listens at port
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.tasks = set()

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", 0)
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
        self.server.close()
        await asyncio.gather(*self.tasks)
