"""Sorts the six steps by what is done, so that all reading comes first and all writing last."""

steps = {"B writes", "A writes", "B adds", "A adds", "B reads", "A reads"}
losing_schedule = sorted(steps, key=lambda step: (["reads", "adds", "writes"].index(step.split()[1]), step))
