"""Explores the schedules of a few threads."""

from autograder.checks.schedules.explore import Explored, explore
from autograder.checks.schedules.scenario import Job, Schedule, Started

__all__ = ["Explored", "Job", "Schedule", "Started", "explore"]
