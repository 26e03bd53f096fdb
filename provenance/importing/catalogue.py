"""Imports of parts catalogues: each maker's part number once, with the keys by which markings find it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from provenance.core.errors import IntegrityFailure
from provenance.core.identity import natural_uid
from provenance.core.vocabulary import ImportStatus
from provenance.domain.audit import add_entry
from provenance.domain.batches import NewRows
from provenance.domain.organizations import FirmResolver
from provenance.domain.parts import add_keys, add_top_codes
from provenance.domain.sources import Origin, source_id
from provenance.importing.account import check_account
from provenance.importing.contents import cells_of
from provenance.importing.refusals import refuse_rows
from provenance.importing.run import BATCH_ROWS, CHECKPOINT_BATCHES, ImportRequest, Progress
from provenance.importing.runs import RunRecord
from provenance.importing.summary import ImportSummary
from provenance.schema.chunks import chunks
from provenance.schema.organizations import Organization
from provenance.schema.recoveries import Identification
from provenance.schema.reference import Part, PartKey
from provenance.schema.row_values import (
    Values,
    by_name,
    name_of,
    update_rows,
    values_in,
    with_values,
    without,
)
from provenance.schema.session import Database, Session, checkpoint, hold
from provenance.sources.formats import batches
from provenance.sources.records import PartRecord, Rejected
from provenance.text.folding import fold
from provenance.text.part_numbers import join_top_codes, part_key, split_top_codes, top_code_key

_INTRODUCED = (Part.introduced_earliest, Part.introduced_latest)
_STATED = (
    *(Part.description, Part.category, Part.hs6, Part.eccn, Part.eccn_source, Part.eccn_as_of),
    *_INTRODUCED,
)

_DECISIVE: frozenset[Any] = frozenset((Part.category, Part.hs6, *_INTRODUCED))
"""The columns that components take from their part's catalogue entry."""

Identity = tuple[str, int | None]


def _stated(record: PartRecord) -> Values:
    """What a list may state of a part, but for its top codes, which are added up."""
    return {
        Part.description: record.description,
        Part.category: record.category,
        Part.hs6: record.hs6,
        Part.eccn: record.eccn,
        Part.eccn_source: record.eccn_source,
        Part.eccn_as_of: record.eccn_as_of,
        Part.introduced_earliest: record.introduced_earliest,
        Part.introduced_latest: record.introduced_latest,
    }


def _known_values(record: PartRecord) -> Values:
    return {column: value for column, value in _stated(record).items() if value is not None}


