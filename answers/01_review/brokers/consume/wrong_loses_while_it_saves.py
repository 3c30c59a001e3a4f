"""Takes the page of a dead consumer out of the second list before it is back in the first.

Misconception: M35
Fails consume-second_death: 'a' was never worked on to its end
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    for page in client.lrange("work", 0, -1):
        client.lrem("work", 1, page)
        client.rpush("pages", page)
    results = []
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results
