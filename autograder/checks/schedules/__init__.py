"""Explores the schedules of a few threads."""

from autograder.checks.schedules.explore import explore
from autograder.checks.schedules.scenario import Job, Schedule, Started

__all__ = ["Job", "Schedule", "Started", "explore"]
