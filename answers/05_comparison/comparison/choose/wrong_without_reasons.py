"""Gives no reasons.

Misconception: the kind is the answer
Fails choose-answered: Is it written as in the example?
Fails choose-thumbnails: another reason
Fails choose-chat: another reason
Fails choose-compress: another reason
Fails choose-reports: another reason
Fails choose-primes: another reason
Fails choose-plugins: another reason
Fails choose-newton: another reason
Fails choose-total: another reason
Fails choose-crawler: another reason
Fails choose-backup: another reason
"""

choose = {
    "thumbnails": "process",
    "chat": "coroutine",
    "compress": "thread",
    "reports": "thread",
    "primes": "process",
    "plugins": "process",
    "newton": "none",
    "total": "none",
    "crawler": "coroutine",
    "backup": "thread",
}
