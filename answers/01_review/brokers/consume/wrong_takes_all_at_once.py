"""Takes the whole list out of the broker into a variable, in one transaction.

Misconception: M35
Fails consume-nothing_lost: was never worked on to its end
Fails consume-second_death: was never worked on to its end
Fails consume-first: returned []
Fails consume-errors: returned []
Fails consume-ends: A page has come while another one was parsed. When is none left?
"""


def produce(client, pages):
    for page in pages:
        client.rpush("pages", page)


def consume(client, parse):
    with client.pipeline() as pipe:
        pipe.lrange("pages", 0, -1)
        pipe.delete("pages")
        pages, _ = pipe.execute()
    return [parse(page) for page in pages]
