"""A class of its own for processes, whose limits stand in its attributes; a semaphore bounds their number."""

import multiprocessing


class Counting(multiprocessing.Process):
    def __init__(self, index, limit, results):
        super().__init__()
        self.index, self.limit, self.results = index, limit, results

    def run(self):
        count = sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, self.limit))
        self.results.put((self.index, count))


def count_primes(limits, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    results = multiprocessing.SimpleQueue()
    counts, running, started = {}, {}, 0
    while len(counts) < len(limits):
        while started < len(limits) and len(running) < workers:
            running[started] = Counting(started, limits[started], results)
            running[started].start()
            started += 1
        index, count = results.get()
        counts[index] = count
        running.pop(index).join()
    return [counts[index] for index in range(len(limits))]
