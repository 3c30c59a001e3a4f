"""Goes deeper from name to name, with the way so far as an argument."""


def find_deadlock(waits_for):
    def follow(name, way=()):
        if name in way:
            return list(way[way.index(name) :])
        if name not in waits_for:
            return None
        return follow(waits_for[name], (*way, name))

    return next(filter(None, map(follow, waits_for)), None)
