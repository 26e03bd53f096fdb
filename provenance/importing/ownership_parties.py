"""Firms that a file of ownership names, found by number or by name; made only where that is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from provenance.core.errors import BadInput
from provenance.core.vocabulary import OrganizationKind, SeatKind
from provenance.domain.organizations import FirmNames
from provenance.domain.ownership import load_genealogy
from provenance.domain.record_kinds import RecordKind
from provenance.domain.references import uid_of
from provenance.domain.registry.cycles import firm_labels
from provenance.domain.registry.firms import add_firm, number_firm
from provenance.domain.registry.writer import Terms, Writer
from provenance.domain.sameness import clusters
from provenance.queries.names import organization_labels
from provenance.schema.organizations import Organization, OrganizationIdentifier
from provenance.schema.session import Session
from provenance.sources.ownership.records import Number, StatedFirm
from provenance.text.registration_numbers import RegistrationNumber, Validity, keys_of, read_numbers

Key = tuple[str | None, str]
"""A scheme of numbers, and a number by which two are compared."""


class NotHere(Exception):
    """No firm on record is the one that a file names."""


class Unclear(ValueError):
    """Which firm a file names cannot be told; says why."""


class OwnershipParties:
    """Finds the firms of a file; with ``everything`` it makes those that are not on record.

    A number decides before a name. A LEI that is on record nowhere stands for the firm whose name a list of
    LEIs gives for it (`match`), where that name is one firm's alone.
    """

    def __init__(self, session: Session, terms: Terms, source_key: str, *, everything: bool) -> None:
        self._session, self._terms, self._source_key = session, terms, source_key
        self._everything = everything
        self._names = FirmNames(session)
        self._merged = clusters(session, RecordKind.ORGANIZATION)
        self._by_number: dict[Key, set[int]] = defaultdict(set)
        self._called: dict[Number, StatedFirm] = {}
        self._unclear: dict[Number, str] = {}
        self.made: list[str] = []
        self.matched: list[str] = []
        rows = session.execute(
            select(
                OrganizationIdentifier.scheme,
                OrganizationIdentifier.value,
                OrganizationIdentifier.organization_id,
            )
        )
        for scheme, value, number in rows:
            for each in read_numbers(value, scheme).numbers:
                self._learn(each, number)

    def _learn(self, number: RegistrationNumber, firm: int) -> None:
        for key in keys_of(number):
            self._by_number[number.scheme, key].add(self._merged.get(firm, firm))

    def match(self, called: Iterable[StatedFirm], wanted: set[str] | None) -> None:
        """Takes up the names behind LEIs; of those on record by name, the number is stated, unverified.

        ``wanted`` are the LEIs whose names are kept, None for all of them. One firm on record whose name
        several LEIs have is matched with none: they may be its subsidiaries.
        """
        seats = load_genealogy(self._session, today=self._session.today).seats
        found: dict[int, dict[Number, StatedFirm]] = defaultdict(dict)
        for firm in called:
            (label, text), *_ = firm.numbers
            key = (label, text)
            if self._by_number.get(key):
                continue
            if wanted is None or text in wanted:
                self._called.setdefault(key, firm)
            known = self._names.known(firm.name or "")
            if len(known) == 1:
                (number,) = known
                countries = {seats.get(kind, {}).get(number) for kind in SeatKind} - {None}
                if not countries or firm.country is None or firm.country in countries:
                    found[number].setdefault(key, firm)
        labels = firm_labels(self._session, found)
        for number, by_key in sorted(found.items()):
            if len(by_key) > 1:
                leis = ", ".join(sorted(text for _label, text in by_key))
                reason = f"several LEIs have the name of {labels[number]}: {leis}"
                self._unclear.update(dict.fromkeys(by_key, reason))
                continue
            ((key, firm),) = by_key.items()
            self._state_number(number, *self._read(key))
            self.matched.append(f"{labels[number]}: LEI {key[1]}, by the name {firm.name}")

    def _state_number(self, firm: int, *numbers: RegistrationNumber) -> None:
        writer = Writer(self._session, RecordKind.ORGANIZATION, firm, self._terms)
        for number in numbers:
            number_firm(writer, number)
            self._learn(number, firm)

    @staticmethod
    def _read(stated: Number) -> list[RegistrationNumber]:
        label, text = stated
        read = read_numbers(text, label).numbers
        return [each for each in read if each.scheme is not None and each.validity is not Validity.INVALID]

    def find(self, firm: StatedFirm) -> int:
        """The row number of a firm.

        Raises:
            NotHere: none on record is it, and none is to be made.
            Unclear: several may be it, or its number is on record of another firm than its name.
        """
        numbers = [each for stated in firm.numbers for each in self._read(stated)]
        by_number = {
            one for each in numbers for key in keys_of(each) for one in self._by_number[each.scheme, key]
        }
        if len(by_number) > 1:
            raise Unclear(f"{firm.words}: its numbers are of {self._labels(by_number)}")
        if by_number:
            return next(iter(by_number))
        for each in numbers:
            if reason := self._unclear.get((each.scheme or "", each.value)):
                raise Unclear(reason)
        named = (
            firm
            if firm.name
            else next((self._called[key] for key in firm.numbers if key in self._called), firm)
        )
        known = self._names.known(named.name) if named.name else frozenset()
        if len(known) > 1:
            raise Unclear(f"{named.name} is the name of {self._labels(known)}")
        if known and firm.name:
            return next(iter(known))
        if not self._everything or named.name is None:
            raise NotHere(named.words)
        return self._make(named.name, numbers)

    def _make(self, name: str, numbers: list[RegistrationNumber]) -> int:
        try:
            made = add_firm(self._session, name, OrganizationKind.UNKNOWN, self._terms, self._source_key)
        except BadInput as error:
            raise Unclear(error.reason) from None
        assert made.change is not None
        number: int = self._session.execute(
            select(Organization.id).where(Organization.uid == made.change.record_uid)
        ).scalar_one()
        self._state_number(number, *numbers)
        self._names.learn(name, number)
        self.made.append(name)
        return number

    def _labels(self, numbers: Iterable[int]) -> str:
        labels = organization_labels(self._session, numbers)
        return "; ".join(f"{label} ({ref})" for label, ref in labels.values())

    def uid(self, number: int) -> str:
        """The uid of a firm."""
        return uid_of(self._session, RecordKind.ORGANIZATION, number)
