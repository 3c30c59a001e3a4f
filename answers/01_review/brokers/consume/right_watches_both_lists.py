"""Moves a page by an optimistic transaction, which is tried again if somebody else was quicker."""

import redis


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def take(client):
    with client.pipeline() as pipe:
        while True:
            try:
                pipe.watch("pages", "busy")
                page = pipe.lindex("busy", 0)
                if page is None and (page := pipe.lindex("pages", 0)) is not None:
                    pipe.multi()
                    pipe.lpop("pages")
                    pipe.rpush("busy", page)
                    pipe.execute()
                return page
            except redis.WatchError:
                continue


def consume(client, parse):
    results = []
    while (page := take(client)) is not None:
        results.append(parse(page))
        client.delete("busy")
    return results
