"""Starts a thread for each url, of which a semaphore lets `workers` fetch: a pool of its own making.

Misconception: any threads will do
Fails fetch_all-at_once: ran in threads that belong to no ThreadPoolExecutor
"""

import threading


def fetch_all(urls, fetch, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    places = threading.Semaphore(workers)
    pages, errors = {}, []

    def fetch_one(number, url):
        with places:
            try:
                pages[number] = fetch(url)
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=fetch_one, args=item) for item in enumerate(urls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        raise error
    return [page for _, page in sorted(pages.items(), key=lambda item: item[0])]
