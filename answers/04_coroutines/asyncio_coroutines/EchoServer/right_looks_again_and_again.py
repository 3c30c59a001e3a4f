"""Begins to serve as a second step, and looks every twentieth of a second whether all clients have left."""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.clients = []

    async def start(self):
        self.server = await asyncio.start_server(self.client, "127.0.0.1", self.port, start_serving=False)
        self.port = self.server.sockets[0].getsockname()[1]
        await self.server.start_serving()

    async def client(self, reader, writer):
        self.clients.append(writer)
        while True:
            data = await reader.readline()
            if data == b"":
                break
            writer.write(data)
            await writer.drain()
        writer.close()
        self.clients.remove(writer)

    async def stop(self):
        self.server.close()
        while self.clients:
            await asyncio.sleep(0.05)
