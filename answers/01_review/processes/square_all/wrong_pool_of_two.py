"""Takes a pool of two in the place of a child for each number.

Misconception: leaves the number of children out of account
Fails square_all-in_children: only 2 at the same time
"""

import multiprocessing


def f(n):
    return (n, n * n)


def square_all(numbers):
    with multiprocessing.Pool(2) as p:
        return dict(p.map(f, numbers))
