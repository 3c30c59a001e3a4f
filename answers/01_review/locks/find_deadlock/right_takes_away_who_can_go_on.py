"""Takes away everybody who waits for one who can go on, and then whoever nobody waits for."""


def find_deadlock(waits_for):
    stuck = dict(waits_for)
    while free := [name for name, other in stuck.items() if other not in stuck]:
        for name in free:
            del stuck[name]
    while idle := set(stuck) - set(stuck.values()):
        for name in idle:
            del stuck[name]
    if not stuck:
        return None
    first = min(stuck)
    circle = [first]
    while stuck[circle[-1]] != first:
        circle.append(stuck[circle[-1]])
    return circle