class _DryRunOver(Exception):
    """Leaves the transaction of a dry run, so that it is rolled back."""


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    uid: str
    stated: Values
    top_codes: tuple[str, ...]
    keyed: bool

    def new_codes(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Those of some top codes that the part is not known to carry."""
        known = set(map(top_code_key, self.top_codes))
        return tuple(code for code in codes if top_code_key(code) not in known)


def run_catalogue_import(
    database: Database, request: ImportRequest[PartRecord], on_progress: Progress = lambda rows: None
) -> ImportSummary:
    """Imports parts and accounts for every row; the same file twice changes nothing.

    A known part is updated with what the list states; what the list does not state stays as it is. Top codes
    are added up, over the rows of a list too: a part may have one row for each code, or one for all.

    Raises:
        BadInput: the file cannot be read, or a row was rejected and ``keep_good`` is off; the database
            is as it was, or at the last checkpoint.
    """
    source = request.source
    summary = request.summary()
    try:
        with database.writing_list() as session:
            known_source = (source_id(session, source), source.key)
            hold(session, "records", source.key)
            _CatalogueImport(session, database.actor, request, known_source, summary).run(on_progress)
            if request.dry_run:
                raise _DryRunOver
    except _DryRunOver:
        pass
    return summary


class _CatalogueImport:
    """The state of one import of a catalogue."""

    def __init__(
        self,
        session: Session,
        actor: str,
        request: ImportRequest[PartRecord],
        source: tuple[int, str],
        summary: ImportSummary,
    ) -> None:
        self._session = session
        self._actor = actor
        self._request = request
        self._summary = summary
        self._source_id = source[0]
        self._run = RunRecord(
            session,
            format=request.format.name,
            file=request.file,
            source_id=source[0],
            actor=actor,
        )
        self._firms = FirmResolver(session, Origin(*source))
        self._rows = NewRows(session)
        self._imported: set[Identity] = set()
        self._uids: dict[int, str] = {}
        self._written: list[str] = []
        self._added: list[int] = []
        self._restated: list[int] = []

    def run(self, on_progress: Progress) -> None:
        """The whole file, checkpoint by checkpoint."""
        records = self._request.format.read(self._request.file, self._request.options)
        for number, batch in enumerate(batches(records, BATCH_ROWS), start=1):
            self._import_batch(batch)
            on_progress(self._summary.read)
            if number % CHECKPOINT_BATCHES == 0 and not self._request.dry_run:
                self._seal(ImportStatus.RUNNING)
                checkpoint(self._session)
                hold(self._session, "records", self._request.source.key)
                self._rows.renumber()
        self._derive()
        self._seal(ImportStatus.DONE)
        self._check()

    def _check(self) -> None:
        """Compares the account with the parts that are stored."""
        new = stored = 0
        for chunk in chunks(self._added):
            new += self._count(Part.id.in_(chunk))
        for keys in batches(sorted({key for key, _maker in self._imported}), BATCH_ROWS):
            there = select(Part.mpn_key, Part.organization_id).where(Part.mpn_key.in_(keys))
            stored += len({(row[0], row[1]) for row in self._session.execute(there)} & self._imported)
        if stored != len(self._imported):
            lost = len(self._imported) - stored
            raise IntegrityFailure(f"{self._summary.file}: {lost:,} parts were read and are not stored.")
        check_account(self._summary, {"new": (self._summary.new, new)})

    def _count(self, condition: ColumnElement[bool]) -> int:
        return int(self._session.execute(select(func.count(Part.id)).where(condition)).scalar_one())

    def _derive(self) -> None:
        """Derives again what follows from the parts' catalogue entries."""
        component_ids = [
            number
            for chunk in chunks(self._restated)
            for number in self._session.execute(
                select(Identification.component_id).where(
                    Identification.part_id.in_(chunk), Identification.superseded_by.is_(None)
                )
            ).scalars()
        ]
        if not component_ids:
            return
        # Reading needs libraries that nothing else here needs.
        from provenance.domain.readings import Derivation
        from provenance.identify.store.knowledge import identifier
        from provenance.importing.marking_reader import MarkingReader

        component_ids = sorted(set(component_ids))
        Derivation(self._session, MarkingReader(identifier(self._session))).derive(component_ids)

    def _import_batch(self, batch: list[Any]) -> None:
        fresh: dict[Identity, PartRecord] = {}
        again: list[tuple[Identity, PartRecord]] = []
        for item in batch:
            self._summary.read += 1
            if isinstance(item, Rejected):
                refuse_rows(self._summary, [item], goes_on=self._request.goes_on)
                continue
            maker = self._firms.maker(item.maker)
            for doubt in maker.doubts:
                self._summary.review[doubt] += 1
            identity = (part_key(item.mpn), maker.organization_id)
            if identity in self._imported:
                again.append((identity, item))
                continue
            self._imported.add(identity)
            fresh[identity] = item
        known = self._known({key for key, _maker in fresh})
        added: list[tuple[int, PartRecord]] = []
        for identity, record in fresh.items():
            if (there := known.get(identity)) is not None:
                self._renew(there, record)
            else:
                added.append((self._add(identity, record), record))
        self._rows.write()
        # Another writer that added the same part at the same time gives it its keys.
        self._added += [self._rows.part(number) for number, _record in added]
        added = [(number, record) for number, record in added if self._rows.part(number) == number]
        add_keys(self._session, [(number, record.mpn) for number, record in added])
        add_top_codes(self._session, [(number, record.top_codes) for number, record in added])
        self._repeat(again)

    def _repeat(self, again: Sequence[tuple[Identity, PartRecord]]) -> None:
        """A part that comes again may add to what is stated of it; it may not say something else."""
        known = self._known({identity[0] for identity, _record in again})
        for identity, record in again:
            there = known[identity]
            stated = _known_values(record)
            said = "; ".join(
                f"{name_of(column)} {there.stated[column]} and {value}"
                for column, value in stated.items()
                if there.stated[column] not in (None, value)
            )
            if said:
                reason = f"{record.mpn} of this maker is stated twice, differently: {said}"
                item = Rejected(line=record.line, reason=reason, row=cells_of(record.raw))
                refuse_rows(self._summary, [item], goes_on=self._request.goes_on)
                continue
            more: Values = {column: value for column, value in stated.items() if there.stated[column] is None}
            if any(there.stated[column] for column in _INTRODUCED):
                # An interval is one statement: an open side of it says something too.
                more = without(more, set(_INTRODUCED))
            if new := there.new_codes(record.top_codes):
                more[Part.top_codes] = join_top_codes((*there.top_codes, *new))
            if not more:
                self._summary.repeated += 1
                continue
            self._change(there, record, more)
            known[identity] = replace(
                there,
                top_codes=(*there.top_codes, *new),
                stated=there.stated | without(more, {Part.top_codes}),
            )

    def _known(self, keys: set[str]) -> dict[Identity, _Known]:
        keyed = exists().where(PartKey.part_id == Part.id)
        rows = self._session.execute(
            select(Part, keyed.label("keyed")).where(Part.mpn_key.in_(sorted(keys))).order_by(Part.id.desc())
        )
        return {
            (row.mpn_key, row.organization_id): _Known(
                row.id,
                row.uid,
                values_in(row, _STATED),
                split_top_codes(row.top_codes),
                row.keyed,
            )
            for row in rows
        }

    def _add(self, identity: Identity, record: PartRecord) -> int:
        self._summary.new += 1
        self._written.append(record.raw)
        part = Part(
            uid=natural_uid("part", identity[0], self._maker_uid(identity[1])),
            organization_id=identity[1],
            mpn=record.mpn,
            mpn_key=identity[0],
            folded=fold(record.mpn),
            source_id=self._source_id,
            top_codes=join_top_codes(record.top_codes),
        )
        return self._rows.add(with_values(part, _stated(record)))

    def _maker_uid(self, organization_id: int | None) -> str:
        if organization_id is None:
            return ""
        if organization_id not in self._uids:
            self._uids[organization_id] = self._session.execute(
                select(Organization.uid).where(Organization.id == organization_id)
            ).scalar_one()
        return self._uids[organization_id]

    def _renew(self, there: _Known, record: PartRecord) -> None:
        stated = _known_values(record)
        if any(column in stated for column in _INTRODUCED):
            # An interval is one statement: an open side of it says something too.
            stated |= {
                Part.introduced_earliest: record.introduced_earliest,
                Part.introduced_latest: record.introduced_latest,
            }
        changed: Values = {column: value for column, value in stated.items() if there.stated[column] != value}
        if new := there.new_codes(record.top_codes):
            changed[Part.top_codes] = join_top_codes((*there.top_codes, *new))
        if not there.keyed:
            # Only read so far, and now the catalogue states it.
            add_keys(self._session, [(there.id, record.mpn)])
        if not changed:
            self._summary.known += 1
            return
        self._change(there, record, changed)

    def _change(self, there: _Known, record: PartRecord, changed: Values) -> None:
        self._summary.changed += 1
        self._written.append(record.raw)
        update_rows(self._session, Part, changed, Part.id == there.id)
        if changed.keys() & _DECISIVE:
            self._restated.append(there.id)
        add_top_codes(self._session, [(there.id, there.new_codes(record.top_codes))])
        before: Values = {**there.stated, Part.top_codes: join_top_codes(there.top_codes)}
        add_entry(
            self._session,
            actor=self._actor,
            action="catalogue changed",
            table=Part,
            uid=there.uid,
            before={name_of(column): before[column] for column in changed},
            after=by_name(changed),
        )

    def _seal(self, status: ImportStatus) -> None:
        self._summary.made = self._rows.made + self._firms.made
        self._summary.introduced |= self._firms.introduced
        self._run.seal(status, self._summary, self._written)
        self._written.clear()
