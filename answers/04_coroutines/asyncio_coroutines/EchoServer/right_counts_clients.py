"""Counts its clients; an event says when there is none."""

import asyncio


class EchoServer:
    def __init__(self, port: int = 0) -> None:
        self._wanted = port
        self._clients = 0
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def port(self) -> int:
        return self._listener.sockets[0].getsockname()[1]

    async def start(self) -> None:
        self._listener = await asyncio.start_server(self._talk, host="127.0.0.1", port=self._wanted)

    async def stop(self) -> None:
        self._listener.close()
        await self._empty.wait()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients += 1
        self._empty.clear()
        try:
            async for line in reader:
                writer.write(line)
                await writer.drain()
        finally:
            writer.close()
            await writer.wait_closed()
            self._clients -= 1
            if not self._clients:
                self._empty.set()
