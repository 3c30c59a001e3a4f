"""Takes the futures as they are done and catches what `result` raises."""

from concurrent.futures import ThreadPoolExecutor, as_completed


def fetch_report(urls, fetch, workers):
    pages = {}
    errors = {}
    with ThreadPoolExecutor(max_workers=workers) as executor:
        url_of = {executor.submit(fetch, url): url for url in urls}
        for future in as_completed(url_of):
            url = url_of[future]
            try:
                pages[url] = future.result()
            except Exception as error:
                errors[url] = error
    return pages, errors
