"""The jobs fill a dict by their numbers; a future says that all are through, or what has failed."""

import asyncio


class Gathering:
    def __init__(self, jobs):
        self.results = {}
        self.left = len(jobs)
        self.over = asyncio.get_running_loop().create_future()
        self.tasks = [asyncio.ensure_future(self.run(number, job)) for number, job in enumerate(jobs)]

    async def run(self, number, job):
        try:
            self.results[number] = await job()
        except Exception as error:
            if not self.over.done():
                self.over.set_exception(error)
        self.left -= 1
        if self.left == 0 and not self.over.done():
            self.over.set_result(None)

    async def result(self):
        if self.left:
            try:
                await self.over
            finally:
                for task in self.tasks:
                    task.cancel()
                await asyncio.gather(*self.tasks, return_exceptions=True)
        return [result for _, result in sorted(self.results.items())]


async def gather_in_order(jobs):
    return await Gathering(jobs).result()
