"""Rows that state several components: several part numbers in a cell, or several weapons.

Each part of a plain list is a component of its own, and so is each weapon that a row names: a part that was
found in two weapons was found twice. What may be alternatives of one part is one component whose part number
is unknown, and is noted: nothing is counted twice, and no part is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from provenance.sources.records import ComponentRecord, MakerRecord, RecoveryRecord
from provenance.sources.tables import CellProblems
from provenance.text.maker_strings import read_maker
from provenance.text.several_parts import (
    StatedPart,
    Undecided,
    may_hold_several,
    several_makers,
    stated_parts,
)
from provenance.text.unknown import says_unknown

_ALTERNATE = "an alternative to the part that was found"


@dataclass(frozen=True, slots=True)
class SeveralComponents:
    """Takes rows apart that state several components; ``columns`` are the file's columns by field."""

    columns: Mapping[str, str]
    alternates: Sequence[str]
    problems: CellProblems

    def note_alternates(self, lines: Sequence[int], cells: Mapping[str, Sequence[str]]) -> None:
        """Notes the parts that a list states as alternatives: none of them was found."""
        for name in self.alternates:
            for line, cell in zip(lines, cells[name], strict=True):
                if not says_unknown(cell):
                    self.problems.add(line, name, cell, _ALTERNATE)

    def taken_apart(
        self, records: Sequence[ComponentRecord], recoveries: Mapping[int, Sequence[RecoveryRecord]]
    ) -> Iterator[ComponentRecord]:
        """The components of records, each of a row; ``recoveries`` are those of rows that name several."""
        doubtful = _Doubtful(records)
        if not (recoveries or doubtful.numbers or doubtful.makers):
            yield from records
            return
        for record in records:
            if not (record.line in recoveries or doubtful.holds(record)):
                yield record
                continue
            parts = list(self._parts(record))
            found = recoveries.get(record.line, (record.recovery,))
            each = [part._replace(recovery=recovery) for recovery in found for part in parts]
            yield from (
                one._replace(key=f"{one.key}#{place}") if place > 1 and one.key else one
                for place, one in enumerate(each, start=1)
            )

    def _parts(self, record: ComponentRecord) -> Iterator[ComponentRecord]:
        maker = record.maker.as_written if record.maker else ""
        try:
            parts = stated_parts(record.mpn or "", maker)
            if len(parts) == 1 and len(several_makers(maker)) > 1:
                self._note(record, "maker", maker, "names several firms; whose part it is, is not stated")
                record = record._replace(maker=None)
            if len(parts) > 1 and record.marking:
                raise Undecided("names several parts beside one marking")
            if len(parts) > 1 and record.pieces is not None and record.pieces < len(parts):
                raise Undecided(f"names {len(parts)} parts, but there are fewer pieces")
        except Undecided as undecided:
            self._note(record, "mpn", record.mpn or "", str(undecided))
            several = len(several_makers(maker)) > 1
            if several:
                self._note(record, "maker", maker, "names several firms")
            yield record._replace(mpn=None, maker=None if several else record.maker)
            return
        pieces = self._pieces(record, parts)
        for part, count in zip(parts, pieces, strict=True):
            own = record.maker if part.maker == maker else _maker(part.maker)
            yield record._replace(mpn=part.number or None, maker=own, pieces=count)

    def _pieces(self, record: ComponentRecord, parts: Sequence[StatedPart]) -> list[int | None]:
        """How many pieces there are of each part; unknown where row and cell contradict each other."""
        counts = [part.pieces for part in parts]
        if record.pieces is None:
            return counts
        if len(parts) == 1 and counts[0] is None:
            return [record.pieces]
        if record.pieces == sum(count or 1 for count in counts):
            return [count or 1 for count in counts]
        said = " + ".join(f"{count or '?'}" for count in counts)
        self._note(record, "pieces", str(record.pieces), f"the cell of the part numbers states {said} pieces")
        return [None] * len(parts)

    def _note(self, record: ComponentRecord, field: str, text: str, problem: str) -> None:
        self.problems.add(record.line, self.columns.get(field, field), text, problem)


class _Doubtful:
    """The cells of some records that may state several ``numbers`` or ``makers``; each is looked at once."""

    def __init__(self, records: Sequence[ComponentRecord]) -> None:
        self.numbers = {mpn for mpn in {record.mpn for record in records} if mpn and may_hold_several(mpn)}
        makers = {record.maker.as_written for record in records if record.maker is not None}
        self.makers = {maker for maker in makers if len(several_makers(maker)) > 1}

    def holds(self, record: ComponentRecord) -> bool:
        """Whether a record has such a cell."""
        if record.mpn in self.numbers:
            return True
        return record.maker is not None and record.maker.as_written in self.makers


def _maker(text: str) -> MakerRecord | None:
    reading = read_maker(text)
    if not text.strip():
        return None
    return MakerRecord(as_written=text, brand=reading.brand, parentheses=tuple(reading.parentheses))
