"""Puts questions and letters together."""

questions = ["carried_by", "guarded_by", "pickled_by", "order", "failed_pickle"]
queue_facts = dict(zip(questions, "cadbd", strict=True))
