"""Takes a thread for everything.

Misconception: threads compute in parallel
Fails choose-thumbnails: How many threads run Python code
Fails choose-chat: 10,000 stacks
Fails choose-primes: How many of them count at the same moment
Fails choose-plugins: Can you end it
Fails choose-newton: what can the second one compute
Fails choose-total: How long does a new thread take
Fails choose-crawler: a plain thread call what has to be awaited
"""

choose = {
    "thumbnails": "thread c",
    "chat": "thread c",
    "compress": "thread b",
    "reports": "thread c",
    "primes": "thread c",
    "plugins": "thread c",
    "newton": "thread c",
    "total": "thread c",
    "crawler": "thread c",
    "backup": "thread c",
}
