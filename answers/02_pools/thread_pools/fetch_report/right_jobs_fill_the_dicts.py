"""The jobs themselves fill the dicts; each url is a key that only one job writes."""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages = {}
    errors = {}

    def job(url):
        try:
            pages[url] = fetch(url)
        except BaseException as error:
            errors[url] = error

    pool = ThreadPoolExecutor(workers)
    try:
        for url in urls:
            pool.submit(job, url)
    finally:
        pool.shutdown()
    return pages, errors
