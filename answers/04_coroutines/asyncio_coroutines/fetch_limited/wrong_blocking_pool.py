"""Fetches in the threads of a pool, each with a loop of its own, and waits for them in the event loop's thread.

Misconception: M25
Fails fetch_limited-limit: ran in an event loop of its own
Fails fetch_limited-no_gaps: ran in an event loop of its own
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def fetch_limited(urls, fetch, limit):
    with ThreadPoolExecutor(limit) as pool:
        return list(pool.map(lambda url: asyncio.run(fetch(url)), urls))
