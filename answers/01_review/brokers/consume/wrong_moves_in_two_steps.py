"""Takes the page out of the first list and puts it into the second by two commands.

Misconception: the moment between two commands
Fails consume-nothing_lost: the consumer died right after RPOP 'pages', and 'a' was never worked on to its end
Fails consume-second_death: was never worked on to its end
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    while client.lmove("work", "pages", "RIGHT", "RIGHT"):
        pass
    results = []
    while (page := client.rpop("pages")) is not None:
        client.lpush("work", page)
        results.append(parse(page))
        client.lrem("work", 1, page)
    return results
