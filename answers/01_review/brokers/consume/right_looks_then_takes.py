"""Leaves the page in the list while it is parsed, and takes it out afterwards."""


def produce(client, pages):
    if pages:
        client.rpush("crawler:pages", *pages)


def consume(client, parse):
    results = []
    while True:
        page = client.lindex("crawler:pages", 0)
        if page is None:
            return results
        results.append(parse(page))
        client.lpop("crawler:pages")
