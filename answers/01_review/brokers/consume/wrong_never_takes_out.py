"""Reads the list and leaves it as it is.

Misconception: never acknowledges
Fails consume-ends: left in the broker: pages
Fails consume-first: left in the broker: pages
Fails consume-errors: returned [1, 2, 3]
Fails consume-nothing_lost: What did the consumer that died leave there, and who takes it away?
Fails consume-second_death: What did the consumer that died leave there, and who takes it away?
"""


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    return [parse(page) for page in client.lrange("pages", 0, -1)]
