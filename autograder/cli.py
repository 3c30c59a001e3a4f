"""The command `autograder`.

To add a command: a function under `@app.command()`, with a sentence of help for itself and for each option; it imports
what it needs inside (so that `autograder --help` is quick), calls one function of a room, prints what that returns,
results to stdout and the rest to stderr, and returns the exit code. A mistake of the user is raised anywhere below as
`UserError`; `main` makes one line on stderr of it, and of what the operating system refuses. The commands that students
have too are in `student_cli`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from autograder import student_cli
from autograder.student_cli import CANNOT, FINE

DIFFERENCES = 1

app = student_cli.make_app("Release, check and grade the exercises of this course.")

Assignments = Annotated[
    list[str] | None,
    typer.Argument(metavar="ASSIGNMENT", help="Folders in source/, such as 02_pools; default: all of them."),
]


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"autograder {version('autograder')}")
        raise typer.Exit()


@app.callback(invoke_without_command=True)
def _autograder(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(CANNOT)


@app.command()
def release(
    assignment: Assignments = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; name each file that is not up to date, and end with 1.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print all files and how they stood as JSON.")] = False,
) -> int:
    """Make release/, what students get, from source/."""
    from autograder.authoring.release import release
    from autograder.course import find_root

    changes = release(find_root(), assignment or (), check=check)
    stale = [change for change in changes if change.state != "same"]
    if json:
        _print_json([vars(change) for change in changes])
    for change in stale if not json else ():
        done = "deleted" if change.state == "left over" else "written"
        typer.echo(f"{change.state if check else done}: {change.file}")
    if check and stale:
        typer.echo("release/ is not what source/ gives: run `autograder release` and commit the result", err=True)
        return DIFFERENCES
    if not stale:
        typer.echo(f"release/ is up to date ({len(changes)} files)", err=True)
    return FINE


@app.command()
def bundle(
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Where to; default: build/course.zip of the course.")
    ] = None,
) -> int:
    """Make the archive to give to students: lessons, exercises, and what they need to run them."""
    from autograder.authoring.bundle import bundle
    from autograder.course import find_root
    from autograder.files import check_result_file

    course = find_root()
    if output:
        check_result_file(str(output))
    output = output or course.build / "course.zip"
    count = bundle(course, output)
    typer.echo(f"{_from_here(output)}: {count} files", err=True)
    return FINE


@app.command()
def normalise(
    path: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Notebooks, or folders of them; default: source/ and notebooks/."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; name each notebook not in normal form, and end with 1.")
    ] = False,
) -> int:
    """Bring notebooks into the form kept in git: no outputs, no counts, readable ids."""
    from autograder.authoring.normalise import normalise_files

    changed = normalise_files(path or (), check=check)
    for notebook in changed:
        typer.echo(f"{'not normal' if check else 'written'}: {_from_here(notebook)}")
    if check and changed:
        typer.echo("run `autograder normalise` on these notebooks and commit the result", err=True)
        return DIFFERENCES
    return FINE


@app.command()
def verify(
    assignment: Assignments = None,
    exercise: Annotated[str | None, typer.Option(metavar="NAME", help="Only this exercise.")] = None,
    notebook: Annotated[str | None, typer.Option(metavar="NAME", help="Only this notebook, without .ipynb.")] = None,
    repeat: Annotated[
        int, typer.Option(min=1, metavar="N", help="Run everything N times; a verdict that differs is a surprise.")
    ] = 1,
    jobs: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Notebooks at the same time; default: three for two cores.")
    ] = None,
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write all verdicts as JSON; - for stdout.")
    ] = None,
) -> int:
    """Run stubs, solutions and answers: what must fail fails as named, what must pass passes."""
    from autograder.authoring.verify import run_verify
    from autograder.course import find_root

    course = find_root()
    options = {"exercise": exercise, "notebook": notebook, "repeat": repeat, "jobs": jobs, "json_to": json}
    return run_verify(course, assignment or (), **options)


@app.command()
def collect(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="A folder in source/, such as 02_pools.")],
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER_OR_ZIP", help="What a learning platform has exported; default: nbgrader's exchange."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace what is in submitted/ already; it is kept in downloaded/replaced/.")
    ] = False,
) -> int:
    """Put submissions into submitted/, and name each file that is left out; 0 if none is."""
    from autograder.course import find_root
    from autograder.grading.collect import run_collect

    return run_collect(find_root(), assignment, source, force=force)


@app.command()
def grade(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="A folder in source/, such as 02_pools.")],
    student: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this student; may be given several times.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Notebooks at the same time; default: three for two cores.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on the workers of the Dask scheduler at this address.")
    ] = None,
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write all results as JSON; - for stdout.")
    ] = None,
    junit: Annotated[
        str | None, typer.Option("--junit", metavar="FILE", help="Write all results as JUnit's XML; - for stdout.")
    ] = None,
    sandbox: Annotated[
        bool,
        typer.Option(
            "--sandbox/--no-sandbox",
            help="Without: submissions run as you, with your files, your network and the hidden tests in reach.",
        ),
    ] = True,
) -> int:
    """Grade what is in submitted/ into the gradebook; 0 if every notebook got its verdicts, whatever the scores."""
    from autograder.course import find_root
    from autograder.grading.command import run_grade

    options = {"jobs": jobs, "dask": dask, "sealed": sandbox, "json_to": json, "junit_to": junit}
    return run_grade(find_root(), assignment, student or (), **options)


@app.command()
def feedback(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="A folder in source/, such as 02_pools.")],
    student: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this student; may be given several times.")
    ] = None,
) -> int:
    """Write a page for each graded notebook into feedback/, without any hidden test."""
    from autograder.course import find_root
    from autograder.reporting.feedback import run_feedback

    return run_feedback(find_root(), assignment, student or ())


@app.command()
def report(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="A folder in source/, such as 02_pools.")],
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="Write the whole report as one page; - for stdout.")
    ] = None,
    csv: Annotated[
        str | None, typer.Option("--csv", metavar="FILE", help="Write the scores as CSV; - for stdout.")
    ] = None,
    junit: Annotated[
        str | None, typer.Option("--junit", metavar="FILE", help="Write each test's outcome as JUnit's XML.")
    ] = None,
    markdown: Annotated[
        str | None, typer.Option("--markdown", metavar="FILE", help="Write the scores as a table in Markdown.")
    ] = None,
) -> int:
    """Tell how a graded class did: scores, pass rates, misconceptions, and who is to be looked at."""
    from autograder.course import find_root
    from autograder.reporting.report import run_report
    from autograder.reporting.summary import write_summary

    course = find_root()
    if markdown or junit:
        write_summary(course, assignment, markdown_to=markdown, junit_to=junit)
    return run_report(course, assignment, html_to=html, csv_to=csv)


@app.command()
def demo() -> int:
    """Grade a small class of sample submissions in build/demo/ and compare each score with what it should be."""
    from autograder.course import find_root
    from autograder.demo import run_demo

    return run_demo(find_root())


app.command()(student_cli.progress)


def _print_json(value: object) -> None:
    import json

    typer.echo(json.dumps(value, indent=1, ensure_ascii=False))


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments (default: those of the process) name, and end the process with its code."""
    sys.exit(student_cli.end(app, arguments))
