"""What a future holds is told in words, without waiting and without being misled by what looks like a future."""

from concurrent.futures import CancelledError, Future

import pytest

from autograder.checks import state_of


def future(result=None, error=None):
    made = Future()
    made.set_result(result) if error is None else made.set_exception(error)
    return made


def cancelled():
    made = Future()
    made.cancel()
    return made


class Pretends(Future):
    def done(self):
        return True


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (Future(), "not done"),
        (future(10), "result 10"),
        (future(None), "result None"),
        (future("x"), "result 'x'"),
        (future(error=KeyError("x")), "exception KeyError('x')"),
        (cancelled(), "cancelled"),
        (future(error=CancelledError()), "cancelled"),
        (future(KeyError("x")), "result KeyError('x')"),
        (Pretends(), "done, but asking it raises TimeoutError()"),
        (10, "10, which is no Future"),
        (None, "None, which is no Future"),
    ],
)
def test_state(value, state):
    assert state_of(value) == state
