"""Takes one ticket after the other, each in one step, and puts them back if they are not enough."""

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
