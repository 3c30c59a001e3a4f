"""Both threads read before either of them writes."""

losing_schedule = ["A reads", "B reads", "A adds", "B adds", "A writes", "B writes"]
