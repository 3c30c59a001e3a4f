"""Uses the variable of the loop that is over for the url of each future that arrives.

Misconception: M6
Fails fetch_report-both: returned ({'c': 'page a'}, {'c': OSError('b is down')})
Fails fetch_report-no_spoiling: returned ({'e': 'page d'}, {'e': OSError('a is down')})
Fails fetch_report-arguments: Is an empty page a page, and how does the code learn of an error?
"""

from concurrent.futures import ThreadPoolExecutor, as_completed


def fetch_report(urls, fetch, workers):
    pages, errors, futures = {}, {}, []
    with ThreadPoolExecutor(workers) as pool:
        for url in urls:
            futures.append(pool.submit(fetch, url))
        for future in as_completed(futures):
            if future.exception():
                errors[url] = future.exception()
            else:
                pages[url] = future.result()
    return pages, errors
