"""Who owned what when, and where they sit: from a brand up to its topmost operating owner.

Only completed ownership of a whole firm with a controlling share attributes a brand to its owner; product
lines, announced and lapsed deals, minorities, what is only legal control, and funds that make nothing do not.
So every basis follows the operating group, whoever holds the votes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from provenance.core.errors import IntegrityFailure
from provenance.core.vocabulary import (
    Control,
    OrganizationKind,
    OwnershipScope,
    OwnershipStatus,
    SeatKind,
    Verification,
)
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.organizations import Organization, OrganizationSeat, Ownership
from provenance.schema.session import Session, may_dangle

CONTROLLING_PERCENT = 50.0
"""A share must be above this to control; a share that a source does not state is taken to."""

_NOT_OPERATING = (OrganizationKind.FUND, OrganizationKind.HOLDING)


@dataclass(frozen=True, slots=True)
class Step:
    """One owner of a firm, from a day within ``since`` until a day within ``until`` (exclusive)."""

    owner_id: int
    since: tuple[date | None, date | None]
    until: tuple[date | None, date | None]
    verified: bool

    def certainly(self, day: date, today: date) -> bool:
        """Whether the ownership stood on that day whatever the unknown dates are."""
        begun = (self.since[1] is not None and self.since[1] <= day) or day >= today
        return begun and (self.until == (None, None) or (self.until[0] is not None and day < self.until[0]))

    def possibly(self, day: date) -> bool:
        """Whether the ownership may have stood on that day."""
        begun = self.since[0] is None or self.since[0] <= day
        return begun and (self.until == (None, None) or self.until[1] is None or day < self.until[1])


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A line of products, not the whole firm, that one firm sold to another within ``since``."""

    seller_id: int
    buyer_id: int
    name: str
    since: tuple[date | None, date | None]

    def certainly_sold(self, day: date) -> bool:
        """Whether the sale was completed by that day, whatever the unknown dates are."""
        return self.since[1] is not None and self.since[1] <= day


@dataclass(frozen=True, slots=True)
class Owner:
    """The topmost operating owner of a brand on a day; None where it is unknown.

    ``unverified`` says whether any link up to it is not fully verified.
    """

    organization_id: int | None
    unverified: bool


