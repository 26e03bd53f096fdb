"""Updates of components whose source says something else now: the old text is kept, old statements are
superseded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from provenance.core.vocabulary import StatementStatus
from provenance.core.vocabulary.field import Aspect
from provenance.domain.amendments.kept import kept_of_component
from provenance.domain.amendments.log import amended_fields, amendments_of
from provenance.domain.audit import add_entry
from provenance.domain.batches import NewRows
from provenance.domain.components import (
    ComponentWriter,
    Statement,
    StatementNoun,
    component_search_keys,
    transfer_key,
)
from provenance.domain.recoveries import RecoveryLoader
from provenance.domain.review import Doubt, ReviewReason
from provenance.domain.stated_components import stated_columns
from provenance.schema.assessments import Assessment
from provenance.schema.recoveries import Component, Identification, MakerAttribution
from provenance.schema.row_values import Values, by_name, cells_of, changes, update_rows, values_in, without
from provenance.schema.rows import insert_row
from provenance.schema.session import Session
from provenance.schema.sources import Citation, CitationVersion
from provenance.schema.transfers import Transfer
from provenance.sources.records import ComponentRecord

_BY_ASPECT: dict[Aspect, tuple[Any, ...]] = {
    Aspect.AUTHENTICITY: (Component.authenticity, Component.authenticity_basis),
    Aspect.MARKING_STATE: (Component.marking_state,),
}
"""Columns that a person's assessment decides, whatever the source says later."""


@dataclass(slots=True)
class _Replacement:
    """The statement that is kept whatever the source says, if any, and the source's new statement, if any."""

    decision: int | None
    new: int | None = None


def _only(numbers: Sequence[int]) -> int | None:
    return numbers[0] if numbers else None


def _of_old(statement: Any) -> bool:
    """Whether the source had withdrawn a statement."""
    return bool(statement.superseded_by == statement.id)


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """What the database holds of a source's record, and the import that it is from."""

    citation_id: int
    component_id: int
    raw_text: str
    run_id: int | None = None


def known_records(session: Session, source_id: int, keys: Collection[str]) -> dict[str, KnownRecord]:
    """Those of a source's records that are already loaded; at most some thousands of keys at a time."""
    if not keys:
        return {}
    rows = session.execute(
        select(
            Citation.record_key, Citation.id, Citation.component_id, Citation.raw_text, Citation.import_run_id
        ).where(
            Citation.source_id == source_id,
            Citation.record_key.in_(keys),
            Citation.component_id.is_not(None),
        )
    )
    return {row[0]: KnownRecord(*row[1:]) for row in rows}


def has_records(session: Session, source_id: int, but: str = "") -> bool:
    """Whether any component of a source is already loaded, of those whose key does not begin with ``but``."""
    mine = [Citation.source_id == source_id, Citation.component_id.is_not(None)]
    if but:
        mine.append(
            or_(Citation.record_key < but, Citation.record_key >= f"{but[:-1]}{chr(ord(but[-1]) + 1)}")
        )
    return session.execute(select(Citation.id).where(*mine).limit(1)).first() is not None


