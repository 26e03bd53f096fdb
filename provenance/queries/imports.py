"""Imports that were made, and one of them by the name of its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from provenance.core.errors import Ambiguous, NotFound
from provenance.core.vocabulary import ImportStatus
from provenance.schema.audit import ImportRun
from provenance.schema.session import Session

LAST = "last"
"""Stands for the import that began last."""

_OFFERED = 5
"""Imports named where none has the name asked for."""


@dataclass(frozen=True, slots=True)
class ImportMade:
    """An import: when it began, and what to call it."""

    began_at: datetime
    name: str


def import_named(session: Session, text: str) -> ImportMade:
    """The last import, or the one of a file name or uid.

    Raises:
        NotFound: there is none; the latest ones are named.
        Ambiguous: a file of that name was imported several times.
    """
    made = select(ImportRun).where(ImportRun.status != ImportStatus.RUNNING)
    rows = list(session.execute(made.order_by(ImportRun.started_at.desc(), ImportRun.id.desc())))
    wanted = (
        rows[:1] if text.casefold() == LAST else [row for row in rows if text in (row.file_name, row.uid)]
    )
    if not wanted:
        near = [_named(row) for row in rows[:_OFFERED]]
        raise NotFound(f"No import is called {text}" if rows else "Nothing was imported yet", near=near)
    if len(wanted) > 1:
        raise Ambiguous(f"{text} was imported {len(wanted)} times", candidates=list(map(_named, wanted)))
    return ImportMade(wanted[0].started_at, _named(wanted[0]))


def _named(row: Any) -> str:
    return f"{row.file_name}, {row.started_at:%Y-%m-%d %H:%M} UTC by {row.actor} ({row.uid})"
