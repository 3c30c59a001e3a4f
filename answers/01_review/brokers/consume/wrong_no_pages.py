"""Fails where there is nothing to produce.

Misconception: never tried with nothing
Fails consume-ends: ResponseError
"""


def produce(client, pages):
    client.rpush("pages", *pages)


def consume(client, parse):
    results = []
    while (page := client.lindex("pages", 0)) is not None:
        results.append(parse(page))
        client.lpop("pages")
    return results
