"""Sends back one more piece when it is told to stop, not the rest of the line.

Misconception: a piece for a line
Fails EchoServer-finishes: client 1 received 'half a lin'
"""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.clients = set()
        self.ending = False

    async def start(self):
        self.server = await asyncio.start_server(self.handle, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def handle(self, reader, writer):
        me = asyncio.current_task()
        self.clients.add(me)
        while piece := await reader.read(1000):
            writer.write(piece)
            await writer.drain()
            if self.ending:
                break
        writer.close()
        self.clients.discard(me)

    async def stop(self):
        self.ending = True
        self.server.close()
        await asyncio.gather(*self.clients)
