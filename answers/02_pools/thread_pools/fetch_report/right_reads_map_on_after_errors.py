"""Gives `map` a function that returns futures of its own, already done, so that no result raises."""

from concurrent.futures import Future, ThreadPoolExecutor


def fetch_report(urls, fetch, workers):
    def settle(url):
        settled = Future()
        try:
            settled.set_result(fetch(url))
        except Exception as error:
            settled.set_exception(error)
        return url, settled

    with ThreadPoolExecutor(workers) as pool:
        settled = dict(pool.map(settle, urls))
    errors = {url: future.exception() for url, future in settled.items() if future.exception()}
    pages = {url: settled[url].result() for url in settled.keys() - errors.keys()}
    return pages, errors
