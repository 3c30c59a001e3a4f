"""Computes the approximations side by side.

Misconception: anything can be done in parallel
Fails choose-newton: what can the second one compute before
Fails choose-total: How long does a new process take
"""

choose = {
    "thumbnails": "process a",
    "chat": "coroutine d",
    "compress": "thread b",
    "reports": "thread c",
    "primes": "process a",
    "plugins": "process e",
    "newton": "process a",
    "total": "process a",
    "crawler": "coroutine d",
    "backup": "thread c",
}
