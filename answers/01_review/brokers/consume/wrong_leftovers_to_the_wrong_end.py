"""Puts the page of a dead consumer back at the end where the youngest pages are.

Misconception: the wrong end of the list
Fails consume-first: returned [2, 3, 4, 1]
Fails consume-errors: returned [3, 2]
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    while client.rpoplpush("work", "pages"):
        pass
    results = []
    while (page := client.rpoplpush("pages", "work")) is not None:
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results
