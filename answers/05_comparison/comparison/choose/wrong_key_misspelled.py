"""Spells a key in a way of its own.

Misconception: a key is a comment
Fails choose-answered: choose['backup']
Fails choose-backup: no answer yet
"""

choose = {
    "thumbnails": "process a",
    "chat": "coroutine d",
    "compress": "thread b",
    "reports": "thread c",
    "primes": "process a",
    "plugins": "process e",
    "newton": "none f",
    "total": "none g",
    "crawler": "coroutine d",
    "back up": "thread c",
}
