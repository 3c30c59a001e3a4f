"""Lets each job put its page into the dict; nobody looks at the futures, so no exception is ever seen.

Misconception: M4
Fails fetch_report-both: returned ({'c': 'page c', 'a': 'page a'}, {})
Fails fetch_report-no_spoiling: returned ({'b': 'page b', 'd': 'page d'}, {})
"""

from concurrent.futures import ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    pages, errors = {}, {}

    def job(url):
        pages[url] = fetch(url)

    with ThreadPoolExecutor(workers) as pool:
        for url in urls:
            try:
                pool.submit(job, url)
            except Exception as error:
                errors[url] = error
    return pages, errors
