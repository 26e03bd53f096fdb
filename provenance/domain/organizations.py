"""Resolves published names of firms to organizations: by any known name, across scripts, legal forms and
case."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from provenance.core.identity import natural_uid
from provenance.core.vocabulary import NameKind, OrganizationKind, Verification
from provenance.core.vocabulary.field import NewName
from provenance.domain.ownership import load_genealogy
from provenance.domain.record_kinds import RecordKind
from provenance.domain.review import Doubt, Introduced, ReviewReason
from provenance.domain.sameness import clusters
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.rows import insert_row
from provenance.schema.session import Session, hold_new
from provenance.text.ambiguous_names import ambiguity_of
from provenance.text.doubts import is_doubted
from provenance.text.firm_names import name_key
from provenance.text.folding import fold, script_of, search_text
from provenance.text.maker_strings import split_names, without_place
from provenance.text.maker_words import not_a_firm, several_firms
from provenance.text.near_names import KnownNames, Name, near_names

if TYPE_CHECKING:
    from provenance.domain.sources import Origin
    from provenance.sources.records import MakerRecord

_NEAR_NAMES = 5


@dataclass(frozen=True, slots=True)
class ResolvedMaker:
    """The organization whose brand it is (None: not identified, or two firms of one name), and doubts."""

    organization_id: int | None
    doubts: tuple[Doubt, ...] = ()


class FirmNames:
    """Finds organizations by any of their names."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_key: dict[str, set[int]] = defaultdict(set)
        merged = clusters(session, RecordKind.ORGANIZATION)
        for row in session.execute(select(OrganizationName.name_key, OrganizationName.organization_id)):
            self._by_key[row.name_key].add(merged.get(row.organization_id, row.organization_id))

    def known(self, name: str) -> frozenset[int]:
        """The organizations of that name; more than one where firms share it, none where it is doubted."""
        if is_doubted(name):
            return frozenset()
        return frozenset(self._by_key.get(name_key(name), ()))

    def learn(self, name: str, number: int) -> None:
        """Takes up a name that an organization has been given since."""
        self._by_key[name_key(name)].add(number)

    def doubt(self, name: str) -> Doubt | None:
        """Why a name that no organization has makes no new one; None where it can be a firm's."""
        if is_doubted(name):
            return ReviewReason.DOUBTED, name
        if ambiguity_of(name) is not None:
            return ReviewReason.AMBIGUOUS_NAME, name
        if not_a_firm(name) is not None:
            return ReviewReason.NOT_A_FIRM, name
        return (ReviewReason.SEVERAL_FIRMS, name) if self.pieces(name) else None

    def pieces(self, name: str) -> tuple[str, ...]:
        """The firms that a cell names side by side, at least one of them known; else none."""
        named = several_firms(name)
        if any(map(self._means_a_firm, named)):
            return named
        listed = tuple(split_names(name))
        return listed if len(listed) > 1 and all(map(self._means_a_firm, listed)) else ()

    def _means_a_firm(self, name: str) -> bool:
        return bool(self.known(name)) or ambiguity_of(name) is not None


