"""Parses all pages and deletes the list at the end, so that finished pages are parsed again.

Misconception: acknowledges once for all
Fails consume-first: returned [1, 2, 3, 4]
Fails consume-errors: returned [1, 2, 3]
Fails consume-ends: A page has come while another one was parsed. When is none left?
"""


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    results = [parse(page) for page in client.lrange("pages", 0, -1)]
    client.delete("pages")
    return results
