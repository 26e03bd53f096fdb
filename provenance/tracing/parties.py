"""Parties of many transfers as arrays, and the hops between those of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select

from provenance.core.vocabulary import PartyRole, Side
from provenance.domain.sameness import clusters
from provenance.facts.layout import UNKNOWN, code
from provenance.facts.sheets import load
from provenance.schema.session import Session
from provenance.schema.transfers import TransferParty
from provenance.tracing.network import Mask, Numbers, ranges
from provenance.tracing.reading import renamed
from provenance.tracing.statements import HolderKey, holder_key


@dataclass(frozen=True)
class Parties:
    """One side's parties in the order of their transfers, each with its node; ``made`` marks makers."""

    transfer: Numbers
    node: Numbers
    made: Mask


@dataclass(frozen=True)
class Joined:
    """A hop from every giver to every taker of a transfer, in the order of the transfers."""

    transfer: Numbers
    tail: Numbers
    head: Numbers
    made: Mask


def read_parties(session: Session, numbers: Numbers) -> tuple[Parties, Parties, tuple[HolderKey, ...]]:
    """The givers and takers of transfers (row numbers, upwards), and who the nodes are.

    ``transfer`` counts the given transfers from 0. Where only one side has parties on record the other
    has one of its own that stands for the unknown.
    """
    merged = clusters(session, "organization")
    keys: list[HolderKey] = []
    number, firm, giving, made = _firms(session, merged)
    present = np.bincount(firm) > 0
    node = (np.cumsum(present) - 1)[firm]
    keys += [("firm", str(organization)) for organization in np.flatnonzero(present).tolist()]
    place: dict[HolderKey, int] = {key: at for at, key in enumerate(keys)}
    others = [
        (row.transfer_id, place.setdefault(holder_key(row, merged), len(place)), row.side == Side.FROM, False)
        for row in _others(session)
    ]
    more = np.array(others, np.int64).reshape(-1, 4).T
    number, node, giving, made = (
        np.concatenate(pair) for pair in zip((number, node, giving, made), more, strict=True)
    )
    at = np.searchsorted(numbers, number).clip(0, max(len(numbers) - 1, 0))
    kept = numbers[at] == number if len(numbers) else np.zeros(len(number), bool)
    at, node, giving, made = at[kept], node[kept], giving[kept].astype(bool), made[kept].astype(bool)
    given = np.zeros(len(numbers), bool)
    taken = np.zeros(len(numbers), bool)
    given[at[giving]] = taken[at[~giving]] = True
    giver = _side(at[giving], node[giving], made[giving])
    taker = _side(at[~giving], node[~giving], made[~giving])
    givers = _with_unknown(giver, taken & ~given, numbers, Side.FROM, place)
    takers = _with_unknown(taker, given & ~taken, numbers, Side.TO, place)
    return givers, takers, tuple(place)


def _firms(session: Session, merged: dict[int, int]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Transfer, firm, whether it gave and whether as the maker, of parties that are firms on record."""
    packed = load(session, "transfer_party", ("transfer", "organization", "side", "role", "confidential"))
    side = packed["side"].whole()
    told = (packed["confidential"].whole() == 0) & (side != code(Side, Side.UNSTATED))
    rows = np.flatnonzero(told & (packed["organization"].whole() != UNKNOWN))
    transfer, firm, role = (
        packed[name].take(rows).astype(np.int64) for name in ("transfer", "organization", "role")
    )
    giving = (side.take(rows) == code(Side, Side.FROM)).astype(np.int64)
    made = (role == code(PartyRole, PartyRole.MAKER)).astype(np.int64)
    return transfer, renamed(firm, merged), giving, made * giving


def _others(session: Session) -> Any:
    """The parties that are no firm on record, or were named in confidence."""
    return session.execute(
        select(TransferParty)
        .where(
            TransferParty.organization_id.is_(None) | TransferParty.confidential,
            TransferParty.side != Side.UNSTATED,
        )
        .order_by(TransferParty.id)
    )


def _side(at: Numbers, node: Numbers, made: Mask) -> Parties:
    order = np.argsort(at, kind="stable")
    return Parties(at[order], node[order], made[order])


def _with_unknown(
    parties: Parties, missing: Mask, numbers: Numbers, side: Side, place: dict[HolderKey, int]
) -> Parties:
    """The parties of a side with an unknown one for transfers of which only the other side is known."""
    at = np.flatnonzero(missing)
    unknown = [
        place.setdefault(("unknown", f"{number}:{side}"), len(place)) for number in numbers[at].tolist()
    ]
    return _side(
        np.concatenate([parties.transfer, at]),
        np.concatenate([parties.node, np.array(unknown, np.int64)]),
        np.concatenate([parties.made, np.zeros(len(at), bool)]),
    )


def join_parties(givers: Parties, takers: Parties) -> Joined:
    """Every giver with every taker of the same transfer."""
    first = np.searchsorted(takers.transfer, givers.transfer, "left")
    counts = np.searchsorted(takers.transfer, givers.transfer, "right") - first
    taker = ranges(first, counts)
    return Joined(
        np.repeat(givers.transfer, counts),
        np.repeat(givers.node, counts),
        takers.node[taker],
        np.repeat(givers.made, counts),
    )