class FirmResolver(FirmNames):
    """Finds organizations by name, and makes unverified ones of unknown names.

    ``made`` counts what was made, ``introduced`` says which, by the doubt that says so, and ``review``
    what was doubtful about the names of parties; the doubts about makers are returned with each.
    """

    def __init__(self, session: Session, origin: Origin) -> None:
        super().__init__(session)
        self._source_id = origin.source_id
        self._source_key = origin.source_key
        self._makers: dict[str, ResolvedMaker] = {}
        self._parties: dict[str, ResolvedMaker] = {}
        self.made: Counter[str] = Counter()
        self.introduced: dict[Doubt, Introduced] = {}
        self.review: Counter[Doubt] = Counter()
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
        firm = self._firm(record.brand, NewName.MAKER)
        if firm.organization_id is None:
            return firm
        parentheses = tuple(
            (ReviewReason.PARENTHESIS, f"{record.brand} ({text})")
            for text in record.parentheses
            if not self._explains(firm.organization_id, text)
        )
        return ResolvedMaker(firm.organization_id, (*firm.doubts, *parentheses))

    def _explains(self, organization_id: int, parenthesis: str) -> bool:
        """Whether a parenthesis is another name of the brand, or a past or present owner."""
        return bool(self.known(parenthesis) & self._genealogy.ancestors(organization_id))

    def organization(self, name: str) -> int | None:
        """The organization of that name, made where there is none; None where it names no firm, or may
        name several. What is doubtful is counted in ``review``.
        """
        found = self._parties.get(name)
        if found is None:
            bare = name if self.known(name) else without_place(name)
            found = self._parties[name] = self._firm(bare, NewName.PARTY)
        self.review.update(found.doubts)
        return found.organization_id

    def _firm(self, name: str, what: NewName) -> ResolvedMaker:
        key = name_key(name)
        known = set[int]() if is_doubted(name) else self._by_key.get(key, set())
        if not known and (doubt := self.doubt(name)) is not None:
            self._leave(doubt, what)
            return ResolvedMaker(None, (doubt,))
        if not known:
            known = self._by_key[key] = self._created_by_others(key)
        if not known:
            self._admit(name, what)
            known.add(self._make(name, key))
            return ResolvedMaker(next(iter(known)), ((ReviewReason.NEW_FIRM, name),))
        if len(known) > 1:
            self._leave((ReviewReason.TWO_FIRMS, name), what)
            return ResolvedMaker(None, ((ReviewReason.TWO_FIRMS, name),))
        return ResolvedMaker(next(iter(known)))

    def _admit(self, name: str, what: NewName) -> None:
        """Called before a firm is made of a new name: a published list's own words are taken."""

    def _leave(self, doubt: Doubt, what: NewName) -> None:
        """Called where a name is no firm's, or not one firm's: of a published list it is left to review."""

    def _created_by_others(self, key: str) -> set[int]:
        """The firms that other writers have created under these names since the start: each name makes one
        firm only."""
        hold_new(self._session, "organization", key)
        named = select(OrganizationName.organization_id).where(OrganizationName.name_key == key)
        return set(self._session.execute(named).scalars())

    def _make(self, name: str, key: str) -> int:
        self.made["organization"] += 1
        uid = natural_uid("organization", self._source_key, key)
        firm = Organization(
            uid=uid,
            label=name,
            kind=OrganizationKind.UNKNOWN,
            verification=Verification.UNVERIFIED,
            source_id=self._source_id,
            from_seed=False,
        )
        organization_id = insert_row(self._session, firm)
        self.introduced[ReviewReason.NEW_FIRM, name] = Introduced(RecordKind.ORGANIZATION, uid)
        self._insert_name(organization_id, name, key, NameKind.BRAND)
        return organization_id

    def add_spelling(self, organization_id: int, name: str) -> None:
        """Adds a name under which a list gives a firm that its registration number tells."""
        key = name_key(name)
        if not key or self.doubt(name) is not None:
            return
        if not self._created_by_others(key):
            self._insert_name(organization_id, name, key, NameKind.ALIAS)
        self._by_key[key] = self._created_by_others(key)

    def _insert_name(self, organization_id: int, name: str, key: str, kind: NameKind) -> None:
        spelling = OrganizationName(
            organization_id=organization_id,
            name=name,
            kind=kind,
            name_key=key,
            folded=search_text(name),
            script=script_of(name),
            verification=Verification.UNVERIFIED,
            source_id=self._source_id,
            from_seed=False,
        )
        insert_row(self._session, spelling)


def names_like(session: Session, text: str, shown: ColumnElement[bool] | None = None) -> list[str]:
    """Names of organizations that look like a text, best first, at most five.

    ``shown`` is a condition on the organization that the names of others do not meet.
    """
    statement = select(OrganizationName.name, OrganizationName.folded).order_by(
        OrganizationName.name, OrganizationName.id
    )
    if shown is not None:
        statement = statement.join(Organization, Organization.id == OrganizationName.organization_id).where(
            shown
        )
    rows = session.execute(statement).all()
    # Several names of a firm may be spelled alike.
    known = [(row.name, row.folded) for row in rows]
    found = near_names(Name(text, fold(text)), KnownNames(known), limit=4 * _NEAR_NAMES)
    return list(dict.fromkeys(rows[place].name for place in found))[:_NEAR_NAMES]
