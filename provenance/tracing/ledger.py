"""All transfers on record as arrays: who sent what to whom, when, on which independent document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import select

from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.facts.columns import TransferFact
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.sources import Citation, Source
from provenance.schema.transfers import Document, Transfer
from provenance.tracing.evidence_classes import CLASSES
from provenance.tracing.network import NEVER, Mask, Numbers
from provenance.tracing.numbering import NOTHING, Numbering, renamed
from provenance.tracing.parties import join_parties, read_parties
from provenance.tracing.statements import AsOf, PartyKey, citations_of, known_since
from provenance.tracing.transfer_columns import TransferColumns
from provenance.tracing.transfer_tlp import too_strict

_CHUNK = 5_000


@dataclass(frozen=True)
class Ledger:
    """Transfers and their edges; edge ``e`` belongs to transfer ``transfer[e]``, counted from 0.

    ``number`` is the transfer's row number, ``evidence`` its class (0 is the strongest), ``document`` the
    independent document it rests on; ``part``, ``lot``, ``component`` and ``hs6`` say what moved.
    ``parties[n]`` is who node ``n`` is; ``made`` marks edges whose sender was the maker; ``to_self`` counts
    the edges left out because a party passed goods to itself.
    """

    number: Numbers
    evidence: Numbers
    document: Numbers
    earliest: Numbers
    latest: Numbers
    part: Numbers
    lot: Numbers
    component: Numbers
    hs6: Numbers
    transfer: Numbers
    tail: Numbers
    head: Numbers
    made: Mask
    parties: tuple[PartyKey, ...]
    lots: dict[str | None, int]
    parts: dict[int, int]
    to_self: int

    @property
    def nodes(self) -> int:
        """How many parties there are."""
        return len(self.parties)


def load_ledger(session: Session, as_of: AsOf, *, classes: Sequence[str] = CLASSES) -> Ledger:
    """Reads every transfer of some evidence classes that was known, valid, and may go into the answer."""
    parts, lots = part_groups(session), Numbering()
    named = _transfers(session, classes, as_of, parts, lots)
    bare = named["document"] == NOTHING
    if bare.any():
        unshown = _origins(session, named["number"][bare].tolist())
        named["document"][bare] = [unshown.get(number, -1) for number in named["number"][bare].tolist()]
    senders, recipients, parties = read_parties(session, named["number"])
    edges = join_parties(senders, recipients)
    to_self = edges.tail == edges.head
    return Ledger(
        **named,
        transfer=edges.transfer[~to_self],
        tail=edges.tail[~to_self],
        head=edges.head[~to_self],
        made=edges.made[~to_self],
        parties=parties,
        lots=lots,
        parts=parts,
        to_self=int(np.count_nonzero(to_self)),
    )


def _transfers(
    session: Session, classes: Sequence[str], as_of: AsOf, parts: dict[int, int], lots: Numbering
) -> dict[str, Numbers]:
    """The columns of a ledger by field; transfers without a document have none yet."""
    columns = TransferColumns(session)
    kept = _kept(session, columns, classes, as_of)
    number = columns.take(TransferFact.ID, kept)
    earliest, latest = columns.days(kept)
    same = clusters(session, RecordKind.COMPONENT)
    return {
        "number": number,
        "evidence": columns.evidence(kept),
        "document": renamed(columns.take(TransferFact.DOCUMENT, kept), _documents(session)),
        "earliest": earliest,
        "latest": latest,
        "part": renamed(columns.take(TransferFact.PART, kept), parts),
        "lot": _lots(session, number, lots),
        "component": renamed(columns.take(TransferFact.COMPONENT, kept), same),
        "hs6": columns.take(TransferFact.HS6, kept),
    }


def _kept(session: Session, columns: TransferColumns, classes: Sequence[str], as_of: AsOf) -> Numbers:
    """The places of the transfers of some classes that were known, valid, and may be shown."""
    numbers, kept = columns.numbers, columns.of_classes(classes)
    hidden = too_strict(session, as_of.max_tlp)
    if as_of.day is None:
        withdrawn = select(Transfer.id).where(Transfer.withdrawn_at.is_not(None))
        hidden |= frozenset(session.execute(withdrawn).scalars())
    else:
        known = _known(session, numbers[kept].tolist(), as_of)
        kept &= np.isin(numbers, list(known))
    if hidden:
        kept &= ~np.isin(numbers, list(hidden))
    return np.flatnonzero(kept)


def _lots(session: Session, numbers: Numbers, lots: Numbering) -> Numbers:
    """The number of each transfer's lot; ``lots`` numbers them as they turn up."""
    rows = session.execute(
        select(Transfer.id, Transfer.lot).where(Transfer.lot.is_not(None)).order_by(Transfer.id)
    )
    found = np.full(len(numbers), NOTHING, np.int64)
    for number, lot in rows:
        place = int(np.searchsorted(numbers, number))
        if place < len(numbers) and numbers[place] == number:
            found[place] = lots[lot]
    return found


