"""Takes results as they come until the time is over, in a class with a clean-up of its own."""

import asyncio


class Race:
    def __init__(self, jobs):
        self.jobs = jobs
        self.results = {}

    async def __aenter__(self):
        self.tasks = [asyncio.create_task(self.run(name, job)) for name, job in self.jobs.items()]
        return self

    async def __aexit__(self, *exception):
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def run(self, name, job):
        value = await job()
        self.results[name] = value


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("seconds < 0")
    async with Race(jobs) as race:
        try:
            for finished in asyncio.as_completed(race.tasks, timeout=seconds):
                await finished
        except TimeoutError:
            pass
        results = dict(race.results)
    return results, set(jobs) - results.keys()
