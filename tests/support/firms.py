"""Small made-up genealogies, told in sentences: who is what, who bought whom when."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from provenance.domain.ownership import Genealogy, load_genealogy
from provenance.schema.organizations import Organization
from provenance.schema.session import Session
from provenance.text.partial_dates import parse_partial_date
from tests.support.rows import Rows

TODAY = date(2026, 6, 30)


class Firms:
    """Firms by label in one session; made where a sentence first names them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows = Rows(session)
        self._ids: dict[str, int] = {}

    def __getitem__(self, label: str) -> int:
        if label not in self._ids:
            self.are("operating", label)
        return self._ids[label]

    def are(self, kind: str, *labels: str) -> None:
        """These are firms of a kind: operating, fund, holding…"""
        for label in labels:
            self._ids[label] = self._rows.add("organization", label=label, kind=kind)

    def bought(self, owner: str, owned: str, when: str = "", until: str = "", **more: Any) -> None:
        """An ownership, checked and of the whole firm unless ``more`` says so; dates may be partial."""
        since = parse_partial_date(when) if when else None
        ended = parse_partial_date(until) if until else None
        self._rows.add(
            "ownership",
            **{
                "owner_id": self[owner],
                "owned_id": self[owned],
                "scope": "all",
                "status": "completed",
                "verification": "verified",
                "since_earliest": since and since.earliest,
                "since_latest": since and since.latest,
                "until_earliest": ended and ended.earliest,
                "until_latest": ended and ended.latest,
            }
            | more,
        )

    def sits(
        self, label: str, country: str, when: str = "", until: str = "", kind: str = "headquarters"
    ) -> None:
        """A seat of a firm."""
        ended = parse_partial_date(until) if until else None
        self._rows.add(
            "organization_seat",
            organization_id=self[label],
            kind=kind,
            country=country,
            since_earliest=parse_partial_date(when).earliest if when else None,
            until_earliest=ended and ended.earliest,
            until_latest=ended and ended.latest,
        )

    def genealogy(self, today: date = TODAY) -> Genealogy:
        """What the database holds of them by now."""
        return load_genealogy(self._session, today=today)

    def owner(self, label: str, day: str) -> str | None:
        """Whose a brand was on a day; None where that is open."""
        number = self[label]
        known = self.genealogy()
        owner = known.owner_on(number, date.fromisoformat(day)).organization_id
        return None if owner is None else known.labels[owner]


def firm_labelled(session: Session, label: str) -> int:
    """The number of the one firm of that label."""
    found: int = session.execute(
        select(Organization.id).where(Organization.label == label, Organization.from_seed)
    ).scalar_one()
    return found
