"""Leaves a list of all finished pages in the broker.

Misconception: nobody cleans up
Fails consume-ends: left in the broker: finished
Fails consume-first: left in the broker: finished
Fails consume-errors: left in the broker: finished
Fails consume-nothing_lost: What did the consumer that died leave there, and who takes it away?
Fails consume-second_death: What did the consumer that died leave there, and who takes it away?
"""


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.lindex("pages", 0)) is not None:
        results.append(parse(page))
        client.lmove("pages", "finished", "LEFT", "RIGHT")
    return results
