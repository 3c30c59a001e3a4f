"""Gives its clients half a minute, then cuts them off.

Misconception: a time in place of an event
Fails EchoServer-finishes: How long may it take until
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
        self.server.close()
        running = list(self.tasks)
        if running:
            await asyncio.wait(running, timeout=30)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
