"""Finds out what it can on this machine, and knows the rest."""

import inspect
import os
from concurrent.futures import ThreadPoolExecutor


def threads_by_default():
    with ThreadPoolExecutor() as pool:
        return pool._max_workers


def answers():
    cpus = getattr(os, "process_cpu_count", os.cpu_count)()
    rules = {"c": min(32, cpus + 4), "b": cpus, "a": 5 * cpus}  # in this order: with one CPU, c and a are the same
    facts = {"threads_by_default": next(letter for letter, most in rules.items() if most == threads_by_default())}
    parameters = inspect.signature(ThreadPoolExecutor.shutdown).parameters
    facts["end_of_with"] = "a" if parameters["cancel_futures"].default is False else "b"
    return facts | {"processes_by_default": "b", "kind_of_work": "c", "error_in_map": "d"}


pool_facts = answers()
