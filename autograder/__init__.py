"""A course on concurrent Python whose exercises grade themselves.

Rooms: `checks` (what test cells import), `timeline` (records and draws who ran when), `grading` (submissions
in, scores out), `authoring` (for who writes exercises); `cli` is the `autograder` command.
"""
