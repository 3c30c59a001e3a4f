"""Waits for the whole set of futures with `wait` and only then looks at them, in the order of the list."""

from concurrent.futures import ALL_COMPLETED, ThreadPoolExecutor, wait


def fetch_all(urls, fetch, workers):
    with ThreadPoolExecutor(workers) as pool:
        futures = list(map(lambda url: pool.submit(fetch, url), urls))
        done, not_done = wait(futures, return_when=ALL_COMPLETED)
        assert not not_done
        return [f.result() for f in futures if f in done]
