"""Moves what a dead consumer had taken back into the list first, then takes page by page with LMOVE."""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    while client.lmove("work", "pages", "RIGHT", "RIGHT") is not None:
        pass
    results = []
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results
