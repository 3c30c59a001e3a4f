"""Parses the first page, takes it out, and leaves the rest to itself."""


def produce(client, pages):
    if len(pages) > 0:
        client.rpush("pages", pages[0])
        produce(client, pages[1:])


def consume(client, parse):
    page = client.lindex("pages", 0)
    if page is None:
        return []
    result = parse(page)
    client.ltrim("pages", 1, -1)
    return [result, *consume(client, parse)]
