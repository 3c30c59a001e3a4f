"""Never hands in more than the workers can begin, so that nothing has to be cancelled."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def first_match(urls, fetch, wanted, workers):
    left = list(reversed(urls))
    running = {}
    pool = ThreadPoolExecutor(workers)
    try:
        while left or running:
            while left and len(running) < workers:
                url = left.pop()
                running[pool.submit(fetch, url)] = url
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                url = running.pop(future)
                if wanted(future.result()):
                    return url
        return None
    finally:
        pool.shutdown(wait=False)
