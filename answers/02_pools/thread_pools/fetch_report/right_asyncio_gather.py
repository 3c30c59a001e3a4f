"""Has an event loop gather results and exceptions alike, and parts them afterwards."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    async def gather():
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(workers) as pool:
            jobs = [loop.run_in_executor(pool, fetch, url) for url in urls]
            return await asyncio.gather(*jobs, return_exceptions=True)

    outcomes = dict(zip(urls, asyncio.run(gather()), strict=True))
    errors = {url: outcome for url, outcome in outcomes.items() if isinstance(outcome, BaseException)}
    return {url: outcome for url, outcome in outcomes.items() if url not in errors}, errors
