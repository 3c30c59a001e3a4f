"""Puts all pages into the broker as one text, in place of those that are there.

Misconception: any value is a queue
Fails consume-in_list: in the broker: pages, a string
Fails consume-nothing_lost: 'a' was never worked on to its end
Fails consume-ends: done: 'a'
"""

import json


def produce(client, pages):
    if pages:
        client.set("pages", json.dumps(pages))


def consume(client, parse):
    results = []
    while pages := json.loads(client.get("pages") or "[]"):
        results.append(parse(pages[0]))
        if pages[1:]:
            client.set("pages", json.dumps(pages[1:]))
        else:
            client.delete("pages")
    return results
