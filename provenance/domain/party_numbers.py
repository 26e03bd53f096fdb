"""The registration numbers that a list states of the parties to a transfer, kept with the firm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select

from provenance.domain.record_kinds import RecordKind
from provenance.domain.review import Doubt, ReviewReason
from provenance.domain.sameness import clusters
from provenance.schema.organizations import Organization, OrganizationIdentifier
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold_new
from provenance.text.registration_numbers import (
    RegistrationNumber,
    Validity,
    difference,
    keys_of,
    read_numbers,
)
from provenance.text.registration_numbers.schemes import decides


class PartyNumbers:
    """Adds numbers to firms; ``made`` counts those added, ``review`` takes up what does not fit.

    A party is found by its name alone, and two firms may have one name: a number that contradicts what is on
    record of the firm is not added. Numbers of which nothing says what kind they are stay in the raw text.
    """

    def __init__(self, session: Session, source_id: int, review: Counter[Doubt]) -> None:
        self._session = session
        self._source_id = source_id
        self._review = review
        self._known: dict[int, list[RegistrationNumber]] = {}
        self.made = 0

    def firm_with(self, numbers: Iterable[RegistrationNumber]) -> int | None:
        """The one firm on record with one of these numbers; None where there is none, or more than one.

        Only valid numbers of a kind that belongs to one firm alone count.
        """
        merged = clusters(self._session, RecordKind.ORGANIZATION)
        row = OrganizationIdentifier
        found: set[int] = set()
        for number in numbers:
            if number.scheme is not None and number.validity == Validity.VALID and decides(number.scheme):
                same = row.scheme == number.scheme, row.value.in_({number.as_written, number.value})
                rows = self._session.execute(select(row.organization_id).where(*same)).scalars()
                found |= {merged.get(firm, firm) for firm in rows}
        return found.pop() if len(found) == 1 else None

    def note_joined(self, organization_id: int, name: str, numbers: Iterable[RegistrationNumber]) -> None:
        """Lists for review that a name was taken for a firm's because of its number."""
        label = self._session.execute(
            select(Organization.label).where(Organization.id == organization_id)
        ).scalar_one()
        stated = ", ".join(number.label for number in numbers if number.scheme is not None)
        self._note(ReviewReason.JOINED_BY_NUMBER, f"{name}: {stated}, which is {label}'s")

    def add(self, organization_id: int, name: str, numbers: Iterable[RegistrationNumber]) -> bool:
        """Adds the numbers that a list states of a firm under this name; whether they can be the firm's."""
        stated = [number for number in numbers if number.scheme is not None]
        if not stated:
            return True
        known = self._known_of(organization_id)
        if (other := difference(stated, known)) is not None:
            theirs = ", ".join(one.label for one in other.listed)
            self._note(ReviewReason.OTHER_NUMBER, f"{name}: {other.given.label}, on record {theirs}")
            return False
        for number in stated:
            if not any(keys_of(number) & keys_of(one) and number.scheme == one.scheme for one in known):
                self._insert(organization_id, name, number)
                known.append(number)
        return True

    def _insert(self, organization_id: int, name: str, number: RegistrationNumber) -> None:
        assert number.scheme is not None
        values = organization_id, number.scheme, number.as_written
        hold_new(self._session, "organization_identifier", " ".join(map(str, values)))
        if self._is_there(*values):
            return
        others = self._session.execute(
            select(Organization.label)
            .join(OrganizationIdentifier, OrganizationIdentifier.organization_id == Organization.id)
            .where(
                OrganizationIdentifier.scheme == number.scheme,
                OrganizationIdentifier.value == number.as_written,
                Organization.id != organization_id,
            )
            .order_by(Organization.id)
        ).scalars()
        for other in others:
            self._note(ReviewReason.SHARED_NUMBER, f"{name} and {other}: {number.label}")
        row = OrganizationIdentifier(
            organization_id=organization_id,
            scheme=number.scheme,
            value=number.as_written,
            source_id=self._source_id,
        )
        insert_row(self._session, row)
        self.made += 1

    def _is_there(self, organization_id: int, scheme: str, value: str) -> bool:
        """Whether another writer has added the number since the firm's were looked up."""
        row = OrganizationIdentifier
        same = row.organization_id == organization_id, row.scheme == scheme, row.value == value
        return self._session.execute(select(row.id).where(*same)).first() is not None

    def _known_of(self, organization_id: int) -> list[RegistrationNumber]:
        if organization_id not in self._known:
            rows = self._session.execute(
                select(OrganizationIdentifier.scheme, OrganizationIdentifier.value)
                .where(OrganizationIdentifier.organization_id == organization_id)
                .order_by(OrganizationIdentifier.id)
            )
            self._known[organization_id] = [
                number for scheme, value in rows for number in read_numbers(value, scheme).numbers
            ]
        return self._known[organization_id]

    def _note(self, reason: ReviewReason, text: str) -> None:
        self._review[reason, text] += 1
