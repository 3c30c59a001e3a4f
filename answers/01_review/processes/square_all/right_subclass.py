"""The children are a class of their own, and the results are read in a loop."""

from multiprocessing import Process, Queue


class Squarer(Process):
    def __init__(self, number, results):
        super().__init__(daemon=True)
        self.number = number
        self.results = results

    def run(self):
        self.results.put([self.number, self.number**2])


def square_all(numbers: list[int]) -> dict[int, int]:
    results = Queue()
    squarers = []
    for number in numbers:
        squarer = Squarer(number, results)
        squarer.start()
        squarers.append(squarer)
    squares = {}
    for _ in range(len(squarers)):
        number, square = results.get()
        squares[number] = square
    for squarer in squarers:
        squarer.join()
    return squares
