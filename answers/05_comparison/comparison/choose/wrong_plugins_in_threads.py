"""Runs foreign code in its own process.

Misconception: a thread can be ended
Fails choose-plugins: Can you end it
"""

choose = {
    "thumbnails": "process a",
    "chat": "coroutine d",
    "compress": "thread b",
    "reports": "thread c",
    "primes": "process a",
    "plugins": "thread e",
    "newton": "none f",
    "total": "none g",
    "crawler": "coroutine d",
    "backup": "thread c",
}
