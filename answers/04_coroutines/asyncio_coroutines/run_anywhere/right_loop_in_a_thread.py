"""A second loop runs in a thread and gets the coroutine by run_coroutine_threadsafe."""

import asyncio
import threading


class LoopThread:
    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        return self

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()

    def __exit__(self, *exception):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


def run_anywhere(coroutine):
    with LoopThread() as loop:
        return loop.run(coroutine)
