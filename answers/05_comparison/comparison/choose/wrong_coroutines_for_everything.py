"""Takes coroutines for everything, since they are the cheapest.

Misconception: async makes it fast
Fails choose-thumbnails: Where would a coroutine that computes
Fails choose-compress: ever come to an await
Fails choose-reports: The driver blocks
Fails choose-primes: Counting never waits
Fails choose-plugins: who gets a turn after it
Fails choose-newton: What would a coroutine wait for
Fails choose-total: waited for during twelve additions
Fails choose-backup: `shutil.copyfile` blocks
"""

choose = {
    "thumbnails": "coroutine d",
    "chat": "coroutine d",
    "compress": "coroutine d",
    "reports": "coroutine d",
    "primes": "coroutine d",
    "plugins": "coroutine d",
    "newton": "coroutine d",
    "total": "coroutine d",
    "crawler": "coroutine d",
    "backup": "coroutine d",
}
