"""Builds the table from its columns."""

columns = {"unit": "abc", "data": "abc", "cost": "cba", "cores": "abc", "switch": "aab"}
comparison = {
    row: {column: letters[index] for column, letters in columns.items()}
    for index, row in enumerate(["process", "thread", "coroutine"])
}