@dataclass(frozen=True)
class Genealogy:
    """All ownership and seats on record, in memory: some thousands of rows at most.

    ``seats`` are countries by kind of seat and organization. ``merged`` is the organization that stands for
    each one that counts as one with others: steps and seats of all of them are its own. ``lines`` are the
    product lines that changed hands: they make nobody the owner of a brand, but leave open who made what.
    """

    labels: dict[int, str]
    kinds: dict[int, str]
    steps: dict[int, tuple[Step, ...]]
    seats: dict[str, dict[int, str]]
    today: date
    merged: Mapping[int, int] = field(default_factory=dict)
    lines: tuple[ProductLine, ...] = ()

    def counted_as(self, organization_id: int) -> int:
        """The organization that stands for this one, mostly itself."""
        return self.merged.get(organization_id, organization_id)

    def ownership_chain(self, organization_id: int, day: date) -> tuple[list[Step], bool]:
        """The steps from a brand up as things stood on a day, and whether the record leaves them open.

        A circle in the data ends the chain.
        """
        chain: list[Step] = []
        current = self.counted_as(organization_id)
        seen = {current}
        while True:
            possible = [step for step in self.steps.get(current, ()) if step.possibly(day)]
            if not possible:
                return chain, False
            # The latest owner counts; where it is unknown whether that ownership had begun, so is the owner.
            last = possible[-1]
            if not last.certainly(day, self.today):
                return chain, True
            if last.owner_id in seen:
                return chain, False
            chain.append(last)
            current = last.owner_id
            seen.add(current)

    def owner_on(self, organization_id: int, day: date) -> Owner:
        """The topmost operating owner of a brand as things stood on a day."""
        chain, open_end = self.ownership_chain(organization_id, day)
        operating = [
            place for place, step in enumerate(chain) if self.kinds.get(step.owner_id) not in _NOT_OPERATING
        ]
        counted = chain[: operating[-1] + 1] if operating else []
        unverified = any(not step.verified for step in counted)
        if open_end:
            return Owner(None, unverified)
        return Owner(counted[-1].owner_id if counted else self.counted_as(organization_id), unverified)

    def owner_now(self, organization_id: int) -> Owner:
        """The topmost operating owner today."""
        return self.owner_on(organization_id, self.today)

    def _days_of_change(self, organization_id: int) -> list[date]:
        """Every day on which the chain of a brand's owners may change, after the beginning of time."""
        ends = (
            (*step.since, *step.until)
            for ancestor in self.ancestors(organization_id)
            for step in self.steps.get(ancestor, ())
        )
        return sorted({date.min, self.today} | {day for days in ends for day in days if day is not None})

    def timeline(self, organization_id: int) -> list[tuple[date, int | None]]:
        """The owner from each day on which it changes (None: uncertain), the first being the beginning of
        time."""
        line: list[tuple[date, int | None]] = []
        for day in self._days_of_change(organization_id):
            owner = self.owner_on(organization_id, day).organization_id
            if not line or line[-1][1] != owner:
                line.append((day, owner))
        return line

    def belongs_on(self, brand_id: int, owner_id: int, day: date) -> bool | None:
        """Whether a brand belonged to the owner, directly or indirectly, on a day; None where that is
        uncertain."""
        owner_id = self.counted_as(owner_id)
        if self.counted_as(brand_id) == owner_id:
            return True
        chain, open_end = self.ownership_chain(brand_id, day)
        if any(step.owner_id == owner_id for step in chain):
            return True
        return None if open_end else False

    def belonging(self, brand_id: int, owner_id: int) -> list[tuple[date, bool | None]]:
        """Days from which a brand did, did not, or may have belonged to an owner."""
        line: list[tuple[date, bool | None]] = []
        for day in self._days_of_change(brand_id):
            belongs = self.belongs_on(brand_id, owner_id, day)
            if not line or line[-1][1] != belongs:
                line.append((day, belongs))
        return line

    def lines_bought(self, brand_id: int) -> tuple[ProductLine, ...]:
        """The product lines that the firm of a brand bought, oldest first."""
        brand = self.counted_as(brand_id)
        return tuple(line for line in self.lines if line.buyer_id == brand)

    def making(self, brand_id: int, owner_id: int) -> list[tuple[date, bool | None]]:
        """Days from which what a list calls a brand's was, was not, or may have been made by an owner.

        As `belonging`, but for the product lines that the brand's firm bought: until then another firm made
        them, and a list may name the buyer all the same. Which component is of the line is not known, so that
        the time before is uncertain.
        """
        lines = self.lines_bought(brand_id)
        days = {day for day, _belongs in self.belonging(brand_id, owner_id)}
        days |= {day for line in lines for day in line.since if day is not None}
        found: list[tuple[date, bool | None]] = []
        for day in sorted(days):
            made = self.belongs_on(brand_id, owner_id, day)
            if made and any(self._made_elsewhere(line, owner_id, day) for line in lines):
                made = None
            if not found or found[-1][1] != made:
                found.append((day, made))
        return found

    def _made_elsewhere(self, line: ProductLine, owner_id: int, day: date) -> bool:
        """Whether a product line may have been another group's on that day."""
        return not line.certainly_sold(day) and self.belongs_on(line.seller_id, owner_id, day) is not True

    def ancestors(self, organization_id: int) -> set[int]:
        """The brand itself and everyone who ever owned it, directly or indirectly."""
        first = self.counted_as(organization_id)
        found, queue = {organization_id, first}, [first]
        while queue:
            for step in self.steps.get(queue.pop(), ()):
                if step.owner_id not in found:
                    found.add(step.owner_id)
                    queue.append(step.owner_id)
        return found

    @cached_property
    def owned(self) -> dict[int, set[int]]:
        """Every firm that an organization ever owned, directly or indirectly, itself included."""
        brands: dict[int, set[int]] = defaultdict(set)
        for organization_id in self.labels:
            for ancestor in self.ancestors(organization_id):
                brands[ancestor].add(organization_id)
        return brands

    def country(self, organization_id: int, kind: SeatKind) -> str | None:
        """The country of the firm's current or last seat; None where no seat of that kind is on record."""
        return self.seats.get(kind, {}).get(self.counted_as(organization_id))


