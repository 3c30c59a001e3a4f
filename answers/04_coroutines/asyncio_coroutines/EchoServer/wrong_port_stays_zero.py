"""Never learns which port the operating system chose.

Misconception: port 0
Fails EchoServer-echo: the port is 0
Fails EchoServer-many: the port is 0
Fails EchoServer-slow: the port is 0
Fails EchoServer-closes: the port is 0
Fails EchoServer-finishes: the port is 0
Fails EchoServer-stops: the port is 0
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.tasks = set()

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)

    async def stop(self):
        self.server.close()
        if self.tasks:
            await asyncio.wait(self.tasks)

    async def handle(self, reader, writer):
        self.tasks.add(asyncio.current_task())
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        writer.close()
        self.tasks.discard(asyncio.current_task())
