"""For who writes exercises: notebooks in their normal form, the students' copy, and proof that tests judge rightly.

Public names: `normalise.normalise_files` and `normalise.normalise` (one form for each notebook), `release.release` and
`release.make` (source/ to release/), `rules.breaches` (what an assignment must keep to), `verify.verify`. The commands
`autograder normalise`, `autograder release` and `autograder verify` call them.
"""
