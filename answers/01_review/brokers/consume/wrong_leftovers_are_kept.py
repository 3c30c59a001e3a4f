"""Parses the page of a dead consumer, but never takes it out of the second list.

Misconception: forgets to acknowledge
Fails consume-first: left in the broker: work
Fails consume-errors: left in the broker: work
Fails consume-nothing_lost: What did the consumer that died leave there, and who takes it away?
Fails consume-second_death: What did the consumer that died leave there, and who takes it away?
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    results = [parse(page) for page in client.lrange("work", 0, -1)]
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results
