"""The caller follows the links itself, after each `wait` for the next page to arrive."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def crawl(start, fetch, links, workers):
    found = {start}
    with ThreadPoolExecutor(workers) as pool:
        pending = {pool.submit(fetch, start)}
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                for url in links(future.result()):
                    if url not in found:
                        found.add(url)
                        pending.add(pool.submit(fetch, url))
    return found
