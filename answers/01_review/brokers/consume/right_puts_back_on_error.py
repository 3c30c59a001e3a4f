"""Puts a page that failed back at once; one that was left by a dead consumer is put back by the next."""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def put_back(client):
    return client.lmove("work", "pages", "LEFT", "RIGHT")


def consume(client, parse):
    put_back(client)
    results = []
    for page in iter(lambda: client.lmove("pages", "work", "RIGHT", "LEFT"), None):
        try:
            results.append(parse(page))
        except Exception:
            put_back(client)
            raise
        else:
            client.delete("work")
    return results