class ComponentRenewer:
    """Applies one source's changed records, in one transaction with their audit entries."""

    def __init__(
        self,
        session: Session,
        rows: NewRows,
        writer: ComponentWriter,
        recoveries: RecoveryLoader,
        review: Counter[Doubt],
        actor: str,
    ) -> None:
        self._session = session
        self._rows = rows
        self._writer = writer
        self._recoveries = recoveries
        self._review = review
        self._actor = actor

    def apply(self, record: ComponentRecord, maker_id: int | None, known: KnownRecord) -> None:
        """Updates a component to what its record says now; ``maker_id`` is whose brand is on it."""
        self._renew_citation(record, known)
        before = self._session.execute(select(Component).where(Component.id == known.component_id)).one()
        stated = stated_columns([record])
        columns = self._writer.columns(stated, self._recoveries.placed(stated))
        amended = amended_fields(amendments_of(self._session, before.uid))
        values = without(cells_of(columns, 0), self._decided(known) | kept_of_component(amended))
        # What the change refers to (a new recovery, a new unit) must be there before the reference.
        self._rows.write()
        update_rows(self._session, Component, values, Component.id == known.component_id)
        if Component.search_key not in values:
            self._renew_search_key(known.component_id, stated.mpn[0])
        self._supersede(record, stated.mpn[0], maker_id, known)
        self._renew_transfer(record, known)
        changed = changes(before, values)
        add_entry(
            self._session,
            actor=self._actor,
            action="source changed",
            table=Component,
            uid=before.uid,
            before={"raw": known.raw_text, **by_name(values_in(before, changed))},
            after={"raw": record.raw, **by_name(changed)},
        )

    def _renew_search_key(self, component_id: int, mpn: str | None) -> None:
        """Makes the search key of what an amendment keeps and the list says now."""
        row = self._session.execute(
            select(Component.marking, Component.description, Component.component_serial).where(
                Component.id == component_id
            )
        ).one()
        (key,) = component_search_keys([row.marking], [row.description], [mpn], [row.component_serial])
        update_rows(self._session, Component, {Component.search_key: key}, Component.id == component_id)

    def _decided(self, known: KnownRecord) -> set[Any]:
        """The columns that a person has assessed."""
        aspects = self._session.execute(
            select(Assessment.aspect).where(
                Assessment.component_id == known.component_id, Assessment.superseded_by.is_(None)
            )
        ).scalars()
        return {column for aspect in aspects for column in _BY_ASPECT.get(Aspect(aspect), ())}

    def _renew_citation(self, record: ComponentRecord, known: KnownRecord) -> None:
        old = self._session.execute(select(Citation.retrieved).where(Citation.id == known.citation_id)).one()
        run_id = self._writer.origin.run_id
        insert_row(
            self._session,
            CitationVersion(
                citation_id=known.citation_id,
                raw_text=known.raw_text,
                retrieved=old.retrieved,
                replaced_at=self._session.moment,
                import_run_id=run_id,
            ),
        )
        now: Values = {
            Citation.raw_text: record.raw,
            Citation.address: record.address,
            Citation.published_earliest: record.published_earliest,
            Citation.published_latest: record.published_latest,
            Citation.retrieved: record.retrieved,
            Citation.credibility: record.credibility,
            Citation.import_run_id: run_id,
        }
        update_rows(self._session, Citation, now, Citation.id == known.citation_id)

    def _supersede(
        self, record: ComponentRecord, mpn: str | None, maker_id: int | None, known: KnownRecord
    ) -> None:
        version = self._version(known)
        statement = Statement(
            known.component_id,
            record.key,
            record.maker,
            record.country_stated,
            mpn,
            maker_id,
            known.citation_id,
        )
        words = (record.maker.as_written if record.maker else "", record.country_stated)
        old = self._latest(MakerAttribution, known)
        if old is None or _of_old(old) or (old.as_written, old.country_stated) != words:
            with self._replacing(MakerAttribution, old, known, record.key) as by:
                numbers = self._writer.attribute([statement], version=version, superseded_by=by.decision)
                by.new = _only(numbers)
        old = self._latest(Identification, known)
        if (old.as_written if old and not _of_old(old) else None) != mpn:
            with self._replacing(Identification, old, known, record.key) as by:
                numbers = self._writer.identify([statement], version=version, superseded_by=by.decision)
                by.new = _only(numbers)

    def _version(self, known: KnownRecord) -> int:
        """How often the record has changed: a statement that recurs is a new statement."""
        count: int = self._session.execute(
            select(func.count())
            .select_from(CitationVersion)
            .where(CitationVersion.citation_id == known.citation_id)
        ).scalar_one()
        return count

    def _latest(self, noun: StatementNoun, known: KnownRecord) -> Any:
        """The source's last word, whether it is current or a person has decided otherwise."""
        return self._session.execute(
            select(noun)
            .where(noun.citation_id == known.citation_id, noun.status == StatementStatus.PUBLISHED)
            .order_by(noun.id.desc())
            .limit(1)
        ).first()

    def _decision(self, noun: StatementNoun, known: KnownRecord) -> int | None:
        """A current statement that does not come from this record."""
        found: int | None = self._session.execute(
            select(noun.id).where(
                noun.component_id == known.component_id,
                noun.superseded_by.is_(None),
                noun.status != StatementStatus.TENTATIVE,
                or_(
                    noun.citation_id.is_(None),
                    noun.citation_id != known.citation_id,
                    noun.status != StatementStatus.PUBLISHED,
                ),
            )
        ).scalar()
        return found

    @contextmanager
    def _replacing(
        self, noun: StatementNoun, old: Any, known: KnownRecord, key: str
    ) -> Iterator[_Replacement]:
        """Replaces the source's old statements with the new ones; both are never current at once."""
        stands = old is not None and old.superseded_by is None
        by = _Replacement(self._decision(noun, known))
        if stands:
            # A statement that the source withdrew without another is superseded by itself.
            update_rows(self._session, noun, {noun.superseded_by: old.id}, noun.id == old.id)
        yield by
        self._rows.write()
        if stands and by.new is not None:
            update_rows(self._session, noun, {noun.superseded_by: by.new}, noun.id == old.id)
        if by.decision is not None and by.new is not None:
            self._review[ReviewReason.DECIDED, key] += 1

    def _renew_transfer(self, record: ComponentRecord, known: KnownRecord) -> None:
        rows = self._session.execute(
            select(Transfer.id, Transfer.withdrawn_at, Citation.record_key)
            .join(Citation, Citation.transfer_id == Transfer.id)
            .where(
                Transfer.component_id == known.component_id,
                Citation.source_id == self._writer.origin.source_id,
                Citation.record_key.startswith(f"{record.key}/transfer/", autoescape=True),
            )
        ).all()
        key = transfer_key(record.key, record.transfer) if record.transfer else None
        for row in rows:
            stands = row.record_key == key
            if stands == (row.withdrawn_at is not None):
                moment = None if stands else self._session.moment
                update_rows(self._session, Transfer, {Transfer.withdrawn_at: moment}, Transfer.id == row.id)
        if record.transfer is not None and key not in {row.record_key for row in rows}:
            stated = stated_columns([record])
            self._writer.add_transfer(known.component_id, record.transfer, stated, 0)
