"""What test cells import: deterministic checks of concurrent code.

No verdict depends on the clock. Jobs are held at a gate until the test releases them; waiting ends as soon as nothing
more can happen. A failed check raises one exception, `CheckFailed`, whose text is the whole message for the student.

A complete test cell:

    from autograder.checks import Gate, student

    pages = {url: f"page {url}" for url in "abcdef"}
    with Gate() as gate:
        call = gate.start(student.fetch_all, list(pages), gate.job("fetch", pages), 3)
        gate.expect_at_once(3)                     # three fetches run now: not two, not four
        gate.finish_all(last_first=True)           # the job that began last ends first, and so on
        call.expect_result(list(pages.values()))   # in the order of the urls all the same
        call.expect_nothing_left()                 # no thread survives the call

For process pools, `gate.values([30, 10])` makes numbers or texts that report to the gate when a worker process
receives them, and `module("primes").count_primes` names a function in a file that `%%writefile` wrote.
"""

from autograder.checks.choices import expect_answered, expect_choice
from autograder.checks.failure import CheckFailed, failed
from autograder.checks.fence import Call, Run, call
from autograder.checks.files import Watch
from autograder.checks.gate import Gate
from autograder.checks.student import module, student
from autograder.checks.values import describe, same

__all__ = [
    "Call",
    "CheckFailed",
    "Gate",
    "Run",
    "Watch",
    "call",
    "describe",
    "expect_answered",
    "expect_choice",
    "failed",
    "module",
    "same",
    "student",
]
