"""Callbacks of the futures sort them into the two dicts, each under a lock."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial


def fetch_report(urls, fetch, workers):
    report = ({}, {})
    lock = threading.Lock()

    def sort_in(url, future):
        with lock:
            if error := future.exception():
                report[1][url] = error
            else:
                report[0][url] = future.result()

    with ThreadPoolExecutor(workers) as pool:
        for url in urls:
            pool.submit(fetch, url).add_done_callback(partial(sort_in, url))
    return report
