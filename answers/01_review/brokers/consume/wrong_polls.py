"""Asks again and again whether a page has come.

Misconception: M34
Fails consume-in_order: the code asks the broker again and again, and there is nothing
Fails consume-ends: the code asks the broker again and again, and there is nothing
Fails consume-nothing_lost: the code asks the broker again and again, and there is nothing
Fails consume-second_death: the code asks the broker again and again, and there is nothing
Fails consume-first: the code asks the broker again and again, and there is nothing
Fails consume-errors: the code asks the broker again and again, and there is nothing
"""

import time


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    results = []
    while True:
        page = client.lindex("pages", 0)
        if page is None:
            time.sleep(0.001)
            continue
        results.append(parse(page))
        client.lpop("pages")