def _known(session: Session, numbers: list[int], as_of: AsOf) -> set[int]:
    """The transfers that were known and not withdrawn."""
    kept: set[int] = set()
    for start in range(0, len(numbers), _CHUNK):
        chunk = numbers[start : start + _CHUNK]
        since = known_since(citations_of(session, chunk), as_of.by)
        rows = session.execute(
            select(Transfer.id, Transfer.entered_at, Transfer.withdrawn_at).where(Transfer.id.in_(chunk))
        )
        kept |= {row.id for row in rows if as_of.knows(since(row.id, row.entered_at), row.withdrawn_at)}
    return kept


def _documents(session: Session) -> dict[int, int]:
    """Which independent document each is: those of one kind and number are one, whoever cites them."""
    rows = session.execute(
        select(Document.id, Document.kind, Document.reference, Document.reference_key).order_by(Document.id)
    )
    first: dict[tuple[str | None, str], int] = {}
    return {
        number: first.setdefault((kind, key), number) if reference else number
        for number, kind, reference, key in rows
    }


def _origins(session: Session, numbers: Sequence[int]) -> dict[int, int]:
    """For transfers without a document: one number for all that one origin group states without one."""
    wanted = set(numbers)
    if not wanted:
        return {}
    groups: dict[str, int] = {}
    rows = session.execute(
        select(Citation.transfer_id, Source.origin_group)
        .join_from(Citation, Source, Source.id == Citation.source_id)
        .where(Citation.transfer_id.is_not(None))
        .order_by(Citation.id.desc())
    )
    return {
        row.transfer_id: -2 - groups.setdefault(row.origin_group, len(groups))
        for row in rows
        if row.transfer_id in wanted
    }


def part_groups(session: Session) -> dict[int, int]:
    """Which part records are one part: the same number and maker; without a maker where only one has it."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(select(Part.id, Part.mpn_key, Part.organization_id).order_by(Part.id)).all()
    makers: dict[str, set[int]] = {}

    def owner(row: Any) -> int | None:
        number: int | None = merged.get(row.organization_id, row.organization_id)
        return number

    for row in rows:
        named = makers.setdefault(row.mpn_key, set())
        if (maker := owner(row)) is not None:
            named.add(maker)
    first: dict[tuple[str, int | None], int] = {}
    return {
        row.id: first.setdefault((row.mpn_key, owner(row) if len(makers[row.mpn_key]) > 1 else None), row.id)
        for row in rows
    }


def day_of(number: int) -> date | None:
    """The day of a label; None where it is open or unknown."""
    return date.fromordinal(number) if 0 < number < NEVER - 1 else None


def of_classes(ledger: Ledger, weakest: int) -> Ledger:
    """The ledger without the edges of transfers of a weaker class than ``weakest`` (0 is the strongest)."""
    kept = ledger.evidence[ledger.transfer] <= weakest
    return replace(
        ledger,
        transfer=ledger.transfer[kept],
        tail=ledger.tail[kept],
        head=ledger.head[kept],
        made=ledger.made[kept],
    )
