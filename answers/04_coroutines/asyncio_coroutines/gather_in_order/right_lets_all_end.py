"""Lets every job run to its end, then raises the first exception there is."""

import asyncio


async def gather_in_order(jobs):
    results = await asyncio.gather(*(job() for job in jobs), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results
