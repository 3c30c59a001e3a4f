"""Swallows the exception and parses the same page again and again.

Misconception: M4
Fails consume-errors: parse is called again and again
"""


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.lindex("pages", 0)) is not None:
        try:
            results.append(parse(page))
        except ValueError:
            continue
        client.lpop("pages")
    return results
