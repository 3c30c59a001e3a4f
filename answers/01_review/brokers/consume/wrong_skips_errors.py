"""Passes over a page that `parse` does not like.

Misconception: M4
Fails consume-errors: ValueError('not a page') reaches the caller
"""


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    results = []
    while (page := client.lindex("pages", 0)) is not None:
        try:
            results.append(parse(page))
        except Exception as error:
            print(f"{page}: {error}")
        client.lpop("pages")
    return results
