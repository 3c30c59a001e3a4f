"""Does everything here, one thing after the other.

Misconception: concurrency is never worth it
Fails choose-thumbnails: What do three of the four cores
Fails choose-chat: Who answers the second client
Fails choose-compress: What could run beside it
Fails choose-reports: Must the second wait for the first
Fails choose-primes: Does the count of one range depend
Fails choose-plugins: What becomes of your program
Fails choose-crawler: while the first one is slow
Fails choose-backup: What does the user see
"""

choose = {
    "thumbnails": "none f",
    "chat": "none f",
    "compress": "none f",
    "reports": "none f",
    "primes": "none f",
    "plugins": "none f",
    "newton": "none f",
    "total": "none g",
    "crawler": "none f",
    "backup": "none f",
}
