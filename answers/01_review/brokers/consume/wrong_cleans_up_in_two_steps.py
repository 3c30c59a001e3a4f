"""Counts what is done, and forgets the pages and the count one after the other: between the two the count is wrong.

Misconception: a consumer only dies in the middle of its work
Fails consume-nothing_lost: 'later' was never worked on to its end
"""


def produce(client, pages):
    for page in pages:
        client.rpush("all", page)


def consume(client, parse):
    results = []
    done = int(client.get("number done") or 0)
    while (page := client.lindex("all", done)) is not None:
        results.append(parse(page))
        done = client.incr("number done")
    for key in ("all", "number done"):
        client.delete(key)
    return results
