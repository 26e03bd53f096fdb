"""The packed columns of all transfers and their parties: the one place here that knows how they are stored.

A number that is not known is 0 in every column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from provenance.core.vocabulary import EvidenceClass, PartyRole, Side
from provenance.queries.facts.columns import PartyFact, TransferFact
from provenance.queries.facts.layout import PARTIES, TRANSFERS, UNKNOWN, code
from provenance.queries.facts.packing import Column
from provenance.queries.facts.sheets import load
from provenance.schema.session import Session
from provenance.tracing.network import ALWAYS, NEVER, Mask, Numbers

_TRANSFER = tuple(TransferFact)
_PARTY = (PartyFact.TRANSFER, PartyFact.ORGANIZATION, PartyFact.SIDE, PartyFact.ROLE, PartyFact.CONFIDENTIAL)


class TransferColumns:
    """Every transfer that is stored, a number a column a row, in the order of their row numbers."""

    def __init__(self, session: Session) -> None:
        self._columns: dict[str, Column] = load(session, TRANSFERS, _TRANSFER)

    @property
    def numbers(self) -> Numbers:
        """The row number of every transfer."""
        return self._columns[TransferFact.ID].whole()

    def of_classes(self, classes: Iterable[str]) -> Mask:
        """Which transfers are of one of these evidence classes."""
        codes = [code(EvidenceClass, name) for name in classes]
        return np.isin(self._columns[TransferFact.EVIDENCE_CLASS].whole(), codes)

    def take(self, name: TransferFact, places: Numbers) -> Numbers:
        """A column at these places, without days and classes: these have functions of their own."""
        return self._columns[name].take(places).astype(np.int64)

    def evidence(self, places: Numbers) -> Numbers:
        """The evidence classes at these places, 0 the strongest."""
        # Codes count from 1.
        return self.take(TransferFact.EVIDENCE_CLASS, places) - 1

    def days(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """The first and last day of each transfer; `ALWAYS` and `NEVER` where they are not known."""
        earliest, latest = self.take(TransferFact.EARLIEST, places), self.take(TransferFact.LATEST, places)
        return np.where(earliest == UNKNOWN, ALWAYS, earliest), np.where(latest == UNKNOWN, NEVER, latest)


@dataclass(frozen=True)
class FirmParties:
    """Parties that are organizations on record and not named in confidence, one row per party.

    ``sending`` is 1 for a sender and 0 for a recipient, ``made`` 1 for a sender that was the maker.
    """

    transfer: Numbers
    organization: Numbers
    sending: Numbers
    made: Numbers


def firm_parties(session: Session) -> FirmParties:
    """Reads the parties of every transfer that are organizations on record, with a stated side."""
    packed = load(session, PARTIES, _PARTY)
    side = packed[PartyFact.SIDE].whole()
    shown = (packed[PartyFact.CONFIDENTIAL].whole() == 0) & (side != code(Side, Side.UNSTATED))
    rows = np.flatnonzero(shown & (packed[PartyFact.ORGANIZATION].whole() != UNKNOWN))
    transfer, organization, role = (
        packed[name].take(rows).astype(np.int64)
        for name in (PartyFact.TRANSFER, PartyFact.ORGANIZATION, PartyFact.ROLE)
    )
    sending = (side.take(rows) == code(Side, Side.FROM)).astype(np.int64)
    made = (role == code(PartyRole, PartyRole.MAKER)).astype(np.int64)
    return FirmParties(transfer, organization, sending, made * sending)
