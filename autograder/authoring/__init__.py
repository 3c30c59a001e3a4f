"""For who writes exercises: notebooks in their normal form, the students' copy, and proof that tests judge rightly.

Public names: `normalise.normalise_files` and `normalise.normalise` (one form for each notebook), `release.release` and
`release.make` (source/ to release/), `rules.breaches` (what an assignment must keep to), `notebooks.read` and
`notebooks.exercises` (what is in a notebook). The commands `autograder normalise` and `autograder release` call them.
"""
