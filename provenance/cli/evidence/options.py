"""Options that several commands about evidence have, and how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from provenance.core.errors import UsageError
from provenance.core.vocabulary import Tlp
from provenance.core.vocabulary.evidence import View

if TYPE_CHECKING:
    from provenance.cli.context import Context
    from provenance.core.vocabulary import Tlp as Mark
    from provenance.services.contracts.photos import PhotoStatements
    from provenance.services.workspace import Workspace

Member = TypeVar("Member", bound=StrEnum)

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        help="Folder of the evidence store. Defaults to PROVENANCE_STORE, then to one beside the database.",
    ),
]
ClockOption = Annotated[
    str | None,
    typer.Option(
        "--clock-offset",
        help="Correction to add to the camera's clock: +01:00:00, -00:07. The camera's own time is kept.",
    ),
]
FaceOption = Annotated[
    list[str] | None, typer.Option("--face", help=f"What it shows: {', '.join(View)}. Repeatable.")
]
RefArgument = Annotated[str, typer.Argument(metavar="REF", help="A recovery, unit or component.")]


def workspace_of(context: Context, store: Path | None) -> Workspace:
    """The workspace with the evidence store that the option or the environment names."""
    from provenance.cli.settings import store_folder

    return context.workspace(store=store_folder(store))


def member(option: str, vocabulary: type[Member], text: str | None) -> Member | None:
    """A word of a vocabulary, in any case, with spaces or hyphens for underscores; None where not given.

    Raises:
        UsageError: it is not one of them.
    """
    if text is None:
        return None
    wanted = text.strip().casefold().replace(" ", "_").replace("-", "_")
    for each in vocabulary:
        if each.value.casefold() == wanted:
            return each
    raise UsageError(f"{option} {text}: choose one of {', '.join(vocabulary)}")


def views(texts: Sequence[str] | None) -> tuple[View, ...]:
    """The views given with ``--face``, in English or Ukrainian.

    Raises:
        UsageError: one is not a view.
    """
    from provenance.services.contracts.photos import view_named

    named = ((text, view_named(text)) for text in texts or ())
    return tuple(view for text, known in named if (view := known or member("--face", View, text)) is not None)


def tlp_mark(text: str | None) -> Mark | None:
    """The mark given with ``--tlp``.

    Raises:
        UsageError: it is not a mark of TLP 2.0.
    """
    return member("--tlp", Tlp, text)


def statements(
    *,
    clock_offset: str | None,
    tlp: str | None,
    taken: str | None = None,
    note: str | None = None,
    today: date | None = None,
) -> PhotoStatements:
    """What the options state about all photos of a command; with ``today``, ``taken`` may be "yesterday".

    Raises:
        UsageError: one of them cannot be read.
    """
    from provenance.fields.values import days
    from provenance.services.contracts.photos import PhotoStatements, parse_clock_offset
    from provenance.text.partial_dates import day_span
    from provenance.text.written_dates import day_from_today

    try:
        offset = parse_clock_offset(clock_offset) if clock_offset is not None else None
    except ValueError as error:
        raise UsageError(f"--clock-offset: {error}") from None
    try:
        day = day_from_today(taken, today) if taken is not None and today is not None else None
        stated = day_span(day) if day is not None else days(taken) if taken is not None else None
    except ValueError as error:
        raise UsageError(f"--taken: {error}") from None
    return PhotoStatements(clock_offset=offset, taken=stated, tlp=tlp_mark(tlp), note=note)
