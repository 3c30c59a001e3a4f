"""Fills an empty table in, place by place."""

comparison = {}
for row in ("process", "thread", "coroutine"):
    comparison[row] = dict.fromkeys(("unit", "data", "cost", "cores", "switch"), "a")
comparison["thread"].update(unit="b", data="b", cost="b", cores="b")
comparison["coroutine"].update({"unit": "c", "data": "c", "cores": "c", "switch": "b"})
comparison["process"]["cost"] = "c"
