"""Submits each item with its place and sorts at the end."""

import concurrent.futures


def pipeline(items, parse, consumers):
    found = []
    with concurrent.futures.ThreadPoolExecutor(consumers) as pool:
        places = {pool.submit(parse, item): place for place, item in enumerate(items)}
        for future in concurrent.futures.as_completed(places):
            found.append((places[future], future.result()))
    return [value for _, value in sorted(found, key=lambda pair: pair[0])]
