"""Which rows of a file are new, which are on record, which of those have changed, and which are refused.

A row with a key is that of the record with its key. It is refused if it says something else than another row
of its key in this file, or if both the wreck and the marking are others than on record: then it is about
another item, and the old one would be lost.

A row without a key is compared with the records that are known by the same (`provenance.importing.own_keys`).
One with the same content is its record. If none has it, the row waits until the whole file is read, because a
later row may be that of the record; what is left then is a correction of the record, if the file is another
issue of the list that the record came with, and a component of its own otherwise. Rows of equal content are
as many components, but for those of one position on a board or one number in the list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from provenance.domain.amendments.log import amended_fields, amendments_of
from provenance.domain.recoveries import RecoveryLoader
from provenance.domain.renewals import KnownRecord, has_records, known_records
from provenance.domain.review import Doubt, ReviewReason
from provenance.importing.contents import cells_of, differences, same_content
from provenance.importing.equals import Equals
from provenance.importing.imported_records import ImportedRecords
from provenance.importing.own_keys import former_keys, numbered, own_keys
from provenance.schema.audit import ImportRun
from provenance.schema.recoveries import Component, Identification
from provenance.schema.row_values import Values, update_rows
from provenance.schema.session import Session
from provenance.schema.sources import Citation
from provenance.sources.formats import batches
from provenance.sources.records import OWN_KEY, ComponentRecord, Rejected
from provenance.text.folding import fold_marking
from provenance.text.marking_states import read_marking_cell

_KEYS_AT_ONCE = 5_000

Found = tuple[ComponentRecord, KnownRecord, bool]
"""A row, the record that it is on record as, and whether that has changed."""


@dataclass(slots=True)
class SortedRows:
    """The rows of a batch, each in one of these or waiting; ``new`` ones have a key."""

    new: list[ComponentRecord] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    refused: list[Rejected] = field(default_factory=list)
    repeated: int = 0


class RowMatcher:
    """Sorts the rows of one file, batch by batch; those that wait come at the end (`waiting`)."""

    def __init__(
        self,
        session: Session,
        source_id: int,
        imported: ImportedRecords,
        review: Counter[Doubt],
        file_name: str,
        row_numbers: Callable[[], str | None] = lambda: None,
    ) -> None:
        """``row_numbers`` says, once the file is open, which of its columns numbers the rows."""
        self._session = session
        self._source_id = source_id
        self._imported = imported
        self._review = review
        self._file_name = file_name
        self._row_numbers = row_numbers
        self.look_again()
        self._refused: set[str] = set()
        self._waiting: list[tuple[str, ComponentRecord]] = []
        self._reissued: set[int | None] = set()

    def look_again(self) -> None:
        """Learns whether the source has records, after another import may have brought some."""
        self._has_records = has_records(self._session, self._source_id)
        self._has_former = self._has_records and has_records(self._session, self._source_id, but=OWN_KEY)

    def sort(self, records: list[ComponentRecord], recoveries: RecoveryLoader) -> SortedRows:
        """What the rows of a batch are; their recoveries have been looked up."""
        keys = self._keys(records, recoveries)
        distinct = set(keys)
        doubtful = distinct if self._has_records else self._imported.may_contain(distinct)
        rows = SortedRows()
        if not doubtful and not self._refused and len(distinct) == len(records):
            rows.new = [
                record if record.key else record._replace(key=numbered(key, 1))
                for key, record in zip(keys, records, strict=True)
            ]
            return rows
        keyed = [(key, record) for key, record in zip(keys, records, strict=True) if record.key]
        keyless = [(key, record) for key, record in zip(keys, records, strict=True) if not record.key]
        self._sort_keyed(keyed, doubtful, recoveries, rows)
        self._sort_keyless(keyless, doubtful, rows)
        return rows

    @property
    def waiting(self) -> int:
        """How many rows wait for the end of the file."""
        return len(self._waiting)

    def _keys(self, records: Sequence[ComponentRecord], recoveries: RecoveryLoader) -> list[str]:
        if all(record.key for record in records):
            return [record.key for record in records]
        return [
            record.key or own for record, own in zip(records, own_keys(records, recoveries.uid), strict=True)
        ]

    def _sort_keyed(
        self,
        rows: Sequence[tuple[str, ComponentRecord]],
        doubtful: set[str],
        recoveries: RecoveryLoader,
        sorted_rows: SortedRows,
    ) -> None:
        known = known_records(self._session, self._source_id, doubtful & {key for key, _record in rows})
        here: dict[str, str] = {}
        for key, record in rows:
            there = known.get(key)
            if there is not None and key not in here and self._imported.has_component(there.component_id):
                here[key] = there.raw_text
            if key in here and same_content(here[key], record.raw):
                sorted_rows.repeated += 1
            elif key in here:
                self._refuse(sorted_rows, record, f"this file has {key} for something else", here[key])
            elif key in self._refused and not (there and same_content(there.raw_text, record.raw)):
                self._refuse(sorted_rows, record, f"this file has {key} for something else", "")
            elif there is None:
                here[key] = record.raw
                sorted_rows.new.append(record)
            elif same_content(there.raw_text, record.raw):
                here[key] = record.raw
                sorted_rows.found.append((record, there, False))
            elif self._is_another(record, there, recoveries):
                reason = f"{key} is on record for another item, found in another recovery"
                self._refuse(sorted_rows, record, reason, there.raw_text)
            else:
                here[key] = record.raw
                sorted_rows.found.append((record, there, True))

    def _refuse(self, rows: SortedRows, record: ComponentRecord, reason: str, other: str) -> None:
        self._refused.add(record.key)
        versions = f": {differences(other, record.raw)}" if other else ""
        rows.refused.append(
            Rejected(line=record.line, reason=f"{reason}{versions}", row=cells_of(record.raw))
        )

    def _is_another(self, record: ComponentRecord, there: KnownRecord, recoveries: RecoveryLoader) -> bool:
        """Whether both where an item was found and what it is are others than on record."""
        row = self._session.execute(
            select(Component.recovery_id, Component.marking, Component.description).where(
                Component.id == there.component_id
            )
        ).one()
        if recoveries.known(record.recovery.key) == row.recovery_id:
            return False
        numbers = self._session.execute(
            select(Identification.as_written).where(Identification.component_id == there.component_id)
        ).scalars()
        marking, _state = read_marking_cell(record.marking, mixed=record.marking_mixed)
        ours = {fold_marking(text) for text in (marking, record.mpn) if text}
        theirs = {fold_marking(text) for text in (row.marking, *numbers) if text}
        another = (
            not ours & theirs
            if ours and theirs
            else bool(ours or theirs) or (record.description != row.description)
        )
        return another and not self._is_amended(there)

    def _is_amended(self, there: KnownRecord) -> bool:
        """Whether a person has amended where an item was found or what is on it, so that it differs."""
        mine = select(Component.uid).where(Component.id == there.component_id)
        amended = amended_fields(amendments_of(self._session, self._session.execute(mine).scalar_one()))
        return not amended.keys().isdisjoint(("recovery", "marking", "description"))

    def _sort_keyless(
        self, rows: Sequence[tuple[str, ComponentRecord]], doubtful: set[str], sorted_rows: SortedRows
    ) -> None:
        equals = self._equals(doubtful & {key for key, _record in rows})
        former = self._former(rows, equals) if self._has_former else {}
        once = Counter(key for key, _record in rows)
        for key, record in rows:
            if key not in equals and once[key] == 1 and not former:
                sorted_rows.new.append(record._replace(key=numbered(key, 1)))
                continue
            group = equals[key]
            number = group.same(record.raw) or self._adopted(former, key, record, group)
            if number is not None:
                self._take(group, key, number, record, sorted_rows)
            elif self._holds_one(record) and group.is_repeated(record.raw, record.line):
                sorted_rows.repeated += 1
            elif group.free:
                self._waiting.append((key, record))
            else:
                self._add(group, key, record, sorted_rows)

    def _holds_one(self, record: ComponentRecord) -> bool:
        """Whether a row names a place that holds one item: a position on a board, a number in the list."""
        return record.designator is not None or self._row_numbers() is not None

    def _take(self, group: Equals, key: str, number: int, record: ComponentRecord, rows: SortedRows) -> None:
        there = group.take(number, record.raw, record.line)
        self._reissued.add(there.run_id)
        rows.found.append((record._replace(key=numbered(key, number)), there, False))

    def _add(self, group: Equals, key: str, record: ComponentRecord, rows: SortedRows) -> None:
        if group.has_equal(record.raw):
            self._review[ReviewReason.EQUAL_ROWS, _called(record)] += 1
        rows.new.append(record._replace(key=numbered(key, group.add(record.raw, record.line))))

    def _equals(self, keys: set[str]) -> dict[str, Equals]:
        """What is on record under some keys."""
        row_numbers, is_imported = self._row_numbers(), self._imported.has_component
        found: dict[str, Equals] = defaultdict(lambda: Equals(row_numbers, is_imported))
        wanted, first, last = keys, 1, 1
        while wanted:
            places = {
                numbered(key, number): (key, number) for key in wanted for number in range(first, last + 1)
            }
            there = self._look_up(places)
            for own, (key, number) in places.items():
                if own in there:
                    found[key].put_on_record(number, there[own])
            # Numbers have no gaps: there may be more only where the last one asked for is there.
            wanted = {key for key in wanted if numbered(key, last) in there}
            first, last = last + 1, 2 * last + 1
        return found

    def _look_up(self, keys: Iterable[str]) -> dict[str, KnownRecord]:
        found: dict[str, KnownRecord] = {}
        for part in batches(keys, _KEYS_AT_ONCE):
            found |= known_records(self._session, self._source_id, part)
        return found

    def _former(
        self, rows: Sequence[tuple[str, ComponentRecord]], equals: Collection[str]
    ) -> dict[str, KnownRecord]:
        """Records under keys that earlier versions gave to rows which are not on record under their own."""
        return self._look_up(
            {
                former
                for key, record in rows
                if key not in equals
                for former in former_keys(record.raw, self._row_numbers())
            }
        )

    def _adopted(
        self, former: dict[str, KnownRecord], key: str, record: ComponentRecord, group: Equals
    ) -> int | None:
        """Gives the record of an earlier version that says the same as a row the row's own key."""
        for old in former_keys(record.raw, self._row_numbers()) if former else ():
            there = former.get(old)
            if there is not None and same_content(there.raw_text, record.raw):
                del former[old]
                number = group.next_number
                own: Values = {Citation.record_key: numbered(key, number)}
                update_rows(self._session, Citation, own, Citation.id == there.citation_id)
                group.put_on_record(number, there)
                return number
        return None

    def settle(self, prepare: Callable[[list[ComponentRecord]], None], size: int) -> Iterator[SortedRows]:
        """The rows that waited, in batches of ``size``; before one is sorted it is handed to ``prepare``."""
        self._waiting.sort(key=lambda item: (item[0], item[1].raw))
        for part in batches(self._waiting, size):
            prepare([record for _key, record in part])
            yield self._settled(part)
        self._waiting.clear()

    def _settled(self, waiting: Sequence[tuple[str, ComponentRecord]]) -> SortedRows:
        rows = SortedRows()
        equals = self._equals({key for key, _record in waiting})
        names = self._file_names(equals.values())

        def is_reissued(there: KnownRecord) -> bool:
            return there.run_id in self._reissued

        def has_name(there: KnownRecord) -> bool:
            return is_reissued(there) or names.get(there.run_id or 0) == self._file_name

        for key, record in waiting:
            group = equals[key]
            # A position may be that of another board, whose list has the same name.
            number = group.most_similar(record.raw, is_reissued if record.designator else has_name)
            if number is not None:
                there = group.take(number, record.raw, record.line)
                rows.found.append((record._replace(key=numbered(key, number)), there, True))
                continue
            if group.free:
                self._review[ReviewReason.MAYBE_CORRECTED, _called(record)] += 1
            self._add(group, key, record, rows)
        return rows

    def _file_names(self, equals: Iterable[Equals]) -> dict[int, str]:
        """From which file each of the records came."""
        run_ids = {there.run_id for group in equals for there in group.free.values()} - {None}
        rows = self._session.execute(
            select(ImportRun.id, ImportRun.file_name).where(ImportRun.id.in_(run_ids))
        )
        return {row.id: row.file_name for row in rows}


def _called(record: ComponentRecord) -> str:
    """How a row is named to a person: where it was found and what it is."""
    maker = record.maker.as_written if record.maker else None
    what = record.marking or record.mpn or record.description or maker
    return ": ".join(filter(None, (record.recovery.label, what)))
