"""Takes a process for everything, since that works with all of them.

Misconception: processes cost nothing
Fails choose-chat: 10,000 interpreters that wait
Fails choose-compress: How do 200 MB get into another process
Fails choose-reports: That would work. But in that minute, does the program need a core, or
Fails choose-newton: what can the second one compute
Fails choose-total: How long does a new process take
Fails choose-crawler: What would more processes do but wait
Fails choose-backup: does waiting need an interpreter
"""

choose = {
    "thumbnails": "process a",
    "chat": "process a",
    "compress": "process a",
    "reports": "process a",
    "primes": "process a",
    "plugins": "process e",
    "newton": "process a",
    "total": "process a",
    "crawler": "process a",
    "backup": "process a",
}
