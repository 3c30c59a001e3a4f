"""Takes the next page while the one before is not finished yet, and leaves both for the next consumer to sort out.

Misconception: acknowledges late
Fails consume-first: returned [1, 2, 3, 4]
Fails consume-errors: returned [1, 2, 3]
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    while client.lmove("work", "pages", "LEFT", "RIGHT"):
        pass
    results, finished = [], None
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        results.append(parse(page))
        if finished is not None:
            client.lrem("work", -1, finished)
        finished = page
    client.delete("work")
    return results
