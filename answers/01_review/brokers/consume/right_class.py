"""A class that knows both lists, with a generator of pages that finishes each one when the next is asked for."""


class Crawler:
    def __init__(self, client, name="crawler"):
        self.client, self.waiting, self.taken = client, f"{name}:waiting", f"{name}:taken"

    def put(self, page):
        self.client.lpush(self.waiting, page)

    def pages(self):
        while True:
            page = self.client.lindex(self.taken, -1) or self.client.rpoplpush(self.waiting, self.taken)
            if page is None:
                return
            yield page
            self.client.lrem(self.taken, 0, page)


def produce(client, pages):
    crawler = Crawler(client)
    for page in pages:
        crawler.put(page)


def consume(client, parse):
    return [parse(page) for page in Crawler(client).pages()]
