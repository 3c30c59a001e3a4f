"""Puts a page that failed behind the others.

Misconception: the wrong end of the list
Fails consume-errors: returned [3, 2]
"""


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.lindex("pages", 0)) is not None:
        try:
            results.append(parse(page))
        except Exception:
            client.lmove("pages", "pages", "LEFT", "RIGHT")
            raise
        client.lpop("pages")
    return results
