"""Takes the pages as they arrive, each with the number of its url, and sorts them into their places."""

from gevent.pool import Pool


def crawl_all(urls, fetch, size):
    if not size >= 1:
        raise ValueError("size")

    def numbered(pair):
        number, url = pair
        try:
            return number, fetch(url), None
        except Exception as error:
            return number, None, error

    pages, errors = [None] * len(urls), []
    for number, page, error in Pool(size).imap_unordered(numbered, enumerate(urls)):
        pages[number] = page
        if error:
            errors.append(error)
    if errors:
        raise errors[0]
    return pages
