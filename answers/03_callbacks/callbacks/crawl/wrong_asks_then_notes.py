"""Asks whether a url is known, and notes it afterwards, without a lock: two callbacks may both find it new.

Misconception: M7, M16
Fails crawl-threads: Both callbacks ask whether /c is known, in two threads.
"""

import threading
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    found, errors = {start}, []
    lock, ended = threading.Lock(), threading.Event()
    missing = 1

    def arrived(future):
        nonlocal missing
        try:
            for url in links(future.result()):
                if url not in found:
                    found.add(url)
                    with lock:
                        missing += 1
                    pool.submit(fetch, url).add_done_callback(arrived)
        except Exception as error:
            errors.append(error)
        with lock:
            missing -= 1
            if missing == 0:
                ended.set()

    with ThreadPoolExecutor(workers) as pool:
        pool.submit(fetch, start).add_done_callback(arrived)
        ended.wait()
    if errors:
        raise errors[0]
    return found
