"""Moves the page to a second list, and takes it out of there before it parses it.

Misconception: M35
Fails consume-nothing_lost: the consumer died right after LREM 'work' 1 'a', and 'a' was never worked on to its end
Fails consume-second_death: 'a' was never worked on to its end
Fails consume-first: returned [2, 3, 4]
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
        client.lrem("work", 1, page)
        results.append(parse(page))
    return results
