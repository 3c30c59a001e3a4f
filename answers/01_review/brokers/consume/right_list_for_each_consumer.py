"""Each consumer has a list of its own for what it has taken; the next one looks through those of the others."""

import uuid


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    mine = f"taken:{uuid.uuid4()}"
    for other in sorted(client.scan_iter("taken:*")):
        while client.lmove(other, "pages", "LEFT", "RIGHT"):
            pass
    results = []
    while page := client.lmove("pages", mine, "RIGHT", "LEFT"):
        result = parse(page)
        client.rpop(mine)
        results.append(result)
    return results
