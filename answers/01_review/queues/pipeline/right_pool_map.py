"""Takes a ThreadPoolExecutor, whose queue and end marks are its own."""

from concurrent.futures import ThreadPoolExecutor


def pipeline(items, parse, consumers):
    with ThreadPoolExecutor(max_workers=consumers) as pool:
        return list(pool.map(parse, items))
