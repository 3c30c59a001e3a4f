"""A JoinableQueue: a child waits until its result has been taken in."""

from multiprocessing import Process, JoinableQueue


def f(n, q):
    q.put((n, n * n))
    q.join()


def square_all(numbers):
    q = JoinableQueue()
    ps = []
    for n in numbers:
        p = Process(target=f, args=(n, q))
        p.start()
        ps.append(p)
    d = {}
    for _ in ps:
        k, v = q.get()
        d[k] = v
        q.task_done()
    for p in ps:
        p.join()
    return d
