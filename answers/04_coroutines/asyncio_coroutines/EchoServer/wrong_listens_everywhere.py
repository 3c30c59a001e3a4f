"""Listens at all addresses of the computer.

Misconception: any address
Fails EchoServer-address: listens at 127.0.0.2 too
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.tasks = set()

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "0.0.0.0", self.port)
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
