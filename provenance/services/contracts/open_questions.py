"""Requests and results about open questions: what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from provenance.core.errors import UsageError
from provenance.queries.disagreements import ClaimLine
from provenance.queries.open_questions import QuestionKind
from provenance.services.contracts.base import Contract, Request, Result


def question_kinds(texts: Iterable[str]) -> tuple[QuestionKind, ...]:
    """The kinds of these names, hyphens or spaces for underscores.

    Raises:
        UsageError: there is no such kind.
    """
    found = []
    for text in texts:
        try:
            found.append(QuestionKind(text.strip().casefold().replace("-", "_").replace(" ", "_")))
        except ValueError:
            raise UsageError(f"{text!r} is not one of {', '.join(QuestionKind)}") from None
    return tuple(found)


class ReviewRequest(Request):
    """Which kinds of questions; none stands for all. At most ``limit`` of each, 0 for all."""

    kinds: tuple[QuestionKind, ...] = ()
    limit: int = Field(default=5, ge=0)


class QuestionRow(Contract):
    """An open question: ``ref`` is a record to begin with, ``records`` how many it concerns.

    ``other_ref`` is the other record of a possible duplicate. ``claims`` are who says what, with grades,
    where sources disagree.
    """

    kind: QuestionKind
    text: str
    ref: str
    other_ref: str | None
    records: int
    claims: tuple[ClaimLine, ...]


class OpenQuestionsResult(Result):
    """Open questions by kind, those of most records first; ``totals`` are how many there are of each kind."""

    schema_id: ClassVar[str] = "provenance.review/1"
    totals: dict[QuestionKind, int]
    rows: tuple[QuestionRow, ...]
