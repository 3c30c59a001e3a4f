"""Hands over all urls by map and logs to stderr what it does."""

import logging
import sys
from concurrent.futures import ThreadPoolExecutor

logging.basicConfig(stream=sys.stderr, level=logging.INFO, force=True)


def fetch_all(urls, fetch, workers):
    logging.info("%s urls, %s workers", len(urls), workers)
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(fetch, urls))
