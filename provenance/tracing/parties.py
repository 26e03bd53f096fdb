"""The parties of many transfers as arrays, and the edges from senders to recipients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select

from provenance.core.vocabulary import Side
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.session import Session
from provenance.schema.transfers import TransferParty
from provenance.tracing.network import Mask, Numbers, ranges
from provenance.tracing.numbering import renamed
from provenance.tracing.statements import PartyKey, PartyKind, party_key
from provenance.tracing.transfer_columns import firm_parties


@dataclass(frozen=True)
class Parties:
    """One side's parties in the order of their transfers, each with its node; ``made`` marks makers."""

    transfer: Numbers
    node: Numbers
    made: Mask


@dataclass(frozen=True)
class Joined:
    """An edge from every sender to every recipient of a transfer, in the order of the transfers."""

    transfer: Numbers
    tail: Numbers
    head: Numbers
    made: Mask


def read_parties(session: Session, numbers: Numbers) -> tuple[Parties, Parties, tuple[PartyKey, ...]]:
    """The senders and recipients of transfers (row numbers, upwards), and who the nodes are.

    ``transfer`` counts the given transfers from 0. Where only one side has parties on record the other
    gets one of its own that represents the unknown.
    """
    merged = clusters(session, RecordKind.ORGANIZATION)
    keys: list[PartyKey] = []
    firms = firm_parties(session)
    number, firm = firms.transfer, renamed(firms.organization, merged)
    sending, made = firms.sending, firms.made
    present = np.bincount(firm) > 0
    node = (np.cumsum(present) - 1)[firm]
    keys += [(PartyKind.FIRM, str(organization)) for organization in np.flatnonzero(present).tolist()]
    place: dict[PartyKey, int] = {key: at for at, key in enumerate(keys)}
    others = [
        (row.transfer_id, place.setdefault(party_key(row, merged), len(place)), row.side == Side.FROM, False)
        for row in _others(session)
    ]
    more = np.array(others, np.int64).reshape(-1, 4).T
    number, node, sending, made = (
        np.concatenate(pair) for pair in zip((number, node, sending, made), more, strict=True)
    )
    at = np.searchsorted(numbers, number).clip(0, max(len(numbers) - 1, 0))
    kept = numbers[at] == number if len(numbers) else np.zeros(len(number), bool)
    at, node, sending, made = at[kept], node[kept], sending[kept].astype(bool), made[kept].astype(bool)
    given = np.zeros(len(numbers), bool)
    taken = np.zeros(len(numbers), bool)
    given[at[sending]] = taken[at[~sending]] = True
    sender = _side(at[sending], node[sending], made[sending])
    recipient = _side(at[~sending], node[~sending], made[~sending])
    senders = _with_unknown(sender, taken & ~given, numbers, Side.FROM, place)
    recipients = _with_unknown(recipient, given & ~taken, numbers, Side.TO, place)
    return senders, recipients, tuple(place)


def _others(session: Session) -> Any:
    """The parties that are not matched to one firm, or were named in confidence."""
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
    parties: Parties, missing: Mask, numbers: Numbers, side: Side, place: dict[PartyKey, int]
) -> Parties:
    """The parties of a side, with an unknown one for transfers of which only the other side is known."""
    at = np.flatnonzero(missing)
    unknown = [
        place.setdefault((PartyKind.UNKNOWN, f"{number}:{side}"), len(place))
        for number in numbers[at].tolist()
    ]
    return _side(
        np.concatenate([parties.transfer, at]),
        np.concatenate([parties.node, np.array(unknown, np.int64)]),
        np.concatenate([parties.made, np.zeros(len(at), bool)]),
    )


def join_parties(senders: Parties, recipients: Parties) -> Joined:
    """Every sender with every recipient of the same transfer."""
    first = np.searchsorted(recipients.transfer, senders.transfer, "left")
    counts = np.searchsorted(recipients.transfer, senders.transfer, "right") - first
    recipient = ranges(first, counts)
    return Joined(
        np.repeat(senders.transfer, counts),
        np.repeat(senders.node, counts),
        recipients.node[recipient],
        np.repeat(senders.made, counts),
    )
