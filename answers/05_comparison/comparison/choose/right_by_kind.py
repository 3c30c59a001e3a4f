"""Sorts the work by kind and reason first."""

by_answer = {
    "process a": ["thumbnails", "primes"],
    "process e": ["plugins"],
    "thread b": ["compress"],
    "thread c": ["reports", "backup"],
    "coroutine d": ["chat", "crawler"],
    "none f": ["newton"],
    "none g": ["total"],
}
choose = {work: answer for answer, works in by_answer.items() for work in works}
