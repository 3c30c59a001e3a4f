"""Waits for the next page without an end.

Misconception: nobody tells the consumer that it is over
Fails consume-in_order: the call never ends
Fails consume-ends: the call never ends
Fails consume-nothing_lost: the call never ends
Fails consume-second_death: the call never ends
Fails consume-first: the call never ends
Fails consume-errors: the call never ends
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    while client.lmove("work", "pages", "RIGHT", "RIGHT"):
        pass
    results = []
    while page := client.blmove("pages", "work", 0, "RIGHT", "LEFT"):
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results
