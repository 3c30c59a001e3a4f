"""A future of a kind of its own, which is the callback itself."""

from concurrent.futures import Future


class Step(Future):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def __call__(self, before):
        if self.set_running_or_notify_cancel():
            try:
                result = self.function(before.result())
            except BaseException as error:
                self.set_exception(error)
            else:
                self.set_result(result)


def then(future, function):
    step = Step(function)
    future.add_done_callback(step)
    return step
