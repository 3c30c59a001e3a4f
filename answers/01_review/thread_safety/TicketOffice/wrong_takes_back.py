"""Takes one ticket after the other, each in one step, and puts them back if they are not enough.

Misconception: what is undone in the end was never seen by anybody
Fails TicketOffice-never_oversells: while somebody wants 4 of the 3 tickets, is False
"""

from collections import deque


class TicketOffice:
    def __init__(self, stock):
        self.tickets = deque(range(stock))

    def buy(self, count):
        if count < 0:
            raise ValueError(count)
        mine = []
        try:
            while len(mine) < count:
                mine.append(self.tickets.popleft())
        except IndexError:
            self.tickets.extend(mine)
            return False
        return True
