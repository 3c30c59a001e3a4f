"""Has the right kinds, but reasons from elsewhere.

Misconception: any reason will do
Fails choose-thumbnails: In which language is the filter written
Fails choose-chat: What do the connections do
Fails choose-compress: What does the library do with the global lock
Fails choose-reports: on computing or on waiting
Fails choose-primes: What is the loop written in
Fails choose-plugins: What is special about this code
Fails choose-newton: What keeps two steps
Fails choose-total: The sum can be computed in parts, in any order. What does that cost,
Fails choose-crawler: while a site is slow
Fails choose-backup: What happens inside
"""

choose = {
    "thumbnails": "process e",
    "chat": "coroutine c",
    "compress": "thread c",
    "reports": "thread b",
    "primes": "process e",
    "plugins": "process a",
    "newton": "none g",
    "total": "none f",
    "crawler": "coroutine c",
    "backup": "thread b",
}
