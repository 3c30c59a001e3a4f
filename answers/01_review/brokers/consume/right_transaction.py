"""Notes the page that is being parsed in a key of its own, in one transaction with the taking."""


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def next_page(client):
    current = client.get("current")
    if current is not None:
        return current
    first = client.lrange("pages", 0, 0)
    if not first:
        return None
    with client.pipeline(transaction=True) as pipe:
        pipe.lpop("pages")
        pipe.set("current", first[0])
        pipe.execute()
    return first[0]


def consume(client, parse):
    results = []
    while (page := next_page(client)) is not None:
        results.append(parse(page))
        client.delete("current")
    return results
