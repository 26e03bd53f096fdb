"""What markings are: candidates for maker and part, dates and lots, out of this database's knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import tee

from provenance.domain.ownership import Genealogy, load_genealogy
from provenance.identify.answers import Answer, MarkingQuery
from provenance.identify.store.knowledge import identifier, learned_from
from provenance.queries.names import organization_labels
from provenance.schema.session import Session
from provenance.text.date_codes import DateBounds

LINE_BREAK = "|"
"""What parts the lines of one marking where a marking stands on one line of a file."""


@dataclass(frozen=True, slots=True)
class IdentifiedCandidate:
    """A maker, and where the marking says so its part; ``score`` is the chance that the maker is right.

    ``printed`` is the part number as the marking has it, ``mpn`` as one orders it.
    ``package``, ``temperature`` and ``reel`` are codes inside the suffix, None where nobody can say.
    ``owner`` is the operating group that owns the maker today, None where the maker is its own or the record
    leaves it open.
    """

    maker: str
    maker_ref: str
    owner: str | None
    mpn: str | None
    printed: str | None
    base_part: str | None
    suffix: str | None
    package: str | None
    temperature: str | None
    reel: str | None
    category: str | None
    in_catalogue: bool
    confidence: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class IdentifiedDate:
    """One reading of a date code; ``from_`` and ``to`` are the first and last day it allows."""

    from_: date | None
    to: date | None
    reading: str
    reason: str


@dataclass(frozen=True, slots=True)
class Identified:
    """What one marking says; blank or unknown markings have no candidates.

    ``marking`` is the text as given, ``lines`` its raw lines, ``as_read`` the text that was read: on one
    line, without control characters, at most 2,000 characters of it.
    """

    marking: str
    candidates: tuple[IdentifiedCandidate, ...]
    dates: tuple[IdentifiedDate, ...]
    lot: str | None
    lines: tuple[str, ...]
    as_read: str


@dataclass(frozen=True, slots=True)
class KnowledgeState:
    """How much identification has to go by.

    ``is_learned`` is false where nothing was learned yet, or only by another version of the program.
    """

    learned_pairs: int
    marked_components: int
    is_learned: bool


def fetch_identified(
    session: Session, markings: Iterable[str], *, latest: date | None = None
) -> Iterator[Identified]:
    """The answers to markings, in order, blank ones too; ``latest`` is a day by which the parts were made."""
    genealogy = load_genealogy(session, today=date.today())
    labels: dict[int, tuple[str, str]] = {}
    given, asked = tee(markings)
    bounds = DateBounds(latest=latest)
    answers = identifier(session).identify_all(
        MarkingQuery(marking.replace(LINE_BREAK, "\n"), bounds) for marking in asked
    )
    for marking, answer in zip(given, answers, strict=True):
        if missing := {int(each.maker) for each in answer.candidates} - labels.keys():
            labels |= organization_labels(session, missing)
        yield _identified(marking, answer, labels, genealogy)


def _identified(
    marking: str, answer: Answer, labels: dict[int, tuple[str, str]], genealogy: Genealogy
) -> Identified:
    return Identified(
        marking=marking,
        candidates=_candidates(answer, labels, genealogy),
        dates=tuple(
            IdentifiedDate(each.span.earliest, each.span.latest, each.reading, each.reason)
            for each in answer.dates
        ),
        lot=answer.lot or None,
        lines=answer.lines,
        as_read=answer.as_read,
    )


def _candidates(
    answer: Answer, labels: dict[int, tuple[str, str]], genealogy: Genealogy
) -> tuple[IdentifiedCandidate, ...]:
    found = []
    for each in answer.candidates:
        number = int(each.maker)
        label, ref = labels[number]
        owner = genealogy.owner_now(number).organization_id
        found.append(
            IdentifiedCandidate(
                maker=label,
                maker_ref=ref,
                owner=genealogy.labels[owner] if owner is not None and owner != number else None,
                mpn=each.mpn or None,
                printed=each.printed or None,
                base_part=each.base_part or None,
                suffix=each.suffix or None,
                package=each.suffix_parts.package or None,
                temperature=each.suffix_parts.temperature or None,
                reel=each.suffix_parts.reel or None,
                category=each.category or None,
                in_catalogue=each.in_catalogue,
                confidence=str(each.confidence),
                score=each.score,
                reason=each.reason,
            )
        )
    return tuple(found)


def fetch_knowledge_state(session: Session) -> KnowledgeState:
    """How many markings of known makers were learned from, and how many components carry one."""
    learned, marked = learned_from(session)
    return KnowledgeState(learned or 0, marked, learned is not None)
