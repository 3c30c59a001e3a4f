"""The whole of B happens between the reading and the writing of A."""

losing_schedule = ["A reads", "A adds", "B reads", "B adds", "B writes", "A writes"]
