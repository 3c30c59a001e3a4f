"""Each job answers with its index and its page; the pairs are sorted when all have arrived."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from operator import itemgetter


def fetch_all(urls, fetch, workers):
    def numbered(index, url):
        return index, fetch(url)

    with ThreadPoolExecutor(workers) as pool:
        jobs = [pool.submit(numbered, *pair) for pair in enumerate(urls)]
        pairs = sorted((job.result() for job in as_completed(jobs)), key=itemgetter(0))
    return [page for _, page in pairs]
