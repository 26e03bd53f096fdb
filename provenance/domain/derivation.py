"""What is derived from the statements about a component, and disappears with them. Three facts are derived:
when it was made (from its date code, else from its marking), which category and customs code it has (from its
part's entry in the catalogue, its marking, its description), and, where neither a source nor a person names
them, a tentative maker and part (from its marking). Each keeps its basis beside it. All are derived again
from the current statements (`provenance.domain.readings`), whatever changed them, and nothing of an earlier
state remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Case, Label, Select, and_, case, func, or_, select

from provenance.core.vocabulary import ComponentCategory, MarkingState, RecoveryDateKind, StatementStatus
from provenance.schema.recoveries import Component, Identification, MakerAttribution, RecoveryDate
from provenance.schema.reference import Part
from provenance.schema.row_values import Values, update_rows
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.text.date_code_field import date_code_meanings
from provenance.text.date_codes import DateBounds
from provenance.text.partial_dates import DateSpan, hull_of, text_of_several

STATED = "published"
"""The basis of what a source or person states, in words that the fact table knows."""
DATE_CODE = "date code"
DATE_READ = "date code read from the marking"
READ = "read from the marking"
BY_PART = "by the part's entry in the catalogue"
DESCRIBED = "read from the description"
BY_CATEGORY = "by category"
CATEGORY_BASES = (READ, BY_PART, DESCRIBED)
HS6_BASES = (BY_PART, DESCRIBED, BY_CATEGORY)
"""Where a derived category or customs code comes from, as the component keeps it."""

METHOD = "marking read"
"""The prefix of the method of a tentative statement by the program."""

_NOT_TO_BE_READ = (MarkingState.ILLEGIBLE, MarkingState.OBLITERATED, MarkingState.NONE)
"""A marking that is assessed as one of these is not read, whatever its text was before."""

BEFORE_THAT = (
    RecoveryDateKind.RECOVERED,
    RecoveryDateKind.CAPTURED,
    RecoveryDateKind.USED,
    RecoveryDateKind.PRODUCED,
)
"""What happened to the whole after its components were made."""


class Candidate(Protocol):
    """A maker, and where the marking says so its part, as `provenance.identify` finds them."""

    @property
    def maker(self) -> str:
        """The organization's row number, as text."""

    @property
    def mpn(self) -> str:
        """Empty where the marking names no part."""

    @property
    def printed(self) -> str:
        """The number as the marking has it."""

    @property
    def confidence(self) -> str:
        """Certain, likely or possible."""

    @property
    def reason(self) -> str:
        """Why, in words."""

    @property
    def score(self) -> float:
        """The chance, 0 to 1, that the maker is right."""

    @property
    def category(self) -> str:
        """That of the marking rule which its number belongs to."""

    @property
    def ground(self) -> str | None:
        """What the maker rests on; None where only wording or likeness speaks for it."""


class Reading(Protocol):
    """What one marking says."""

    @property
    def candidates(self) -> Sequence[Candidate]:
        """Best first."""

    @property
    def made(self) -> tuple[DateSpan, ...]:
        """The intervals that a credible date code allows, one of which is meant."""

    def settled(self, candidates: Sequence[Candidate]) -> Candidate | None:
        """The first candidate, unless it is one of several parts that a top code may mean."""


class Question(NamedTuple):
    """A marking, the days between which its component was made, and who made it, as far as known.

    ``part_known`` says that the part is on record: what the marking seems to name then bounds no date.
    """

    text: str
    bounds: DateBounds
    maker: int | None
    part_known: bool


class Reader(Protocol):
    """Reads markings; what it knows of makers and parts is its own."""

    def read(self, questions: Iterable[Question]) -> Iterable[Reading]:
        """The readings, in order."""

    def made_by_code(self, code: str, maker: int | None, bounds: DateBounds) -> tuple[DateSpan, ...]:
        """The intervals that a date code allows, as its maker writes them; none where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a component: as its source states it, as its part's catalogue entry has it, its texts.

    ``family`` is the category of the marking rule that its number belongs to, empty where there is none.
    """

    category: str | None = None
    hs6: str | None = None
    part_category: str | None = None
    part_hs6: str | None = None
    family: str = ""
    text: str = ""


