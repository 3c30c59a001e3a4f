"""Runs the step through an executor of its own that calls what it is given right there."""

from concurrent.futures import Executor, Future


class Here(Executor):
    def submit(self, function, /, *args, **kwargs):
        return self.run(Future(), function, *args, **kwargs)

    def run(self, future, function, *args, **kwargs):
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(function(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)
        return future


def then(future, function):
    new = Future()
    future.add_done_callback(lambda done: Here().run(new, lambda: function(done.result())))
    return new
