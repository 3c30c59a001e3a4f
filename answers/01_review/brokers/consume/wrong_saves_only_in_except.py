"""Pops the page, and puts it back where `parse` raises, which a killed process never does.

Misconception: M35
Fails consume-nothing_lost: was never worked on to its end
Fails consume-second_death: 'a' was never worked on to its end
Fails consume-first: returned [2, 3, 4]
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.rpop("pages")) is not None:
        try:
            results.append(parse(page))
        except BaseException:
            client.rpush("pages", page)
            raise
    return results
