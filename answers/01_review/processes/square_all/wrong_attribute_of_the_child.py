"""Keeps the square in an attribute of the Process object, which the parent never sees change.

Misconception: M11
Fails square_all-squares: returned {3: None
Fails square_all-any_list: returned {2: None
Fails square_all-large: None
Fails square_all-start_methods: returned {3: None
"""

from multiprocessing import Process


class Squarer(Process):
    def __init__(self, number):
        super().__init__()
        self.number, self.square = number, None

    def run(self):
        self.square = self.number * self.number


def square_all(numbers):
    children = [Squarer(number) for number in numbers]
    for child in children:
        child.start()
    for child in children:
        child.join()
    return {child.number: child.square for child in children}
