"""Believes the notes: the pipe is a socket.

Misconception: the queue is a socket
Fails queue_facts-carried_by: a port, an address or a network
"""

queue_facts = {
    "carried_by": "d",
    "guarded_by": "a",
    "pickled_by": "d",
    "order": "b",
    "failed_pickle": "d",
}
