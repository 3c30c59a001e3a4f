"""The commands that students have, and how every command of the course ends.

In the archive that students get, the command `autograder` is `main` here; in the course itself `autograder.cli` adds
these commands to its own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from autograder.errors import UserError, explain_os_error

FINE = 0
CANNOT = 2
INTERRUPTED = 130


def progress(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder of the course; default: the current one.")
    ] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print all exercises as JSON.")] = False,
) -> int:
    """Tell which exercises are untouched, begun, or pass their visible tests, as the saved notebooks have it."""
    from autograder.progress import progress

    table = progress(folder)
    if json:
        from json import dumps

        typer.echo(dumps(table.as_json(), indent=1, ensure_ascii=False))
    else:
        typer.echo(str(table))
    if table.problems:
        raise UserError(*table.problems)
    return FINE


def make_app(about: str, **settings: object) -> typer.Typer:
    """A command `autograder`. Parameters: `about`, its help; `settings`, more of typer's."""
    return typer.Typer(
        name="autograder",
        help=about,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )


def end(app: typer.Typer, arguments: Sequence[str] | None) -> int:
    """Run the command that the arguments name (default: those of the process); the exit code.

    A mistake of the user and what the operating system refuses become one line each on stderr.
    """
    # jsonschema imports this package where there is one, and it takes a second to make its grammar of addresses ready.
    # The schema of notebooks has no address in it.
    sys.modules.setdefault("rfc3987_syntax", None)
    try:
        return app(args=arguments, prog_name="autograder", standalone_mode=False) or FINE
    except UserError as error:
        lines = error.lines
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except typer.TyperException as error:
        # A command line that does not parse: typer would print it with its usage, on several lines.
        what = error.format_message() if hasattr(error, "format_message") else str(error)
        lines = (f"{what.rstrip('.')} (autograder --help tells more)",)
    except OSError as error:
        lines = (explain_os_error(error),)
    for line in lines:
        typer.echo(f"autograder: {line}", err=True)
    return CANNOT


def main(arguments: Sequence[str] | None = None) -> None:
    """What students call as `autograder`."""
    app = make_app("What a student of this course can ask for.", no_args_is_help=True)
    app.callback()(lambda: None)  # without it a single command would have no name
    app.command()(progress)
    sys.exit(end(app, arguments))