def load_genealogy(session: Session, *, today: date) -> Genealogy:
    """Reads organizations, ownership and seats.

    Raises:
        IntegrityFailure: an owner or an owned firm is not in the database: a program deleted it without
            minding what refers to it.
    """
    rows = session.execute(select(Organization.id, Organization.label, Organization.kind)).all()
    merged = clusters(session, RecordKind.ORGANIZATION)
    labels, steps = {number: label for number, label, _kind in rows}, _load_steps(session, merged)
    named = {*steps, *(step.owner_id for each in steps.values() for step in each)}
    if (missing := named - labels.keys()) and may_dangle(session):
        raise IntegrityFailure(
            f"Ownership refers to {len(missing):,} organization records that are not in the database",
            hint="Nothing was counted. To see what is damaged: provenance db check",
        )
    return Genealogy(
        labels=labels,
        kinds={number: kind for number, _label, kind in rows},
        steps=steps,
        seats=_load_seats(session, merged),
        today=today,
        merged=merged,
        lines=_load_lines(session, merged),
    )


def _load_lines(session: Session, merged: Mapping[int, int]) -> tuple[ProductLine, ...]:
    rows = session.execute(
        select(
            Ownership.owned_id,
            Ownership.owner_id,
            Ownership.product_line,
            Ownership.since_earliest,
            Ownership.since_latest,
        )
        .where(Ownership.scope == OwnershipScope.PRODUCT_LINE, Ownership.status == OwnershipStatus.COMPLETED)
        .order_by(Ownership.since_earliest.is_not(None), Ownership.since_earliest, Ownership.id)
    )
    return tuple(
        ProductLine(merged.get(seller, seller), merged.get(buyer, buyer), name or "", (first, last))
        for seller, buyer, name, first, last in rows
    )


def _load_steps(session: Session, merged: Mapping[int, int]) -> dict[int, tuple[Step, ...]]:
    found: dict[int, list[Step]] = defaultdict(list)
    rows = session.execute(
        select(
            Ownership.owned_id,
            Ownership.owner_id,
            Ownership.since_earliest,
            Ownership.since_latest,
            Ownership.until_earliest,
            Ownership.until_latest,
            Ownership.verification,
        ).where(
            Ownership.scope == OwnershipScope.ALL,
            Ownership.status == OwnershipStatus.COMPLETED,
            (Ownership.share_percent.is_(None)) | (Ownership.share_percent > CONTROLLING_PERCENT),
            (Ownership.control.is_(None)) | (Ownership.control != Control.LEGAL),
        )
    )
    for owned, owner, *dates, verification in rows:
        owned, owner = merged.get(owned, owned), merged.get(owner, owner)
        if owned == owner:
            # The two are recorded as one firm, which does not own itself.
            continue
        first, first_latest, until, until_latest = dates
        verified = verification == Verification.VERIFIED
        found[owned].append(Step(owner, (first, first_latest), (until, until_latest), verified))
    return {owned: tuple(sorted(steps, key=by_start)) for owned, steps in found.items()}


def attributes(stake: Any) -> bool:
    """Whether counts follow an ownership: the same that `load_genealogy` reads, of one row."""
    controlling = stake.share_percent is None or stake.share_percent > CONTROLLING_PERCENT
    whole = stake.scope == OwnershipScope.ALL and stake.status == OwnershipStatus.COMPLETED
    return bool(controlling and whole and stake.control != Control.LEGAL)


def by_start(step: Step) -> tuple[date, date, int, date, bool]:
    """The order of a firm's owners, first to last, whatever the order of the rows."""
    earliest, latest = step.since
    return (earliest or date.min, latest or date.max, step.owner_id, step.until[0] or date.max, step.verified)


def _load_seats(session: Session, merged: Mapping[int, int]) -> dict[str, dict[int, str]]:
    """Of several seats of a kind the one that has not ended counts, else the one that began last; of firms
    that are the same the one that stands for them is asked first.
    """
    began = (OrganizationSeat.since_earliest.is_not(None), OrganizationSeat.since_earliest)
    rows = session.execute(
        select(OrganizationSeat.kind, OrganizationSeat.organization_id, OrganizationSeat.country).order_by(
            OrganizationSeat.until_earliest.is_(None), *began, OrganizationSeat.country
        )
    )
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for kind, organization, country in rows:
        found[kind][organization] = country
    for seats in found.values():
        for organization in sorted(seats.keys() & merged.keys()):
            seats.setdefault(merged[organization], seats[organization])
    return found
