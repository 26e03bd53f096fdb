"""Transfers as statements: what moved, between whom, on what evidence, and since when that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from provenance.core.identity import reference
from provenance.core.tlp import ceiling
from provenance.core.vocabulary import EvidenceClass, PartyRole, Side, Tlp
from provenance.core.vocabulary.tracing import KnownBy, MovedLevel
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.audit import ImportRun
from provenance.schema.organizations import Organization
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Document, Transfer, TransferParty, TransferTransit
from provenance.text.confidence import HIDDEN
from provenance.text.firm_names import name_key
from provenance.tracing.transfer_tlp import mark_of

_CHUNK = 5_000

PartyKey = tuple[str, str]
"""Who a party is in the graph: its `PartyKind`, and what distinguishes it among its kind."""


class PartyKind(StrEnum):
    """Whether a party is an organization on record, a bare name, named in confidence, or unknown."""

    FIRM = "firm"
    NAME = "name"
    CONFIDENTIAL = "confidential"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Party:
    """A party as an answer names it; ``key`` is who it is in the graph, ``name`` None an unknown party."""

    key: PartyKey
    name: str | None
    ref: str | None
    side: str
    role: str | None
    channel: str | None
    country: str | None
    confidential: bool


@dataclass(frozen=True, slots=True)
class Grade:
    """How good one source's statement is, on the Admiralty scale; None is "not assessed"."""

    reliability: str | None
    credibility: int | None

    @property
    def rank(self) -> tuple[int, int]:
        """Lower is better; F and 6 (cannot be judged) come after the rest, not assessed comes last."""
        letter = "ABCDEF".index(self.reliability) if self.reliability else 6
        return letter, self.credibility - 1 if self.credibility else 6


@dataclass(frozen=True, slots=True)
class Statement:
    """A transfer as far as its sources state it."""

    number: int
    ref: str
    level: MovedLevel
    component_id: int | None
    part_id: int | None
    lot: str | None
    goods: str | None
    hs6: str | None
    quantity: float | None
    quantity_unit: str | None
    value: float | None
    currency: str | None
    earliest: date | None
    latest: date | None
    origin: str | None
    transit: tuple[str, ...]
    destination: str | None
    evidence_class: EvidenceClass
    document: str | None
    document_ref: str | None
    origin_groups: tuple[str, ...]
    sources: tuple[str, ...]
    grade: Grade
    tlp: str | None
    note: str | None
    parties: tuple[Party, ...]

    def side(self, side: Side) -> list[Party]:
        """The parties of one side, or one that represents the unknown."""
        found = [party for party in self.parties if party.side == side]
        unknown = Party(
            (PartyKind.UNKNOWN, f"{self.number}:{side}"), None, None, side, None, None, None, False
        )
        return found or [unknown]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The state of knowledge asked about: known by the end of ``day`` (None is now), up to a TLP mark.

    ``read_parts`` counts the part numbers that the program only read from markings, where none is stated.
    """

    day: date | None = None
    by: KnownBy = KnownBy.PUBLISHED
    max_tlp: Tlp | None = None
    read_parts: bool = False

    def filters(self) -> dict[str, str]:
        """What a basis has to state of it; nothing where everything known now is asked about."""
        known = {"known_on": str(self.day), "known_by": str(self.by)} if self.day else {}
        known |= {"at_most_tlp": str(self.max_tlp)} if self.max_tlp else {}
        return known | ({"read_parts": "counted"} if self.read_parts else {})

    def knows(self, since: date | None, withdrawn: datetime | None) -> bool:
        """Whether a statement known since a day, and withdrawn at a moment, was known and valid then."""
        if self.day is None:
            return withdrawn is None
        if since is None or since > self.day:
            return False
        return withdrawn is None or withdrawn.astimezone(UTC).date() > self.day


def level_of(row: Any) -> MovedLevel:
    """How closely a transfer's row names what moved."""
    named = (
        (row.component_id, MovedLevel.COMPONENT),
        (row.lot, MovedLevel.LOT),
        (row.part_id, MovedLevel.PART),
        (row.part_family, MovedLevel.PART_FAMILY),
        (row.hs6, MovedLevel.HS_ONLY),
    )
    return next((level for value, level in named if value is not None), MovedLevel.GOODS)


def statements(
    session: Session, numbers: Iterable[int], as_of: AsOf, *, show_confidential: bool = False
) -> list[Statement]:
    """The transfers of those numbers that were known and not withdrawn, in order."""
    wanted = sorted(set(numbers))
    found: list[Statement] = []
    for start in range(0, len(wanted), _CHUNK):
        found += _some(session, wanted[start : start + _CHUNK], as_of, show_confidential)
    return found


def _some(session: Session, numbers: list[int], as_of: AsOf, show_confidential: bool) -> list[Statement]:
    cited = citations_of(session, numbers)
    known = known_since(cited, as_of.by)
    parties = _parties(session, numbers, show_confidential)
    transits = _transits(session, numbers)
    allowed = ceiling(as_of.max_tlp)
    rows = session.execute(select(Transfer).where(Transfer.id.in_(numbers)).order_by(Transfer.id)).all()
    kept = [
        row
        for row in rows
        if as_of.knows(known(row.id, row.entered_at), row.withdrawn_at)
        and allowed(_mark(row.tlp, cited[row.id]))
    ]
    documents = _documents(session, {row.document_id for row in kept if row.document_id})
    return [
        _statement(row, parties[row.id], transits[row.id], cited[row.id], documents.get(row.document_id))
        for row in kept
    ]


