"""Begins with the dict of the task and fills in one answer after the other, in another order."""

pool_facts = {
    "threads_by_default": None,
    "processes_by_default": None,
    "kind_of_work": None,
    "end_of_with": None,
    "error_in_map": None,
}
pool_facts["error_in_map"] = "d"  # the iterator raises when it comes to that place
pool_facts["kind_of_work"] = pool_facts["threads_by_default"] = "c"
pool_facts.update(processes_by_default="b")
pool_facts |= {"end_of_with": "a"}
