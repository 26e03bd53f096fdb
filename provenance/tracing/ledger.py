"""All transfers on record as arrays: who passed to whom, what, when, on which independent document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlmodel import Session

from provenance.clusters import clusters
from provenance.models.tables import table
from provenance.tracing.classes import CLASSES
from provenance.tracing.marks import too_strict
from provenance.tracing.network import EVER, NEVER, Numbers
from provenance.tracing.statements import AsOf, HolderKey, _citations, holder_key, known_since
from provenance.vocab import PartyRole, Side

_TOGETHER = 100_000
_COLUMNS = ("number", "evidence", "document", "earliest", "latest", "part", "lot", "component", "hs6")

NOTHING = 0
"""Stands for an unknown part, lot, component or customs code; no number of one is zero."""


@dataclass(frozen=True)
class Ledger:
    """Transfers and their hops; hop ``h`` belongs to transfer ``transfer[h]``, counted from 0.

    ``number`` is the transfer's row number, ``evidence`` its class (0 is the strongest), ``document`` the
    independent document it rests on; ``part``, ``lot``, ``component`` and ``hs6`` say what moved.
    ``holders[n]`` is who node ``n`` is; ``made`` marks hops whose giver was the maker.
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
    made: np.ndarray[Any, np.dtype[np.bool_]]
    holders: tuple[HolderKey, ...]
    lots: dict[str, int]
    parts: dict[int, int]
    to_self: int

    @property
    def nodes(self) -> int:
        """How many holders there are."""
        return len(self.holders)


def load_ledger(session: Session, as_of: AsOf, *, classes: Sequence[str] = CLASSES) -> Ledger:
    """Reads every transfer of some evidence classes that was known and stood."""
    parts = part_groups(session)
    components = clusters(session, "component")
    lots: dict[str, int] = {}
    documents = _documents(session)
    rows = [
        row
        for row in _transfers(session)
        if row.evidence_class in classes and (as_of.day or row.withdrawn_at is None)
    ]
    if hidden := too_strict(session, as_of.max_tlp):
        rows = [row for row in rows if row.id not in hidden]
    if as_of.day is not None:
        rows = _known(session, rows, as_of)
    unshown = _origins(session, [row.id for row in rows if row.document_id is None])
    columns = [
        (
            row.id,
            CLASSES.index(row.evidence_class),
            documents[row.document_id] if row.document_id else unshown.get(row.id, -1),
            row.earliest.toordinal() if row.earliest else EVER,
            row.latest.toordinal() if row.latest else NEVER,
            parts.get(row.part_id, NOTHING),
            lots.setdefault(row.lot, len(lots) + 1) if row.lot else NOTHING,
            components.get(row.component_id, row.component_id) or NOTHING,
            int(row.hs6) if row.hs6 else NOTHING,
        )
        for row in rows
    ]
    whole = np.array(columns, np.int64).reshape(-1, 9).T
    (transfer, tail, head, made), holders, to_self = _hops(session, whole[0])
    named = dict(zip(_COLUMNS, whole, strict=True))
    return Ledger(
        **named,
        transfer=transfer,
        tail=tail,
        head=head,
        made=made.astype(bool),
        holders=holders,
        lots=lots,
        parts=parts,
        to_self=to_self,
    )


def _transfers(session: Session) -> Iterable[Any]:
    transfer = table("transfer").c
    wanted = (
        transfer.id, transfer.evidence_class, transfer.document_id, transfer.earliest, transfer.latest,
        transfer.part_id, transfer.lot, transfer.component_id, transfer.hs6, transfer.withdrawn_at,
        transfer.entered_at,
    )  # fmt: skip
    return session.execute(select(*wanted).order_by(transfer.id), execution_options={"yield_per": _TOGETHER})


