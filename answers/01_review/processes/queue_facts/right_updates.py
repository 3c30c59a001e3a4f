"""Fills the dict in step by step."""

queue_facts = dict.fromkeys(["carried_by", "guarded_by", "pickled_by", "order", "failed_pickle"])
queue_facts["carried_by"] = "c"
queue_facts.update(guarded_by="a", order="b")
queue_facts |= {key: "d" for key in ("pickled_by", "failed_pickle")}
