"""Takes results as they come until the time is over, in a class with a clean-up of its own."""

import asyncio


class Race:
    def __init__(self, jobs):
        self.jobs = jobs
        self.results = {}
        self.errors = []

    async def __aenter__(self):
        self.tasks = [asyncio.create_task(self.run(name, job)) for name, job in self.jobs.items()]
        return self

    async def __aexit__(self, *exception):
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def run(self, name, job):
        try:
            self.results[name] = await job()
        except Exception as error:
            self.errors.append(error)


async def with_deadline(jobs, seconds):
    if seconds < 0:
        raise ValueError("seconds < 0")
    async with Race(jobs) as race:
        try:
            for finished in asyncio.as_completed(race.tasks, timeout=seconds):
                await finished
                if race.errors:
                    break
        except TimeoutError:
            pass
        results, errors = dict(race.results), list(race.errors)
    if errors:
        raise errors[0]
    return results, set(jobs) - results.keys()