def _known(session: Session, rows: list[Any], as_of: AsOf) -> list[Any]:
    kept: list[Any] = []
    for start in range(0, len(rows), 5_000):
        some = rows[start : start + 5_000]
        since = known_since(_citations(session, [row.id for row in some]), as_of.by)
        kept += [row for row in some if as_of.knows(since(row.id, row.entered_at), row.withdrawn_at)]
    return kept


def _hops(session: Session, numbers: Numbers) -> tuple[Numbers, tuple[HolderKey, ...], int]:
    """Transfer, tail, head and whether the giver was the maker, of each hop; and who the nodes are."""
    party = table("transfer_party")
    merged = clusters(session, "organization")
    place = {number: position for position, number in enumerate(numbers.tolist())}
    nodes: dict[HolderKey, int] = {}
    sides: dict[int, tuple[list[tuple[int, bool]], list[int]]] = {}
    rows = session.execute(
        select(party).where(party.c.side != Side.UNSTATED).order_by(party.c.id),
        execution_options={"yield_per": _TOGETHER},
    )
    for row in rows:
        position = place.get(row.transfer_id)
        if position is None:
            continue
        givers, takers = sides.setdefault(position, ([], []))
        node = nodes.setdefault(holder_key(row, merged), len(nodes))
        if row.side == Side.FROM:
            givers.append((node, row.role == PartyRole.MAKER))
        else:
            takers.append(node)
    found: list[tuple[int, int, int, bool]] = []
    to_self = 0
    for position, (givers, takers) in sorted(sides.items()):
        number = int(numbers[position])
        for giver, made in givers or [(_unknown(nodes, number, Side.FROM), False)]:
            for taker in takers or [_unknown(nodes, number, Side.TO)]:
                if giver == taker:
                    to_self += 1
                else:
                    found.append((position, giver, taker, made))
    return np.array(found, np.int64).reshape(-1, 4).T, tuple(nodes), to_self


def _unknown(nodes: dict[HolderKey, int], number: int, side: Side) -> int:
    return nodes.setdefault(("unknown", f"{number}:{side}"), len(nodes))


def _documents(session: Session) -> dict[int, int]:
    """Which independent document each is: those of one number are one, whoever cites them."""
    document = table("document").c
    rows = session.execute(
        select(document.id, document.kind, document.reference, document.reference_key).order_by(document.id)
    )
    first: dict[tuple[str | None, str], int] = {}
    return {
        row.id: first.setdefault((row.kind, row.reference_key), row.id) if row.reference else row.id
        for row in rows
    }


def _origins(session: Session, numbers: Sequence[int]) -> dict[int, int]:
    """For transfers without a document: one number for all that one origin group says without showing one."""
    citation, source = table("citation").c, table("source").c
    wanted = set(numbers)
    if not wanted:
        return {}
    groups: dict[str, int] = {}
    rows = session.execute(
        select(citation.transfer_id, source.origin_group)
        .join_from(table("citation"), table("source"), source.id == citation.source_id)
        .where(citation.transfer_id.is_not(None))
        .order_by(citation.id.desc())
    )
    return {
        row.transfer_id: -2 - groups.setdefault(row.origin_group, len(groups))
        for row in rows
        if row.transfer_id in wanted
    }


def part_groups(session: Session) -> dict[int, int]:
    """Which part records are one part: the same number and maker; without a maker where only one has it."""
    part = table("part").c
    merged = clusters(session, "organization")
    rows = session.execute(select(part.id, part.mpn_key, part.organization_id).order_by(part.id)).all()
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
    """The day of a label; None where it is open or not known."""
    return date.fromordinal(number) if 0 < number < NEVER - 1 else None


def of_classes(ledger: Ledger, weakest: int) -> Ledger:
    """The ledger without the hops of transfers of a weaker class than ``weakest`` (0 is the strongest)."""
    kept = ledger.evidence[ledger.transfer] <= weakest
    columns = {name: getattr(ledger, name)[kept] for name in ("transfer", "tail", "head", "made")}
    return replace(ledger, **columns)
