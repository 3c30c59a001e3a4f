"""Takes pages with BLMOVE, which gives up after a second without one.

Misconception: a queue is only empty when nothing has come for a while
Fails consume-ends: waited until its time-out, and nothing came
"""

QUEUE, WORK = "queue", "work"


def produce(client, pages):
    with client.pipeline() as pipe:
        for page in pages:
            pipe.rpush(QUEUE, page)
        pipe.execute()


def finish(client, parse, page, results):
    results.append(parse(page))
    client.delete(WORK)


def consume(client, parse):
    results = []
    for page in client.lrange(WORK, 0, -1):
        finish(client, parse, page, results)
    while (page := client.blmove(QUEUE, WORK, 1, "LEFT", "RIGHT")) is not None:
        finish(client, parse, page, results)
    return results
