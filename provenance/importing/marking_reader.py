"""Identification as the writers use it: readings of markings, and candidates to offer while logging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Engine

from provenance.domain import derivation
from provenance.identify.answers import Answer, Candidate, MarkingQuery, believed_made, first_settled
from provenance.identify.identifier import Identifier
from provenance.identify.store.catalogue import SqlCatalogue
from provenance.identify.store.knowledge import load_date_formats, load_knowledge
from provenance.queries.names import organization_labels
from provenance.schema.session import Session, session_scope
from provenance.text.date_codes import DateBounds
from provenance.text.partial_dates import DateSpan

_REMEMBERED = 2_000
"""Markings whose candidates a desk remembers: a board carries the same chip many times."""


@dataclass(frozen=True, slots=True)
class Read:
    """An answer, as the derivation looks at it."""

    answer: Answer

    @property
    def candidates(self) -> Sequence[Candidate]:
        """Best first."""
        return self.answer.candidates

    @property
    def made(self) -> tuple[DateSpan, ...]:
        """The intervals that a credible date code allows, one of which is meant."""
        return believed_made(self.answer.dates)

    def settled(self, candidates: Sequence[derivation.Candidate]) -> Candidate | None:
        """The first candidate, unless it is one of several parts that a top code may mean."""
        return first_settled(cast("Sequence[Candidate]", candidates))


class MarkingReader:
    """Reads markings with an identifier: what `provenance.domain.derivation.Reader` asks for."""

    def __init__(self, identifier: Identifier) -> None:
        self._identifier = identifier

    def read(self, questions: Iterable[derivation.Question]) -> Iterator[Read]:
        """The readings, in order."""
        return map(Read, self._identifier.identify_all(map(_asked, questions)))

    def made_by_code(self, code: str, maker: int | None, bounds: DateBounds) -> tuple[DateSpan, ...]:
        """The intervals that a date code allows, as its maker writes them."""
        return self._identifier.made_by_code(code, str(maker or ""), bounds)


def _asked(question: derivation.Question) -> MarkingQuery:
    maker = str(question.maker or "")
    return MarkingQuery(question.text, question.bounds, maker, part_known=question.part_known)


@dataclass(frozen=True, slots=True)
class Offered:
    """A candidate with the name and reference of its maker."""

    candidate: Candidate
    maker: str
    maker_ref: str

    @property
    def words(self) -> str:
        """Maker, part and confidence, as a line offers them."""
        part = f" {self.candidate.mpn}" if self.candidate.mpn else ""
        return f"{self.maker}{part} (maker {self.candidate.confidence})"


@dataclass(frozen=True, slots=True)
class ReadMarking:
    """The engine's answer to one marking, best candidate first."""

    answer: Answer
    offered: tuple[Offered, ...]

    @property
    def best(self) -> Offered | None:
        """The first candidate, unless it is one of several parts that a top code may mean."""
        first = first_settled(self.answer.candidates)
        return self.offered[0] if first is not None else None


class MarkingDesk:
    """Reads markings one after the other; what identification knows is loaded once.

    What is asked outside of a writing transaction (`read`) is remembered within it (`reader`), so that people
    who log at the same time do not wait for each other.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with session_scope(engine) as session:
            self._knowledge = load_knowledge(session)
            self._formats = load_date_formats(session)
        self._labels: dict[int, tuple[str, str]] = {}
        self._answers: dict[MarkingQuery, Answer] = {}

    def reader(self, session: Session) -> DeskReader:
        """A reader within a transaction."""
        return DeskReader(self, session)

    def read(self, marking: str, latest: date | None = None) -> ReadMarking:
        """The reading of a marking; ``latest`` is a day by which the component was made."""
        with session_scope(self._engine) as session:
            answer = self.answer(session, MarkingQuery(marking, DateBounds(latest=latest)))
            missing = {int(each.maker) for each in answer.candidates} - self._labels.keys()
            self._labels |= organization_labels(session, missing)
        offered = (Offered(each, *self._labels[int(each.maker)]) for each in answer.candidates)
        return ReadMarking(answer, tuple(offered))

    def answer(self, session: Session, asked: MarkingQuery) -> Answer:
        """The answer, remembered: a board carries the same chip many times."""
        if len(self._answers) > _REMEMBERED:
            self._answers.clear()
        if asked not in self._answers:
            (self._answers[asked],) = self.identifier(session).identify_all([asked])
        return self._answers[asked]

    def identifier(self, session: Session) -> Identifier:
        """What reads within a transaction."""
        return Identifier(self._knowledge, SqlCatalogue(session), self._formats, today=session.today)


class DeskReader:
    """A desk's reader within one transaction."""

    def __init__(self, desk: MarkingDesk, session: Session) -> None:
        self._desk = desk
        self._session = session

    def read(self, questions: Iterable[derivation.Question]) -> Iterator[Read]:
        """The readings, in order."""
        return (Read(self._desk.answer(self._session, _asked(each))) for each in questions)

    def made_by_code(self, code: str, maker: int | None, bounds: DateBounds) -> tuple[DateSpan, ...]:
        """The intervals that a date code allows, as its maker writes them."""
        return self._desk.identifier(self._session).made_by_code(code, str(maker or ""), bounds)
