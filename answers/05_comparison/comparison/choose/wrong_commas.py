"""Writes a comma between kind and reason.

Misconception: nobody reads the form
Fails choose-answered: Is it written as in the example?
Fails choose-thumbnails: Is it written as in the example?
Fails choose-chat: Is it written as in the example?
Fails choose-compress: Is it written as in the example?
Fails choose-reports: Is it written as in the example?
Fails choose-primes: Is it written as in the example?
Fails choose-plugins: Is it written as in the example?
Fails choose-newton: Is it written as in the example?
Fails choose-total: Is it written as in the example?
Fails choose-crawler: Is it written as in the example?
Fails choose-backup: Is it written as in the example?
"""

choose = {
    "thumbnails": "process, a",
    "chat": "coroutine, d",
    "compress": "thread, b",
    "reports": "thread, c",
    "primes": "process, a",
    "plugins": "process, e",
    "newton": "none, f",
    "total": "none, g",
    "crawler": "coroutine, d",
    "backup": "thread, c",
}
