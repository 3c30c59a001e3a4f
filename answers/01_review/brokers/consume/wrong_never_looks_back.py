"""Keeps the page safe in a second list, in which nobody ever looks.

Misconception: what is kept is found by itself
Fails consume-nothing_lost: the consumer died right after LMOVE 'pages' 'work' 'RIGHT' ..., and 'a' was never
Fails consume-second_death: 'a' was never worked on to its end
Fails consume-first: returned [2, 3, 4]
Fails consume-errors: returned [3]
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.lmove("pages", "work", "RIGHT", "LEFT")) is not None:
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results
