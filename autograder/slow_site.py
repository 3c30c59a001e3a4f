"""A small web site on this machine, slow and faulty on purpose: what the lessons crawl in the place of the internet.

Each page lists songs and links to other pages. A page always takes equally long and the broken one is always broken,
so that a lesson can ask beforehand what will be seen.
"""

from __future__ import annotations

import random
import re
import time
from http.server import BaseHTTPRequestHandler
from itertools import product
from socketserver import TCPServer, ThreadingMixIn
from threading import Thread
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

# Seconds that each page takes; the first page is /1.
DELAYS = (0.08, 0.15, 0.05, 0.10, 0.03, 0.12, 0.05, 0.08, 0.15, 0.03, 0.10, 0.05)
BROKEN = len(DELAYS) + 1
SONGS = 64
LINKS = 3

_COLOURS = ("Amber", "Blue", "Crimson", "Golden", "Grey", "Pale", "Silver", "White")
_THINGS = ("Autumn", "Bridge", "Harbour", "Lantern", "Mountain", "River", "Swallow", "Window")
_ENDS = ("at Dawn", "in the Rain", "of My Youth", "over the Sea", "without a Name", "under Snow", "for Two", "Again")
_TITLES = [" ".join(words) for words in product(_COLOURS, _THINGS, _ENDS)]

_opener = build_opener(ProxyHandler({}))  # a proxy would not find this machine's own addresses


class SlowSite:
    """The site, which answers from its making until `close`, which the end of a `with` block calls.

    `urls` are its pages in order, `broken` is the url of a page that always answers 503. Loopback only, any free port.
    """

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        port = self._server.server_address[1]
        self.urls = [f"http://127.0.0.1:{port}/{number}" for number in range(1, len(DELAYS) + 1)]
        self.broken = f"http://127.0.0.1:{port}/{BROKEN}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), name="slow site", daemon=True)
        self._thread.start()

    def __enter__(self) -> SlowSite:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop answering; waits for the answers that are on their way. A second call does nothing."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def fetch(url: str) -> str:
    """The text of the page at `url`; waits until it has come.

    Raises: OSError, which names the url, if there is no answer or another one than 200.
    """
    try:
        with _opener.open(url, timeout=10) as answer:
            return answer.read().decode()
    except HTTPError as error:
        error.close()
        raise OSError(f"{url} answered {error.code} {error.reason}") from None
    except OSError as error:
        raise OSError(f"{url} did not answer: {error}") from error


def songs_of(page: str) -> list[str]:
    """The titles of the songs that the page lists."""
    return re.findall(r"<li>(.*?)</li>", page)


def page_of(number: int) -> str:
    """The page at /number: a heading, songs, and links to other pages."""
    songs = random.Random(number).sample(_TITLES, SONGS)
    links = (1 + (number + step) % len(DELAYS) for step in range(LINKS))
    return "\n".join(
        [
            f"<html><h1>Songs, page {number}</h1><ul>",
            *(f"<li>{song}</li>" for song in songs),
            "</ul>",
            *(f'<a href="/{link}">page {link}</a>' for link in links),
            "</html>",
        ]
    )


class _Server(ThreadingMixIn, TCPServer):
    """A thread for each request, so that the site itself keeps no request waiting for another."""

    # Closing joins the threads of the requests.
    daemon_threads = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A crawler that went away before its answer is nobody's mistake here."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        number = int(self.path[1:]) if self.path[1:].isdecimal() else 0
        if 1 <= number <= len(DELAYS):
            time.sleep(DELAYS[number - 1])
            self._answer(200, page_of(number))
        elif number == BROKEN:
            self._answer(503, "out of order")
        else:
            self._answer(404, "no such page")

    def _answer(self, code: int, text: str) -> None:
        body = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the log would land in the notebook."""