def _statement(
    row: Any,
    parties: list[Party],
    transit: list[str],
    cited: list[Any],
    document: tuple[str, str, str] | None,
) -> Statement:
    groups = {document[2]} if document else {item.origin_group for item in cited}
    grades = [Grade(item.reliability, item.credibility) for item in cited]
    return Statement(
        number=row.id,
        ref=reference("transfer", row.uid),
        level=level_of(row),
        component_id=row.component_id,
        part_id=row.part_id,
        lot=row.lot,
        goods=row.goods_as_written,
        hs6=row.hs6,
        quantity=row.quantity,
        quantity_unit=row.quantity_unit,
        value=row.value,
        currency=row.currency,
        earliest=row.earliest,
        latest=row.latest,
        origin=row.origin_country,
        transit=tuple(transit),
        destination=row.destination_country,
        evidence_class=EvidenceClass(row.evidence_class),
        document=document[0] if document else None,
        document_ref=document[1] if document else None,
        origin_groups=tuple(sorted(groups)),
        sources=tuple(dict.fromkeys(item.publisher for item in cited)),
        grade=min(grades, key=lambda grade: grade.rank, default=Grade(None, None)),
        tlp=_mark(row.tlp, cited),
        note=row.note,
        parties=tuple(parties),
    )


def _mark(own: str | None, cited: list[Any]) -> str | None:
    return mark_of(own, [mark for item in cited for mark in (item.tlp, item.record_tlp)])


def citations_of(session: Session, numbers: Sequence[int]) -> dict[int, list[Any]]:
    """Every record of a source that supports some transfers, with its days, grades and marks."""
    rows = session.execute(
        select(
            Citation.transfer_id,
            Citation.published_latest,
            Source.published_latest.label("source_published"),
            Citation.retrieved,
            ImportRun.started_at,
            Citation.credibility,
            Source.reliability,
            Source.publisher,
            Source.origin_group,
            Source.tlp,
            Citation.tlp.label("record_tlp"),
        )
        .join(Source, Source.id == Citation.source_id)
        .outerjoin(ImportRun, ImportRun.id == Citation.import_run_id)
        .where(Citation.transfer_id.in_(numbers))
        .order_by(Citation.id)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.transfer_id].append(row)
    return found


def known_since(cited: dict[int, list[Any]], by: KnownBy) -> Any:
    """A function that says since when a transfer is known.

    By publication (without one by retrieval, then by entry), or by entry alone.
    """

    def entered(number: int, entered_at: datetime | None) -> date | None:
        moments = [entered_at, *(item.started_at for item in cited[number])]
        days = [moment.astimezone(UTC).date() for moment in moments if moment is not None]
        return min(days, default=None)

    def since(number: int, entered_at: datetime | None) -> date | None:
        in_here = entered(number, entered_at)
        if by == KnownBy.ENTERED:
            return in_here
        days = [item.published_latest or item.source_published or item.retrieved for item in cited[number]]
        return min((day for day in days if day is not None), default=in_here)

    return since


def _transits(session: Session, numbers: Sequence[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(TransferTransit.transfer_id, TransferTransit.country)
        .where(TransferTransit.transfer_id.in_(numbers))
        .order_by(TransferTransit.transfer_id, TransferTransit.position)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.transfer_id].append(row.country)
    return found


def _documents(session: Session, numbers: set[int]) -> dict[int, tuple[str, str, str]]:
    rows = session.execute(select(Document).where(Document.id.in_(sorted(numbers))))
    return {row.id: (row.title, reference("document", row.uid), row.origin_group) for row in rows}


def _parties(session: Session, numbers: Sequence[int], show: bool) -> dict[int, list[Party]]:
    merged = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(
        select(TransferParty, Organization.label, Organization.uid)
        .outerjoin(Organization, Organization.id == TransferParty.organization_id)
        .where(TransferParty.transfer_id.in_(numbers))
        .order_by(TransferParty.id)
    ).all()
    found: dict[int, list[Party]] = defaultdict(list)
    for row in rows:
        found[row.transfer_id].append(_party(row, merged, show))
    return found


def party_key(row: Any, merged: dict[int, int], *, show: bool = False) -> PartyKey:
    """Who a row of `TransferParty` is in the graph.

    A name that two firms share connects nothing: it is a node of its own in its transfer. A name given in
    confidence is connected only to others given so, or its paths would reveal it.
    """
    who = str(merged.get(row.organization_id, row.organization_id)) if row.organization_id else None
    if row.confidential and not show:
        return PartyKind.CONFIDENTIAL, who or name_key(row.as_written)
    if who:
        return PartyKind.FIRM, who
    if row.confidential:
        return PartyKind.NAME, name_key(row.as_written)
    return PartyKind.NAME, f"{row.transfer_id}:{name_key(row.as_written)}"


def _party(row: Any, merged: dict[int, int], show: bool) -> Party:
    hidden = row.confidential and not show
    ref = reference("organization", row.uid) if row.uid and not hidden else None
    marked = " (in confidence)" if row.confidential and show else ""
    return Party(
        key=party_key(row, merged, show=show),
        name=HIDDEN if hidden else (row.label or row.as_written) + marked,
        ref=ref,
        side=row.side,
        role=row.role if row.role != PartyRole.UNKNOWN else None,
        channel=row.channel,
        country=None if hidden else row.country,
        confidential=row.confidential,
    )
