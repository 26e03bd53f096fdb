"""Markings read by the program: tentative part numbers and makers, dates, categories; all kept apart.

The published maker stands whatever is read; where the reading disagrees with some confidence, the
disagreement is listed. A tentative statement enters a count only on request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Engine, Label, and_, bindparam, exists, func, or_, select, update

from provenance.core.identity import natural_uid, new_uid
from provenance.core.vocabulary import RecoveryDateKind, StatementStatus
from provenance.domain.audit import add_entry, installation_uid
from provenance.domain.batches import NewRows
from provenance.domain.components import PartBook
from provenance.domain.derivation import CATEGORY_BASES, HS6_BASES, Known, derive_kind
from provenance.domain.ownership import Genealogy, load_genealogy
from provenance.domain.sources import READING, source_id
from provenance.facts.sheets import refresh
from provenance.identify.answers import Answer, Asked, Candidate
from provenance.identify.deciding import believed_made, first_settled
from provenance.importing.summary import Disagreement, ReadingSummary
from provenance.parts.knowledge import identifier, known_pairs, learn, learned_from
from provenance.queries.chunks import chunks
from provenance.schema.recoveries import Component, Identification, MakerAttribution, RecoveryDate
from provenance.schema.reference import CategoryHs, Part
from provenance.schema.session import Session, writing
from provenance.schema.sources import Citation
from provenance.schema.tables import table
from provenance.text.date_codes import DateBounds
from provenance.text.partial_dates import DateSpan

METHOD = "marking read"
DATE_READ = "date code read from the marking"
_LEARN_ANEW = 1.05
"""Learning is worth its seconds when there are this many times the pairs that were learned from."""
_TOO_WEAK = "possible"
"""A reading of this confidence is no disagreement worth anybody's time."""
_LATEST_DATES = (
    RecoveryDateKind.RECOVERED,
    RecoveryDateKind.CAPTURED,
    RecoveryDateKind.USED,
    RecoveryDateKind.PRODUCED,
)


