"""A protocol for each connection in place of streams."""

import asyncio


class Echo(asyncio.Protocol):
    def __init__(self, server):
        self.server = server

    def connection_made(self, transport):
        self.transport = transport
        self.server.open.add(self)

    def data_received(self, data):
        self.transport.write(data)

    def connection_lost(self, error):
        self.server.open.discard(self)
        if self.server.stopped is not None and not self.server.open and not self.server.stopped.done():
            self.server.stopped.set_result(None)


class EchoServer:
    def __init__(self, port=0):
        self.port, self.open, self.stopped = port, set(), None

    async def start(self):
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(lambda: Echo(self), "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self):
        self.server.close()
        self.stopped = asyncio.get_running_loop().create_future()
        if self.open:
            await self.stopped
