"""Takes out every page that equals the finished one.

Misconception: a page is known by its text
Fails consume-ends: done: 'a', 'b'
"""


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.lindex("pages", 0)) is not None:
        results.append(parse(page))
        client.lrem("pages", 0, page)
    return results
