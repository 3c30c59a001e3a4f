"""Sends bytes back as they come, and stops after the line that a client is in the middle of."""

import asyncio


class EchoServer:
    def __init__(self, port=0):
        self.port = port
        self.connections = {}
        self.stopping = False

    async def start(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        me = asyncio.current_task()
        self.connections[me] = b"\n"
        try:
            while data := await reader.read(4096):
                writer.write(data)
                self.connections[me] = data
                await writer.drain()
                if self.stopping and data.endswith(b"\n"):
                    break
        except asyncio.CancelledError:
            if not self.stopping:
                raise
        finally:
            del self.connections[me]
            writer.close()

    async def stop(self):
        self.stopping = True
        self.server.close()
        tasks = list(self.connections)
        for task, last in self.connections.items():
            if last.endswith(b"\n"):
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