class DerivedKind(NamedTuple):
    """Category and customs code, each with its basis; None where they are stated, or nothing says them."""

    category: str | None = None
    category_basis: str | None = None
    hs6: str | None = None
    hs6_basis: str | None = None


def derive_kind(known: Known, codes: Mapping[str, str]) -> DerivedKind:
    """The category and customs code that are derived, as far as they are not stated.

    The part's catalogue entry takes precedence over the description, and that over the family of its number;
    ``codes`` are the HS6 codes of categories that have one.
    """
    # Imports without reading, and every command that only writes, load this module for its names.
    from provenance.text.descriptions import described_kind

    found = DerivedKind()
    described = described_kind(known.text) if known.text else None
    category = known.category
    if category is None:
        options = (
            (known.part_category, BY_PART),
            (str(described.category) if described else None, DESCRIBED),
            (known.family if known.family in _CATEGORIES else None, READ),
        )
        category, basis = next((option for option in options if option[0]), (None, ""))
        if category:
            found = found._replace(category=category, category_basis=basis)
    if known.hs6 is None:
        exact = described.hs6 if described and described.category == category else None
        by_category = codes.get(category) if category else None
        codes_found = ((known.part_hs6, BY_PART), (exact, DESCRIBED), (by_category, BY_CATEGORY))
        hs6, basis = next((option for option in codes_found if option[0]), (None, ""))
        if hs6:
            found = found._replace(hs6=hs6, hs6_basis=basis)
    return found


_CATEGORIES = frozenset(ComponentCategory)
"""Families of traces and logos are of no category."""


class Derived(NamedTuple):
    """The columns of a component that may be derived, with their bases."""

    made_earliest: date | None
    made_latest: date | None
    made_basis: str | None
    category: str | None
    category_basis: str | None
    hs6: str | None
    hs6_basis: str | None
    made_possible: str | None = None


DERIVED = (
    Component.made_earliest,
    Component.made_latest,
    Component.made_basis,
    Component.category,
    Component.category_basis,
    Component.hs6,
    Component.hs6_basis,
    Component.made_possible,
)
"""The columns behind `Derived`."""


def derived_values(derived: Derived) -> Values:
    """The derived values by their columns."""
    return dict(zip(DERIVED, derived, strict=True))


def stated_only(row: Derived) -> Derived:
    """What of these columns is stated: the rest is unknown."""
    made = row[:3] if row.made_basis not in (DATE_CODE, DATE_READ) else (None, None, None)
    category = row[3:5] if row.category_basis not in CATEGORY_BASES else (None, None)
    hs6 = row[5:7] if row.hs6_basis not in HS6_BASES else (None, None)
    return Derived(*made, *category, *hs6)


def made_on(stated: Derived, coded: Sequence[DateSpan], reading: Sequence[DateSpan]) -> Derived:
    """With the date of manufacture: as stated, else by the date code, else as read from the marking.

    Of several intervals one is meant: their bounds are kept, and the intervals beside them.
    """
    if stated.made_basis is not None:
        return stated
    meant, basis = (coded, DATE_CODE) if coded else (reading, DATE_READ)
    if not meant:
        return stated
    bounds = hull_of(meant)
    return stated._replace(
        made_earliest=bounds.earliest,
        made_latest=bounds.latest,
        made_basis=basis,
        made_possible=text_of_several(meant),
    )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A marking that reads as another maker's than the stated one, which is kept."""

    record: str
    marking: str
    published: str
    read: str
    confidence: str
    reason: str


@dataclass(slots=True)
class ReadingSummary:
    """The outcome of reading, in components; ``makers`` are tentative makers of components without one.

    ``read`` had a marking and no stated part; of ``stated`` only dates and kinds were derived.
    """

    read: int = 0
    stated: int = 0
    parts: int = 0
    makers: int = 0
    dated: int = 0
    categories: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)


def by_source_or_person(noun: type[MakerAttribution] | type[Identification]) -> Any:
    """The condition that a statement is a source's or a person's, and not the program's reading."""
    return or_(noun.status != StatementStatus.TENTATIVE, noun.said_by.is_not(None))


