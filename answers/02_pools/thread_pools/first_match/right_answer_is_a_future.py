"""The workers judge the pages themselves; the answer is a future of its own that the first of them sets."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor


def first_match(urls, fetch, wanted, workers):
    answer = Future()
    lock = threading.Lock()
    missing = len(urls)

    def job(url):
        nonlocal missing
        if answer.done():
            return
        try:
            hit = wanted(fetch(url))
        except Exception as error:
            with lock:
                if not answer.done():
                    answer.set_exception(error)
            return
        with lock:
            missing -= 1
            if not answer.done() and (hit or missing == 0):
                answer.set_result(url if hit else None)

    pool = ThreadPoolExecutor(workers)
    for url in urls:
        pool.submit(job, url)
    pool.shutdown(wait=False)
    return answer.result() if urls else None
