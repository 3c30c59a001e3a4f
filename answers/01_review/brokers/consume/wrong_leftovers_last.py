"""Looks for the page of a dead consumer only when the list is empty.

Misconception: takes order of finding for order of production
Fails consume-first: returned [2, 3, 4, 1]
Fails consume-errors: returned [3, 2]
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    left = client.lrange("work", 0, -1)
    results = []
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        results.append(parse(page))
        client.lrem("work", 1, page)
    for page in left:
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results
