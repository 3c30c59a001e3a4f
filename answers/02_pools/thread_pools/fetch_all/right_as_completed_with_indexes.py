"""Takes the pages as they arrive and puts each into the place that its future is known by."""

from concurrent.futures import ThreadPoolExecutor, as_completed


def fetch_all(urls, fetch, workers):
    pages = [None] * len(urls)
    with ThreadPoolExecutor(workers) as pool:
        place = {pool.submit(fetch, url): index for index, url in enumerate(urls)}
        for future in as_completed(place):
            pages[place[future]] = future.result()
    return pages