class MarkingReader:
    """Reads markings of components within the caller's transaction.

    Who and what is read only where nobody has identified the component; its date, kind and customs code
    wherever no source states them.
    """

    def __init__(self, session: Session, today: date) -> None:
        self._session = session
        self._rows = NewRows(session)
        self._parts = PartBook(session, self._rows, source_id(session, READING))
        self._genealogy: Genealogy = load_genealogy(session, today=today)
        self._hs6 = self._codes()
        self._values: list[dict[str, Any]] = []
        self._retired: set[int] = set()
        self.summary = ReadingSummary()

    @property
    def made(self) -> Counter[str]:
        """How many rows reading made, by table."""
        return self._rows.made

    def read(self, component_ids: Sequence[int]) -> ReadingSummary:
        """Reads those of the components of whose marking, description or part anything is on record."""
        unread = [row for chunk in chunks(component_ids) for row in self._to_read(chunk)]
        if not unread:
            return self.summary
        learned, _marked = learned_from(self._session)
        if len(known_pairs(self._session)) > (learned or 0) * _LEARN_ANEW:
            learn(self._session)
        answers = identifier(self._session).identify_all(map(_asked, unread))
        for row, answer in zip(unread, answers, strict=True):
            self._take(row, answer)
        self._rows.write()
        self._rows.settle()
        self._update_components()
        return self.summary

    def retire(self, component_ids: Sequence[int]) -> None:
        """Takes earlier readings of these components back, so that they can be read anew.

        The statements stay on record, superseded by themselves; what was derived from them is unknown again.
        """
        self._retired.update(component_ids)
        for chunk in chunks(component_ids):
            for name in ("maker_attribution", "identification"):
                said = table(name)
                self._session.execute(
                    update(said)
                    .where(
                        said.c.component_id.in_(chunk),
                        said.c.status == StatementStatus.TENTATIVE,
                        said.c.superseded_by.is_(None),
                    )
                    .values(superseded_by=said.c.id)
                )
            self._forget_derived(chunk)

    def _forget_derived(self, component_ids: Sequence[int]) -> None:
        derived = (
            (
                Component.made_basis == DATE_READ,
                {"made_earliest": None, "made_latest": None, "made_basis": None},
            ),
            (Component.category_basis.in_(CATEGORY_BASES), {"category": None, "category_basis": None}),
            (Component.hs6_basis.in_(HS6_BASES), {"hs6": None, "hs6_basis": None}),
        )
        for condition, unknown in derived:
            self._session.execute(
                update(Component).where(Component.id.in_(component_ids), condition).values(unknown)
            )

    def _uid(self, kind: str, row: Any, said: str) -> str:
        # A reading that comes back after it was taken back is another statement.
        return new_uid() if row.id in self._retired else natural_uid(kind, row.uid, METHOD, said)

    def _codes(self) -> dict[str, str]:
        return {
            row.category: row.hs6
            for row in self._session.execute(select(CategoryHs.category, CategoryHs.hs6))
        }

    def _to_read(self, component_ids: Sequence[int]) -> Sequence[Any]:
        rows = self._session.execute(
            select(
                Component.id,
                Component.uid,
                Component.marking,
                Component.description,
                Part.mpn,
                Identification.status.label("part_status"),
                Part.introduced_earliest,
                Part.introduced_latest,
                Part.category.label("part_category"),
                Part.hs6.label("part_hs6"),
                Component.category,
                Component.hs6,
                Component.made_earliest,
                Component.made_latest,
                MakerAttribution.organization_id,
                *_circumstances(),
            )
            .outerjoin(
                MakerAttribution,
                and_(
                    MakerAttribution.component_id == Component.id,
                    MakerAttribution.superseded_by.is_(None),
                    MakerAttribution.status != StatementStatus.TENTATIVE,
                ),
            )
            .outerjoin(
                Identification,
                and_(Identification.component_id == Component.id, Identification.superseded_by.is_(None)),
            )
            .outerjoin(Part, Part.id == Identification.part_id)
            .where(
                Component.id.in_(component_ids),
                or_(
                    Component.marking.is_not(None),
                    Component.description.is_not(None),
                    Identification.id.is_not(None),
                ),
                Component.withdrawn_at.is_(None),
            )
            .order_by(Component.id, Identification.status == StatementStatus.TENTATIVE, Part.id)
        )
        # Somebody's second opinion of a part makes no second component, and a word goes before a guess.
        return list({row.id: row for row in reversed(rows.all())}.values())[::-1]

    def _take(self, row: Any, answer: Answer) -> None:
        if row.mpn is not None or row.marking is None:
            own = next((each for each in answer.candidates if each.maker == str(row.organization_id)), None)
            self.summary.stated += 1
            self._values.append(self._component_values(row, own, answer))
            return
        self.summary.read += 1
        chosen = self._chosen(row.organization_id, answer)
        if chosen is not None:
            self._state(row, chosen)
        self._note_disagreement(row, answer)
        self._values.append(self._component_values(row, chosen, answer))

    def _chosen(self, published: int | None, answer: Answer) -> Candidate | None:
        """The best candidate that the published maker allows: its own, else one of the same house."""
        if published is None:
            return first_settled(answer.candidates)
        own = [each for each in answer.candidates if int(each.maker) == published]
        house = [each for each in answer.candidates if self._same_house(published, int(each.maker))]
        named = [each for each in own if each.mpn] or [each for each in house if each.mpn]
        return first_settled(named) if named else first_settled(own)

    def _same_house(self, one: int, other: int) -> bool:
        return other in self._genealogy.ancestors(one) or one in self._genealogy.ancestors(other)

    def _state(self, row: Any, chosen: Candidate) -> None:
        maker = int(chosen.maker)
        if row.organization_id is None:
            self.summary.makers += 1
            self._rows.add(
                "maker_attribution",
                uid=self._uid("maker_attribution", row, chosen.maker),
                component_id=row.id,
                organization_id=maker,
                as_written=row.marking,
                country_stated=None,
                status=StatementStatus.TENTATIVE,
                basis=f"{METHOD}, {chosen.confidence}: {chosen.reason}",
                citation_id=None,
            )
        if chosen.mpn:
            self.summary.parts += 1
            self._rows.add(
                "identification",
                uid=self._uid("identification", row, chosen.mpn),
                component_id=row.id,
                part_id=self._parts.part(chosen.mpn, maker),
                as_written=chosen.printed or chosen.mpn,
                status=StatementStatus.TENTATIVE,
                method=f"{METHOD}, {chosen.confidence}",
                score=chosen.score,
                citation_id=None,
            )

    def _note_disagreement(self, row: Any, answer: Answer) -> None:
        if row.organization_id is None or not answer.candidates:
            return
        first = answer.candidates[0]
        if first.confidence == _TOO_WEAK or self._same_house(row.organization_id, int(first.maker)):
            return
        self.summary.disagreements.append(
            Disagreement(
                record=row.record or "",
                marking=row.marking,
                published=self._genealogy.labels[row.organization_id],
                read=self._genealogy.labels[int(first.maker)],
                confidence=str(first.confidence),
                reason=first.reason,
            )
        )

    def _component_values(self, row: Any, chosen: Candidate | None, answer: Answer) -> dict[str, Any]:
        made = DateSpan(row.made_earliest, row.made_latest)
        read_made = made == DateSpan()
        if read_made:
            made = believed_made(answer.dates)
            read_made = made != DateSpan()
            self.summary.dated += read_made
        text = " ".join(filter(None, (row.description, row.marking)))
        family = chosen.category if chosen else ""
        known = Known(row.category, row.hs6, row.part_category, row.part_hs6, family, text)
        derived = derive_kind(known, self._hs6)
        self.summary.categories += "category" in derived
        return {
            "row_id": row.id,
            "made_earliest": made.earliest,
            "made_latest": made.latest,
            "read_made": DATE_READ if read_made else None,
            "category": row.category or derived.get("category"),
            "read_category": derived.get("category_basis"),
            "hs6": row.hs6 or derived.get("hs6"),
            "read_hs6": derived.get("hs6_basis"),
        }

    def _update_components(self) -> None:
        statement = (
            update(Component)
            .where(Component.id == bindparam("row_id"))
            .values(
                made_earliest=bindparam("made_earliest"),
                made_latest=bindparam("made_latest"),
                made_basis=func.coalesce(Component.made_basis, bindparam("read_made")),
                category=bindparam("category"),
                category_basis=func.coalesce(Component.category_basis, bindparam("read_category")),
                hs6=bindparam("hs6"),
                hs6_basis=func.coalesce(Component.hs6_basis, bindparam("read_hs6")),
            )
        )
        self._session.connection().execute(statement, self._values)


