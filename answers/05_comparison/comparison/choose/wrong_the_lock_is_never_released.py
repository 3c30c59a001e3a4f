"""Believes that nothing ever runs without the global lock.

Misconception: threads never compute in parallel
Fails choose-compress: How do 200 MB get into another process
"""

choose = {
    "thumbnails": "process a",
    "chat": "coroutine d",
    "compress": "process a",
    "reports": "thread c",
    "primes": "process a",
    "plugins": "process e",
    "newton": "none f",
    "total": "none g",
    "crawler": "coroutine d",
    "backup": "thread c",
}
