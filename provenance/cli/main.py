"""The program: its own options, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import Annotated, Any

import typer

from provenance import __version__
from provenance.cli import (
    ask,
    firm,
    same,
    trace,
    weapon,
)
from provenance.cli.context import Context
from provenance.cli.data import database, imports
from provenance.cli.evidence import custody, labels
from provenance.cli.evidence import group as evidence
from provenance.cli.forms.language import translation
from provenance.cli.hints import DATABASE
from provenance.cli.log import corrections
from provenance.cli.log import group as log
from provenance.cli.screen import judge, screen, watchlist
from provenance.cli.speech.language import said, speak
from provenance.core.errors import BadInput, ProvenanceError

INTERRUPTED = 130

BEFORE_THE_COMMAND = ("--db", "--actor", "--language")
"""The program's own options that take a value."""

# Typer brings its own copy of Click or uses the installed one, by version; the class it raises is found
# by way of one that it exports.
_WrongUsage: type[Any] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
)

app = typer.Typer(
    name="provenance",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=(
        "Traces components recovered from missiles and drones back to their part numbers, makers and "
        "distributors.\n\nstdout is data, stderr is messages. Exit codes: 0 done; 1 failed; 2 wrong usage; "
        "3 bad input; 4 not found or ambiguous; 5 no database, or one that needs `provenance init`; "
        "6 screening found something; 7 integrity check failed."
    ),
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"provenance {__version__}")
        raise typer.Exit


@app.callback()
def settle(
    context: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            help="A path or postgresql://… (default: PROVENANCE_DB, then a file in your data folder).",
        ),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(
            "--actor",
            help="Your name in the audit trail (default: PROVENANCE_ACTOR, then your login name).",
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            help="Language of answers, errors and help: en or uk (default: PROVENANCE_LANGUAGE, then LANG).",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Sets where the database is and who acts; the language was chosen before (`speak`).

    Raises:
        UsageError: there is no such language.
    """
    translation(language)
    context.obj = Context(db, actor)


for group in (
    database,
    imports,
    ask,
    log,
    corrections,
    same,
    firm,
    weapon,
    evidence,
    custody,
    labels,
    trace,
    watchlist,
    screen,
    judge,
):
    group.register(app)


def run() -> None:
    """Runs the command line; the process ends with the contract's exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Markings may be in any script; a console that cannot show a letter must not end the program.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = sys.argv[1:] or ["--help"]
    language = speak(words)
    try:
        code = _command_for(words, language)(words, prog_name="provenance", standalone_mode=False)
    except ProvenanceError as error:
        code = complain(error)
    except UnicodeEncodeError as error:
        code = complain(BadInput(f"{error.object!r} is not UTF-8", hint="Is this terminal set to UTF-8?"))
    except _WrongUsage as error:
        _put_plainly(error)
        _show_wrong_usage(error, language)
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        typer.echo(said("Interrupted. Nothing unfinished was saved."), err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe has closed it; a filter is expected to end quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code or 0)


def _show_wrong_usage(error: Any, language: str) -> None:
    """Prints how the command is used and what is wrong, in the language that is spoken."""
    if language == "en" or error.ctx is None:
        error.show()
        return
    typer.echo(error.ctx.get_usage(), err=True)
    typer.echo(said(f"Try '{error.ctx.command_path} --help' for help."), err=True)
    typer.echo(said(f"Error: {said(error.format_message())}"), err=True)


def _put_plainly(error: Any) -> None:
    """Words an error about an option's value plainly where Typer repeats the library that checked it."""
    from provenance.text.validation import faults_in_words

    if (faults := getattr(error.__cause__, "errors", None)) is not None:
        error.message = faults_in_words({**fault, "loc": ()} for fault in faults())


def _command_for(words: Sequence[str], language: str) -> Any:
    """The program as a command, with its help in the language that is spoken."""
    asked = _command_word(words)
    if language == "en":
        return _in_english(asked)
    from provenance.cli.speech.help import with_help_in_words

    return with_help_in_words(typer.main.get_command(_app_for(asked)))


@cache
def _in_english(asked: str | None) -> Any:
    """The program with one command, made once: whoever runs several in one process waits for it once."""
    return typer.main.get_command(_app_for(asked))


def _app_for(asked: str | None) -> typer.Typer:
    """The program with only the command asked for; with all commands if none is, or an unknown one. Typer
    builds a command from each function that it knows, which takes longer than many a command itself.
    """
    commands = [command for command in app.registered_commands if command.name == asked]
    groups = [group for group in app.registered_groups if group.name == asked]
    if asked is None or not (commands or groups):
        return app
    narrowed = copy(app)
    narrowed.registered_commands, narrowed.registered_groups = commands, groups
    return narrowed


def _command_word(words: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the value of one."""
    rest = iter(words)
    for word in rest:
        if word in BEFORE_THE_COMMAND:
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return None


def complain(error: ProvenanceError) -> int:
    """Prints what is wrong and what to do next on stderr; returns the exit code."""
    from provenance.text.folding import printable

    typer.echo(f"provenance: {printable(_message(error))}", err=True)
    for line in (*error.hint.splitlines(), *filter(None, [DATABASE.get(error.code, "")])):
        typer.echo(f"  {printable(said(line))}", err=True)
    return error.exit_code


def _message(error: ProvenanceError) -> str:
    """What is wrong; file and line stay before the reason."""
    if isinstance(error, BadInput) and error.message.endswith(error.reason):
        where = error.message.removesuffix(error.reason)
        return f"{where}{said(error.reason)}"
    return said(error.message)
