"""Catches the exception in the job, which answers with the url, the page and the exception, by `map`."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple


class Outcome(NamedTuple):
    url: str
    page: object = None
    error: Exception | None = None


def fetch_report(urls, fetch, workers):
    def attempt(url):
        try:
            return Outcome(url, page=fetch(url))
        except Exception as error:
            return Outcome(url, error=error)

    with ThreadPoolExecutor(workers) as pool:
        outcomes = list(pool.map(attempt, urls))
    return (
        {outcome.url: outcome.page for outcome in outcomes if outcome.error is None},
        {outcome.url: outcome.error for outcome in outcomes if outcome.error is not None},
    )
