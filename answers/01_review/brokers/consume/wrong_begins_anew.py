"""Deletes what is there before it produces.

Misconception: the only producer
Fails consume-in_list: a list with the elements ['b', 'a', 'b', 'a']
Fails consume-nothing_lost: 'a' was never worked on to its end
Fails consume-ends: done: 'a'
"""


def produce(client, pages):
    client.delete("pages")
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.lindex("pages", 0)) is not None:
        results.append(parse(page))
        client.lpop("pages")
    return results
