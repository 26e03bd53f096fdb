"""Options and words that the commands about evidence share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from provenance.core.errors import BadInput, UsageError
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.evidence import View

if TYPE_CHECKING:
    from provenance.cli.context import Context
    from provenance.core.basis import Basis
    from provenance.evidence.intake import IntakeTerms
    from provenance.evidence.store import Store
    from provenance.evidence.subjects import Subject
    from provenance.schema.session import Session

Member = TypeVar("Member", bound=StrEnum)

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        help="Folder of the evidence store; else PROVENANCE_STORE, else beside the database's file.",
    ),
]
RecoveryOption = Annotated[
    str | None,
    typer.Option("--recovery", help="The recovery that it shows: a reference such as R-7K3M9-Q2X4H."),
]
ClockOption = Annotated[
    str | None,
    typer.Option(
        "--clock-offset",
        help="What to add to the camera's clock: +01:00:00, -00:07. The camera's own is kept.",
    ),
]
FaceOption = Annotated[
    list[str] | None, typer.Option("--face", help=f"What it shows: {', '.join(View)}. Repeatable.")
]


def store_of(context: Context, given: Path | None) -> Store:
    """The evidence store of the database in force.

    Raises:
        UsageError: the database is on a server, and nobody says where evidence is kept.
    """
    from provenance.cli.settings import store_folder
    from provenance.evidence.store import Store
    from provenance.schema.engines import sqlite_path

    folder = store_folder(given, sqlite_path(context.settings.database))
    if folder is None:
        raise UsageError(
            "Where is evidence kept? A database on a server has no folder of its own.",
            hint="Say it with --store FOLDER or in PROVENANCE_STORE; it is one folder for all who use it.",
        )
    return Store(folder)


def member(option: str, vocabulary: type[Member], text: str | None) -> Member | None:
    """A word of a closed vocabulary, small or capital, with blanks or hyphens for low lines; None for none.

    Raises:
        UsageError: it is not one of them.
    """
    if text is None:
        return None
    wanted = text.strip().casefold().replace(" ", "_").replace("-", "_")
    for each in vocabulary:
        if each.value.casefold() == wanted:
            return each
    raise UsageError(f"{option} {text}: it is one of {', '.join(vocabulary)}")


def views(texts: Sequence[str] | None) -> list[View]:
    """The views asked for with ``--face``."""
    return [view for text in texts or () if (view := member("--face", View, text)) is not None]


def terms_of(
    context: Context,
    *,
    clock_offset: str | None,
    tlp: str | None,
    taken: str | None = None,
    note: str | None = None,
) -> IntakeTerms:
    """What is said about all pictures of a command.

    Raises:
        UsageError: one of the words cannot be read.
    """
    from provenance.evidence.clock import parse_clock_offset
    from provenance.evidence.intake import IntakeTerms
    from provenance.fields.values import days

    try:
        offset = parse_clock_offset(clock_offset) if clock_offset is not None else None
    except ValueError as error:
        raise UsageError(f"--clock-offset: {error}") from None
    try:
        stated = days(taken) if taken is not None else None
    except ValueError as error:
        raise UsageError(f"--taken: {error}") from None
    return IntakeTerms(
        context.settings.actor,
        clock_offset=offset,
        stated=stated,
        tlp=member("--tlp", Tlp, tlp),
        note=note,
    )


def check_there(files: Sequence[Path]) -> None:
    """Looks at all files before the first is taken in, so that a slip in a name leaves nothing half-done.

    Raises:
        BadInput: one is not there, is empty or is a folder.
    """
    for file in files:
        if file.is_dir():
            raise BadInput("is a folder", file=str(file), hint="A whole folder: provenance log photos FOLDER")
        if not file.is_file():
            raise BadInput("there is no such file", file=str(file))
        if file.stat().st_size == 0:
            raise BadInput("the file is empty; there is nothing to keep", file=str(file))


def named_subjects(session: Session, **given: str | None) -> list[Subject]:
    """The records named by options of those names, each of the kind that its option says."""
    from provenance.evidence.subjects import subject_named

    return [subject_named(session, text, kind=kind) for kind, text in given.items() if text is not None]


def evidence_basis(session: Session, question: str, unit: str) -> Basis:
    """A basis to be filled, on the data as they are now."""
    from provenance.core.basis import Basis
    from provenance.queries.fingerprint import data_fingerprint

    return Basis(question=question, unit=unit, data=data_fingerprint(session))


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, silence in a pipe; for work of a known length."""
    if not sys.stderr.isatty():
        yield lambda done, whole: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, whole: progress.update(task, completed=done, total=whole)