def components_to_read(component_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """What components' derived columns and readings are derived from; the most certain statement comes
    first."""
    return (
        select(
            Component.id,
            Component.uid,
            _legible().label("marking"),
            Component.description,
            Component.date_code,
            *DERIVED,
            Part.mpn,
            Identification.status.label("part_status"),
            Part.introduced_earliest,
            Part.introduced_latest,
            Part.category.label("part_category"),
            Part.hs6.label("part_hs6"),
            MakerAttribution.organization_id,
            MakerAttribution.country_stated,
            MakerAttribution.status.label("maker_status"),
            *_circumstances(),
        )
        .outerjoin(
            MakerAttribution,
            and_(
                MakerAttribution.component_id == Component.id,
                MakerAttribution.superseded_by.is_(None),
                by_source_or_person(MakerAttribution),
            ),
        )
        .outerjoin(
            Identification,
            and_(
                Identification.component_id == Component.id,
                Identification.superseded_by.is_(None),
                by_source_or_person(Identification),
            ),
        )
        .outerjoin(Part, Part.id == Identification.part_id)
        .where(Component.id.in_(component_ids), Component.withdrawn_at.is_(None))
        .order_by(
            Component.id,
            MakerAttribution.status == StatementStatus.TENTATIVE,
            Identification.status == StatementStatus.TENTATIVE,
            Part.id,
        )
    )


def _legible() -> Case[Any]:
    """The marking, unless it is assessed as one that cannot be read."""
    return case((Component.marking_state.in_(_NOT_TO_BE_READ), None), else_=Component.marking)


def _circumstances() -> tuple[Label[Any], ...]:
    """By when a component was made at the latest, when it was reported, and its record's key."""
    known_by = (
        select(func.min(RecoveryDate.latest))
        .where(RecoveryDate.recovery_id == Component.recovery_id, RecoveryDate.kind.in_(BEFORE_THAT))
        .scalar_subquery()
    )
    reported = (
        select(func.min(func.coalesce(Citation.published_latest, Citation.retrieved)))
        .where(Citation.component_id == Component.id)
        .scalar_subquery()
    )
    record = (
        select(func.min(Citation.record_key)).where(Citation.component_id == Component.id).scalar_subquery()
    )
    return known_by.label("known_by"), reported.label("reported"), record.label("record")


def question_of(row: Any, today: date) -> Question:
    """What a reader is asked of a component: its marking, else its stated part number."""
    bounds = DateBounds(latest=min(day for day in (row.known_by, row.reported, today) if day is not None))
    if row.mpn is not None:
        introduced = DateSpan(row.introduced_earliest, row.introduced_latest)
        bounds = replace(bounds, part=row.mpn, introduced=introduced)
    return Question(row.marking or row.mpn or "", bounds, row.organization_id, row.mpn is not None)


def coded_days(row: Any, reader: Reader, today: date) -> tuple[DateSpan, ...]:
    """The intervals that a component's date code allows; none where it has none, or it cannot be read.

    The common forms are read first, then those of its maker.
    """
    if not row.date_code:
        return ()
    bounds = question_of(row, today).bounds
    found = date_code_meanings(row.date_code, today=today, latest=bounds.latest)
    return found or reader.made_by_code(row.date_code, row.organization_id, bounds)


def forget(session: Session, component_ids: Sequence[int]) -> None:
    """Removes what was derived for components, some thousands at most.

    Readings stay on record, superseded. This is for components about which nothing is derived any more:
    withdrawn ones, and those that wait to be read again.
    """
    for noun in (MakerAttribution, Identification):
        current = noun.component_id.in_(component_ids), noun.superseded_by.is_(None)
        update_rows(session, noun, {noun.superseded_by: noun.id}, *current, ~by_source_or_person(noun))
    rows = session.execute(
        select(Component.id, Component.date_code, *DERIVED).where(Component.id.in_(component_ids))
    ).all()
    for number, code, *cells in rows:
        coded = date_code_meanings(code, today=session.today) if code else ()
        now = made_on(stated_only(Derived(*cells)), coded, ())
        update_rows(session, Component, derived_values(now), Component.id == number)


def made_by(session: Session, recovery_id: int) -> date:
    """A day by which whatever is in a recovery was made: today, where it has no earlier date."""
    day: date | None = session.execute(
        select(func.min(RecoveryDate.latest)).where(
            RecoveryDate.recovery_id == recovery_id, RecoveryDate.kind.in_(BEFORE_THAT)
        )
    ).scalar()
    return min(day, session.today) if day is not None else session.today
