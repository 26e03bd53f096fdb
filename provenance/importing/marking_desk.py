"""What the identify engine says of a marking as typed, and what of it may be written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, func, select

from provenance.core.vocabulary import RecoveryDateKind, StatementStatus
from provenance.domain.derivation import Known, derive_kind
from provenance.domain.journal import Entry
from provenance.domain.statements import Held
from provenance.identify.answers import Answer, Candidate
from provenance.identify.deciding import believed_made, first_settled
from provenance.identify.identifier import Identifier
from provenance.importing.readings import DATE_READ, METHOD
from provenance.parts.catalogue import SqlCatalogue
from provenance.parts.knowledge import load_date_formats, load_knowledge
from provenance.queries.names import organization_labels
from provenance.schema.recoveries import RecoveryDate
from provenance.schema.reference import CategoryHs
from provenance.schema.session import Session, session_scope
from provenance.text.date_codes import DateBounds
from provenance.text.partial_dates import UNKNOWN

_REMEMBERED = 2_000
_NOT_AFTER = (
    RecoveryDateKind.RECOVERED,
    RecoveryDateKind.CAPTURED,
    RecoveryDateKind.USED,
    RecoveryDateKind.PRODUCED,
)
"""What happened to the whole after its components were made."""


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
        return f"{self.maker}{part} ({self.candidate.confidence})"


@dataclass(frozen=True, slots=True)
class ReadMarking:
    """The engine's answer to one marking, best candidate first."""

    answer: Answer
    offered: tuple[Offered, ...]

    @property
    def best(self) -> Offered | None:
        """The first candidate, where it is not but one of several parts that a top code may mean."""
        first = first_settled(self.answer.candidates)
        return self.offered[0] if first is not None else None


class MarkingDesk:
    """Reads markings, one after the other, outside of any writing transaction; knowledge is loaded once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with session_scope(engine) as session:
            self._knowledge = load_knowledge(session)
            self._formats = load_date_formats(session)
            self._hs6 = {row.category: row.hs6 for row in session.execute(select(CategoryHs))}
        self._labels: dict[int, tuple[str, str]] = {}
        self._read: dict[tuple[str, date | None], ReadMarking] = {}

    def read(self, marking: str, latest: date | None = None) -> ReadMarking:
        """What a marking says; ``latest`` is a day by which the component was made.

        A board carries the same chip many times: what was read is remembered.
        """
        if len(self._read) > _REMEMBERED:
            self._read.clear()
        if (marking, latest) not in self._read:
            self._read[marking, latest] = self._ask(marking, latest)
        return self._read[marking, latest]

    def _ask(self, marking: str, latest: date | None) -> ReadMarking:
        with session_scope(self._engine) as session:
            reader = Identifier(self._knowledge, SqlCatalogue(session), self._formats)
            answer = reader.identify(marking, DateBounds(latest=latest))
            missing = {int(each.maker) for each in answer.candidates} - self._labels.keys()
            self._labels |= organization_labels(session, missing)
        offered = (Offered(each, *self._labels[int(each.maker)]) for each in answer.candidates)
        return ReadMarking(answer, tuple(offered))

    def columns(self, read: ReadMarking, entry: Entry) -> dict[str, Any]:
        """What the marking says of date, category and customs code where the entry says nothing of it.

        Each comes with a basis that tells that the program read it.
        """
        found: dict[str, Any] = {}
        made = believed_made(read.answer.dates)
        if entry["made"] is None and entry["date_code"] is None and made != UNKNOWN:
            found |= {"made_earliest": made.earliest, "made_latest": made.latest, "made_basis": DATE_READ}
        family = read.offered[0].candidate.category if read.offered else ""
        text = " ".join(filter(None, (entry["description"], entry["marking"])))
        known = Known(entry["category"], entry["hs"], family=family, text=text)
        return found | derive_kind(known, self._hs6)


def guess(marking: str, offered: Offered) -> Held:
    """The program's best candidate as what it is: tentative, on nobody's word, with its score."""
    candidate = offered.candidate
    return Held(
        maker=int(candidate.maker),
        maker_as_written=marking,
        mpn=candidate.mpn or None,
        status=StatementStatus.TENTATIVE,
        basis=f"{METHOD}, {candidate.confidence}: {candidate.reason}",
        said_by=None,
        score=candidate.score,
    )


def made_by(session: Session, recovery_id: int) -> date | None:
    """A day by which whatever is in a recovery was made; None where it has no such date."""
    day: date | None = session.execute(
        select(func.min(RecoveryDate.latest)).where(
            RecoveryDate.recovery_id == recovery_id, RecoveryDate.kind.in_(_NOT_AFTER)
        )
    ).scalar()
    return day
