"""Takes a page, or the one that a dead consumer had taken, by a script that the server runs as one step."""

TAKE = """
local page = redis.call('LINDEX', KEYS[2], 0)
if not page then
    page = redis.call('RPOPLPUSH', KEYS[1], KEYS[2])
end
return page
"""


def produce(client, pages):
    for page in pages:
        client.lpush("pages", page)


def consume(client, parse):
    take, results = client.register_script(TAKE), []
    while page := take(keys=["pages", "taken"]):
        results.append(parse(page))
        client.rpop("taken")
    return results
