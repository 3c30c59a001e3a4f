"""Waits once for each page that was found: callbacks release a semaphore when they have followed a page's links."""

import threading
from concurrent.futures import ThreadPoolExecutor


def crawl(start, fetch, links, workers):
    urls, lock, read = [start], threading.Lock(), threading.Semaphore(0)
    futures = []

    def read_page(future):
        try:
            found = links(future.result())
            with lock:
                new = []
                for url in found:
                    if url not in urls:
                        urls.append(url)
                        new.append(url)
            for url in new:
                go(url)
        except Exception as error:
            futures.append(error)
        finally:
            read.release()

    def go(url):
        pool.submit(fetch, url).add_done_callback(read_page)

    with ThreadPoolExecutor(workers) as pool:
        go(start)
        waited = 0
        while waited < len(urls):
            read.acquire()
            waited += 1
    for error in futures:
        raise error
    return set(urls)
