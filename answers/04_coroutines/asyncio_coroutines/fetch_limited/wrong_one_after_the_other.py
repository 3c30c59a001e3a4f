"""Awaits each fetch before it begins the next.

Misconception: M27
Fails fetch_limited-limit: one after the other
Fails fetch_limited-no_gaps: after 8 s
"""


async def fetch_limited(urls, fetch, limit):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    return [await fetch(url) for url in urls]
