"""Writes to and reads from the same end.

Misconception: a list is a queue by itself
Fails consume-in_order: returned [3, 2, 1]
Fails consume-first: The first consumer died in the middle of
Fails consume-errors: returned [2, 1]
Fails consume-ends: A page has come while another one was parsed. When is none left?
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.lindex("pages", 0)) is not None:
        results.append(parse(page))
        client.lpop("pages")
    return results