def _circumstances() -> tuple[Label[Any], ...]:
    """By when a component was made at the latest, when it was reported, and its record's key."""
    known_by = (
        select(func.min(RecoveryDate.latest))
        .where(RecoveryDate.recovery_id == Component.recovery_id, RecoveryDate.kind.in_(_LATEST_DATES))
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


def _asked(row: Any) -> Asked:
    """What identification is asked of a component: its marking, else its stated part number."""
    latest = min((day for day in (row.known_by, row.reported) if day is not None), default=None)
    bounds = DateBounds(latest=latest)
    if row.mpn is not None and row.part_status != StatementStatus.TENTATIVE:
        introduced = DateSpan(row.introduced_earliest, row.introduced_latest)
        bounds = replace(bounds, part=row.mpn, introduced=introduced)
    text = row.marking or row.mpn or ""
    return Asked(text, bounds, str(row.organization_id or ""), part_known=row.mpn is not None)


def unread_of(session: Session, run_ids: Sequence[int]) -> list[int]:
    """The components of some imports that carry a marking which nobody has identified, or lack their kind."""
    known = or_(
        exists().where(Identification.component_id == Component.id, Identification.superseded_by.is_(None)),
        exists().where(
            MakerAttribution.component_id == Component.id,
            MakerAttribution.superseded_by.is_(None),
            MakerAttribution.status == StatementStatus.TENTATIVE,
        ),
    )
    by_source = exists().where(
        Identification.component_id == Component.id,
        Identification.superseded_by.is_(None),
        Identification.status != StatementStatus.TENTATIVE,
    )
    marked, described = Component.marking.is_not(None), Component.description.is_not(None)
    lacks_kind = and_(Component.category.is_(None), or_(by_source, and_(~marked, described)))
    found = session.execute(
        select(Component.id)
        .join(Citation, Citation.component_id == Component.id)
        .where(Citation.import_run_id.in_(run_ids), or_(and_(marked, ~known), lacks_kind))
        .order_by(Component.id)
    )
    return list(found.scalars()) if run_ids else []


def read_all(engine: Engine, *, actor: str) -> ReadingSummary:
    """Learns anew and reads the markings of every component anew.

    Earlier readings are taken back first; published and confirmed statements are not touched.
    """
    with writing(engine) as session:
        ids = session.execute(
            select(Component.id).where(Component.withdrawn_at.is_(None)).order_by(Component.id)
        ).scalars()
        unread = list(ids)
        reader = MarkingReader(session, date.today())
        reader.retire(unread)
        learn(session)
        summary = reader.read(unread)
        refresh(session, "component", unread)
        add_entry(
            session,
            actor=actor,
            action="read markings",
            table="installation",
            uid=installation_uid(session),
            after={
                "read": summary.read,
                "parts": summary.parts,
                "makers": summary.makers,
                "dated": summary.dated,
            },
        )
    return summary
