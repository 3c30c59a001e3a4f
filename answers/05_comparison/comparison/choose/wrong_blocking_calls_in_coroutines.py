"""Awaits what blocks.

Misconception: M25
Fails choose-reports: The driver blocks
Fails choose-backup: `shutil.copyfile` blocks
"""

choose = {
    "thumbnails": "process a",
    "chat": "coroutine d",
    "compress": "thread b",
    "reports": "coroutine d",
    "primes": "process a",
    "plugins": "process e",
    "newton": "none f",
    "total": "none g",
    "crawler": "coroutine d",
    "backup": "coroutine c",
}
