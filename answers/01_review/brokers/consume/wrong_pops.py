"""Pops the page off the list, which forgets it at once, and parses it then.

Misconception: M35
Fails consume-nothing_lost: was never worked on to its end
Fails consume-second_death: 'a' was never worked on to its end
Fails consume-first: returned [2, 3, 4]
Fails consume-errors: returned [3]
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.rpop("pages")) is not None:
        results.append(parse(page))
    return results
