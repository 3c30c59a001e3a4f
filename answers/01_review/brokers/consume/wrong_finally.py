"""Takes the page out of the second list in a `finally`, whether it was parsed or not.

Misconception: M35
Fails consume-errors: returned [3]
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    while client.lmove("work", "pages", "RIGHT", "RIGHT"):
        pass
    results = []
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        try:
            results.append(parse(page))
        finally:
            client.lrem("work", 1, page)
    return results
