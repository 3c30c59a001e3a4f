"""Sorts where a queue sorts, and turns round where it is a stack."""

ways_out = dict(first_in=[3, 1, 2], last_in=list(reversed([3, 1, 2])), urgent=[3, 1, 4, 5])
ways_out["turns"] = list("bca")
ways_out["numbers"] = sorted([10, 9, 2])
ways_out["texts"] = sorted(["10", "9", "2"])
ways_out["letters"] = sorted("bAaB")
ways_out["pairs"] = sorted([(2, "a"), (1, "d"), (2, "c"), (1, "b")])
