"""Puts the pages into a set, which has no order and knows no page twice.

Misconception: any container is a queue
Fails consume-in_order: returned [1, 3, 2]
Fails consume-in_list: in the broker: pages, a set
Fails consume-ends: done: 'a', 'b'
"""


def produce(client, pages):
    for page in pages:
        client.sadd("pages", page)


def consume(client, parse):
    results = []
    for page in sorted(client.smembers("pages")):
        results.append(parse(page))
        client.srem("pages", page)
    return results
