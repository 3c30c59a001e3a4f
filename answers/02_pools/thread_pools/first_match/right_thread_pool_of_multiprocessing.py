"""Uses the pool of threads that `multiprocessing` has, and `imap_unordered`."""

from multiprocessing.pool import ThreadPool


def first_match(urls, fetch, wanted, workers):
    def job(url):
        return url, fetch(url)

    pool = ThreadPool(workers)
    try:
        for url, page in pool.imap_unordered(job, urls):
            if wanted(page):
                return url
        return None
    finally:
        pool.terminate()
