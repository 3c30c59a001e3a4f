"""The check of the first notebook: all is well here, and whatever is missing is named, with what to do about it."""

from __future__ import annotations

import multiprocessing
import os
import socket
from importlib.metadata import version
from pathlib import Path

import psutil
import pytest

from autograder import ready
from autograder.ready import Finding, check, look, packages, python

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


def test_here_everything_is_there_and_nothing_stays_behind(as_in_a_notebook):
    children = psutil.Process().children()
    said = check(NOTEBOOKS)
    assert said.endswith("Everything is there.")
    assert "MISSING" not in said
    assert [child for child in psutil.Process().children() if child not in children and child.is_running()] == []


@pytest.mark.usefixtures("start_method")
def test_a_worker_is_started_in_each_of_the_ways():
    ready.starts_processes()


@pytest.mark.parametrize("here", ["3.9.18", "3.10.12"])
def test_an_old_python_is_named_with_the_one_that_is_needed(here):
    finding = python(version=here)
    assert here in finding.problem
    assert ">=3.11" in finding.what
    assert "kernel" in finding.advice


def test_packages_that_are_missing_or_old_are_named_and_those_of_other_systems_are_not():
    there = version("gevent")
    finding = packages(
        ["gevent>=1", "gevent>=9999", "no-such-package>=2", 'other; sys_platform == "none"', 'more; extra == "test"']
    )
    assert finding.what == "3 packages"
    assert finding.problem == f"gevent >=9999 ({there} is installed), no-such-package >=2 (not installed)"
    assert "make lab" in finding.advice


def test_what_fails_is_named_with_its_reason_and_what_to_do_and_the_rest_is_looked_at_all_the_same(
    monkeypatch, tmp_path
):
    def refuse(*_, **__):
        raise PermissionError("not here\nnor there")

    monkeypatch.setattr(socket, "create_server", refuse)
    monkeypatch.setattr(multiprocessing, "Process", refuse)
    monkeypatch.setenv("REDIS_URL", f"unix://{tmp_path}/nobody")
    found = {one.what: one for one in look(tmp_path / "missing")}
    assert len(found) == 7
    assert found["this machine answers itself"].problem == "PermissionError: not here"
    assert found["worker processes start"].problem == "PermissionError: not here"
    assert "FileNotFoundError" in found["this folder can be written to"].problem
    assert "no notebooks" in found["the exercises are in ../release"].problem
    assert "ConnectionError" in found["REDIS_URL answers"].problem
    assert all(one.advice for one in found.values() if one.problem)
    assert check(tmp_path / "missing").endswith("5 of 7 things are missing; see above.")


def test_a_worker_that_dies_is_noticed(monkeypatch):
    real = multiprocessing.Process
    monkeypatch.setattr(multiprocessing, "Process", lambda **_: real(target=os._exit, args=[3]))
    with pytest.raises(ChildProcessError, match="exit code 3"):
        ready.starts_processes()


def test_lines_say_first_whether_something_is_missing():
    assert str(Finding("this")) == "ok       this"
    assert str(Finding("this", "is not", "do that")).splitlines() == ["MISSING  this: is not", "         -> do that"]
