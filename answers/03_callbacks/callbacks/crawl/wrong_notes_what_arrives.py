"""Notes a url when its page arrives: until then it is handed in again by each page that links to it.

Misconception: M16
Fails crawl-once: Which of them notes that it has been found, and when?
Fails crawl-threads: ['/', '/a', '/b', '/c', '/c']
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    read, errors = set(), []
    lock, ended = threading.Lock(), threading.Event()
    missing = 1

    def visit(url):
        pool.submit(fetch, url).add_done_callback(lambda future: arrived(url, future))

    def arrived(url, future):
        nonlocal missing
        new = []
        try:
            urls = links(future.result())
            with lock:
                read.add(url)
                new = [link for link in urls if link not in read]
                missing += len(new)
        except Exception as error:
            errors.append(error)
        for link in new:
            visit(link)
        with lock:
            missing -= 1
            if missing == 0:
                ended.set()

    with ThreadPoolExecutor(workers) as pool:
        visit(start)
        ended.wait()
    if errors:
        raise errors[0]
    return read
