"""Has a function write each row."""


def row(unit, data, cost, cores, switch):
    return {"unit": unit, "data": data, "cost": cost, "cores": cores, "switch": switch}


comparison = dict(process=row(*"aacaa"), thread=row(*"bbbba"), coroutine=row(*"ccacb"))
