"""Resolves published maker cells to organizations: by any known name, across scripts, legal forms and
case."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from provenance.core.identity import natural_uid
from provenance.core.vocabulary import NameKind, OrganizationKind, Verification
from provenance.domain.ownership import load_genealogy
from provenance.domain.record_kinds import RecordKind
from provenance.domain.review import ReviewReason
from provenance.domain.sameness import clusters
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold_new_records
from provenance.text.firm_names import name_key
from provenance.text.folding import fold, script_of, search_text

if TYPE_CHECKING:
    from provenance.domain.sources import Origin
    from provenance.sources.records import MakerRecord

_NEAR_NAMES = 5
_NEAR_ENOUGH = 60
"""Similarity, 0 to 100, below which a name does not help a user who has mistyped another."""


@dataclass(frozen=True, slots=True)
class ResolvedMaker:
    """The organization whose brand it is (None: not identified, or two firms of one name), and doubts."""

    organization_id: int | None
    doubts: tuple[tuple[ReviewReason, str], ...] = ()


class FirmResolver:
    """Finds organizations by name, and makes unverified ones of unknown names."""

    def __init__(self, session: Session, origin: Origin) -> None:
        self._session = session
        self._source_id = origin.source_id
        self._source_key = origin.source_key
        self._by_key: dict[str, set[int]] = defaultdict(set)
        self._makers: dict[str, ResolvedMaker] = {}
        self.made: Counter[str] = Counter()
        merged = clusters(session, RecordKind.ORGANIZATION)
        for row in session.execute(select(OrganizationName.name_key, OrganizationName.organization_id)):
            self._by_key[row.name_key].add(merged.get(row.organization_id, row.organization_id))
        self._genealogy = load_genealogy(session, today=session.today)

    def maker(self, record: MakerRecord) -> ResolvedMaker:
        """The organization whose brand a published cell names, and what could not be resolved."""
        found = self._makers.get(record.as_written)
        if found is None:
            found = self._makers[record.as_written] = self._resolve(record)
        return found

    def _resolve(self, record: MakerRecord) -> ResolvedMaker:
        if record.brand is None:
            return ResolvedMaker(None)
        known = self._by_key.get(name_key(record.brand), set())
        if len(known) > 1:
            return ResolvedMaker(None, ((ReviewReason.TWO_FIRMS, record.brand),))
        doubts: list[tuple[ReviewReason, str]] = []
        if not known:
            doubts.append((ReviewReason.NEW_FIRM, record.brand))
        organization = self.organization(record.brand)
        assert organization is not None
        doubts += [
            (ReviewReason.PARENTHESIS, f"{record.brand} ({text})")
            for text in record.parentheses
            if not self._explains(organization, text)
        ]
        return ResolvedMaker(organization, tuple(doubts))

    def _explains(self, organization_id: int, parenthesis: str) -> bool:
        """Whether a parenthesis is another name of the brand, or a past or present owner."""
        known = self._by_key.get(name_key(parenthesis), set())
        return bool(known & self._genealogy.ancestors(organization_id))

    def organization(self, name: str) -> int | None:
        """The organization of that name, made where there is none; None where there are two."""
        key = name_key(name)
        known = self._by_key[key]
        if len(known) > 1:
            return None
        if not known:
            known |= self._created_by_others(key) or {self._make(name, key)}
        return next(iter(known))

    def _created_by_others(self, key: str) -> set[int]:
        """The firms that other writers have created under these names since the start: each name makes one
        firm only."""
        hold_new_records(self._session)
        named = select(OrganizationName.organization_id).where(OrganizationName.name_key == key)
        return set(self._session.execute(named).scalars())

    def _make(self, name: str, key: str) -> int:
        self.made["organization"] += 1
        origin = {
            "verification": Verification.UNVERIFIED,
            "source_id": self._source_id,
            "from_seed": False,
        }
        uid = natural_uid("organization", self._source_key, key)
        firm = {"uid": uid, "label": name, "kind": OrganizationKind.UNKNOWN, **origin}
        organization_id = insert_row(self._session, Organization, firm)
        spelling = {
            "organization_id": organization_id,
            "name": name,
            "kind": NameKind.BRAND,
            "name_key": key,
            "folded": search_text(name),
            "script": script_of(name),
            **origin,
        }
        insert_row(self._session, OrganizationName, spelling)
        return organization_id


def names_like(session: Session, text: str, shown: ColumnElement[bool] | None = None) -> list[str]:
    """Names of organizations that look like a text, best first, at most five.

    ``shown`` is a condition on the organization that the names of others do not meet.
    """
    from rapidfuzz import fuzz, process

    wanted = fold(text)
    statement = select(OrganizationName.name, OrganizationName.folded).order_by(
        OrganizationName.name, OrganizationName.id
    )
    if shown is not None:
        statement = statement.join(Organization, Organization.id == OrganizationName.organization_id).where(
            shown
        )
    rows = [
        row
        for row in session.execute(statement)
        # A short name is part of almost any text.
        if 2 * len(row.folded) > len(wanted)
    ]
    found = process.extract(
        wanted,
        [row.folded for row in rows],
        scorer=fuzz.WRatio,
        limit=4 * _NEAR_NAMES,
        score_cutoff=_NEAR_ENOUGH,
    )
    return list(dict.fromkeys(rows[place].name for _folded, _score, place in found))[:_NEAR_NAMES]
