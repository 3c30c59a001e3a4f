"""Calls asyncio.start_server without awaiting it.

Misconception: M26
Fails EchoServer-echo: What does the call of a coroutine function give
Fails EchoServer-many: What does the call of a coroutine function give
Fails EchoServer-slow: What does the call of a coroutine function give
Fails EchoServer-closes: What does the call of a coroutine function give
Fails EchoServer-finishes: What does the call of a coroutine function give
Fails EchoServer-stops: What does the call of a coroutine function give
Fails EchoServer-address: 'coroutine' object
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port

    async def start(self):
        self.server = asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        self.server.close()

    async def handle(self, reader, writer):
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        writer.close()
