"""Hostile, broken and odd submissions, each with the outcome that it deserves; one module for each family.

`samples.py` says what a sample is, `classes.py` grades classes of them by the real engine and finds what went wrong.
"""
