"""The children send the place of the number back, not the number, and the queue is closed at the end."""

import multiprocessing as mp


def _work(place, number, queue):
    queue.put((place, pow(number, 2)))


def square_all(numbers):
    queue = mp.Queue()
    processes = []
    for place, number in enumerate(numbers):
        process = mp.Process(target=_work, args=(place, number), kwargs={"queue": queue})
        processes.append(process)
    for process in processes:
        process.start()
    try:
        found = sorted(queue.get() for _ in processes)
    finally:
        for process in processes:
            process.join()
            process.close()
        queue.close()
        queue.join_thread()
    return {numbers[place]: square for place, square in found}
