"""Serves inside start, which therefore never returns.

Misconception: start does not return
Fails EchoServer-echo: the call never ends
Fails EchoServer-many: the call never ends
Fails EchoServer-slow: the call never ends
Fails EchoServer-closes: the call never ends
Fails EchoServer-finishes: the call never ends
Fails EchoServer-stops: the call never ends
Fails EchoServer-address: the call never ends
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]
        await self.server.serve_forever()

    async def stop(self):
        self.server.close()

    async def handle(self, reader, writer):
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        writer.close()
