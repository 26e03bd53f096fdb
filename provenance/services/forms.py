"""What guided forms need of the database: fields, suggestions, and a check of each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from provenance.core.vocabulary.field import NewName
from provenance.fields.values import StyledReader
from provenance.queries.suggestions import fetch_suggestions
from provenance.schema.session import Session
from provenance.services.drafts import Drafts
from provenance.services.workspace import Workspace
from provenance.text.column_styles import Written
from provenance.text.written_dates import day_from_today

BLANK = frozenset(("", "?"))
"""Answers that mean unknown in every field."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form.

    ``read`` turns a text into a value, None for unknown, and raises ValueError or BadInput. ``choices`` are
    all possible answers; ``completes`` is the kind of name that is suggested.
    """

    name: str
    read: Callable[[str], Any]
    choices: type[StrEnum] | None = None
    completes: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested answer, and how it is shown."""

    text: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """An answer that can be read; ``new_name`` is the kind of a name that no record has, ``near`` are similar
    names of records.
    """

    is_unknown: bool = False
    new_name: NewName | None = None
    near: tuple[str, ...] = ()


class FormSupport:
    """The fields of one form, with suggestions and checks from a workspace's database."""

    fields: Sequence[FormField]

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def drafts(self, form: str) -> Drafts:
        """Where the answers of this form are kept until they are logged."""
        return Drafts(self._workspace, form)

    def field(self, name: str) -> FormField:
        """The field of that name."""
        return next(each for each in self.fields if each.name == name)

    def suggest(self, what: str, typed: str) -> list[Suggestion]:
        """Answers that begin as typed; ``what`` is the kind of name (see `fetch_suggestions`)."""
        with self._workspace.reading() as session:
            found = fetch_suggestions(session, what, typed, self._within(session, what))
        return [Suggestion(each.text, each.shown) for each in found]

    def check(self, name: str, text: str) -> CheckedAnswer:
        """Whether an answer can be used.

        Raises:
            ValueError: it cannot be read.
            BadInput: it can be read but not be used.
            NotFound: it names a record that does not exist.
        """
        text = self.settled(name, text)
        if text in BLANK or self.field(name).read(text) is None:
            return CheckedAnswer(is_unknown=True)
        with self._workspace.reading() as session:
            return self._look_up(session, name, text)

    def settled(self, name: str, text: str) -> str:
        """The answer, with the day in place of a word for it ("yesterday", "вчора") in a field for a date."""
        read = self.field(name).read
        if not isinstance(read, StyledReader) or read.written is not Written.DATE:
            return text
        day = day_from_today(text, self._workspace.today)
        return text if day is None else day.isoformat()

    def _within(self, session: Session, what: str) -> int | None:
        """The recovery to which suggestions of a kind are limited, by row number."""
        return None

    def _look_up(self, session: Session, name: str, text: str) -> CheckedAnswer:
        """The check of a readable answer against the database."""
        return CheckedAnswer()
