"""Two pointers, one twice as fast as the other, meet in a circle if there is one."""


def find_deadlock(waits_for: dict[str, str]) -> list[str] | None:
    def circle_from(start):
        slow = fast = start
        while True:
            slow = waits_for[slow]
            fast = waits_for[waits_for[fast]]
            if slow == fast:
                break
        found, name = [slow], waits_for[slow]
        while name != slow:
            found.append(name)
            name = waits_for[name]
        return found

    for start in waits_for:
        try:
            return circle_from(start)
        except KeyError:
            continue
    return None
