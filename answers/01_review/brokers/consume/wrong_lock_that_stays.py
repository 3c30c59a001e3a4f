"""Takes a lock in the broker, which stays there for ever when its owner dies.

Misconception: M15
Fails consume-nothing_lost: the consumer died right after SET 'lock' 'mine' 'NX', and 'a' was never worked on
Fails consume-second_death: 'a' was never worked on to its end
Fails consume-first: returned []
Fails consume-errors: returned []
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    if not client.set("lock", "mine", nx=True):
        return []
    results = []
    while (page := client.lindex("pages", -1)) is not None:
        results.append(parse(page))
        client.rpop("pages")
    client.delete("lock")
    return results
