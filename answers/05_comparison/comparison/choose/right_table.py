"""Writes the choices down."""

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
    "backup": "thread c",
}
