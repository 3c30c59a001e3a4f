"""A task of its own serves for ever, and a task group in it holds the clients' tasks."""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port

    async def start(self):
        self.ready = asyncio.Event()
        self.over = asyncio.Event()
        self.main = asyncio.create_task(self.run())
        await self.ready.wait()

    async def run(self):
        async with asyncio.TaskGroup() as group:
            server = await asyncio.start_server(
                lambda reader, writer: group.create_task(self.echo(reader, writer)), "127.0.0.1", self.port
            )
            self.port = server.sockets[0].getsockname()[1]
            self.ready.set()
            await self.over.wait()
            server.close()

    async def echo(self, reader, writer):
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        writer.close()

    async def stop(self):
        self.over.set()
        await self.main
