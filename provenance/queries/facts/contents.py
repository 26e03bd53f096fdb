"""What every table holds, as digests: kept ones where they are current, made from the tables where not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import delete, select

from provenance.queries.facts.sheets import Changes
from provenance.schema import contents
from provenance.schema.derived import BLOCK_BITS, CONTENTS_BITS, FactChange, FactColumn
from provenance.schema.privileges import is_limited
from provenance.schema.rows import insert_rows
from provenance.schema.session import Session
from provenance.schema.watched import KEY_OF, contents_of

_TABLES = {contents_of(table): table for table in KEY_OF}


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a table's contents: its changes, what is kept of it, and whether that can be trusted."""

    sheet: str
    number: int
    changes: Changes
    kept: bytes | None

    @property
    def blocks(self) -> set[int] | None:
        """The blocks that changed since the digests were made; None where all are to be made."""
        if self.kept is None or 0 in self.changes.rows:
            return None
        return {contents.block_of(row) for row in self.changes.rows}

    @property
    def is_current(self) -> bool:
        """Whether the digests that are kept are those of the table."""
        return self.kept is not None and not self.changes.writers


def segments(session: Session) -> Iterator[Segment]:
    """Every segment of every watched table that has ever had a row, in order."""
    found: defaultdict[tuple[str, int], Changes] = defaultdict(Changes)
    for sheet, number, row, writer, count in session.execute(
        select(
            FactChange.sheet, FactChange.segment, FactChange.row_id, FactChange.writer, FactChange.changes
        ).where(FactChange.sheet.startswith(contents_of("")))
    ):
        found[sheet, number].add(row, writer, count)
    kept = {
        (row.sheet, row.segment): (row.made_from, row.payload)
        for row in session.execute(
            select(FactColumn.sheet, FactColumn.segment, FactColumn.made_from, FactColumn.payload).where(
                FactColumn.column_name == contents.COLUMN, FactColumn.layout == contents.LAYOUT
            )
        )
    }
    for (sheet, number), changes in sorted(found.items()):
        made_from, payload = kept.get((sheet, number), (None, None))
        whole = payload is not None and len(payload) % contents.DIGEST_BYTES == 0
        yield Segment(sheet, number, changes, payload if whole and made_from == changes.packed else None)


def digests(session: Session, segment: Segment) -> bytes:
    """The digests of a segment's blocks as its table is now, whatever is kept."""
    if segment.is_current and segment.kept is not None:
        return segment.kept
    table = _TABLES[segment.sheet]
    found = contents.read_segment(session.connection(), table, segment.number, segment.blocks)
    return contents.patched(segment.kept or b"", segment.blocks, found)


def pack_contents(session: Session) -> None:
    """Makes the digests again of what has changed, in the caller's transaction."""
    for segment in segments(session):
        if segment.is_current:
            continue
        payload, seen = digests(session, segment), segment.changes
        columns = FactColumn.sheet == segment.sheet, FactColumn.segment == segment.number
        session.execute(delete(FactColumn).where(*columns))
        digest = FactColumn(
            sheet=segment.sheet,
            segment=segment.number,
            column_name=contents.COLUMN,
            layout=contents.LAYOUT,
            made_from=seen.total,
            payload=payload,
        )
        insert_rows(session, [digest])
        add_up(session, segment.sheet, segment.number, seen)


def add_up(session: Session, sheet: str, segment: int, seen: Changes) -> None:
    """Adds up the changes packed now under one writer; those that came meanwhile are kept separate."""
    here = FactChange.sheet == sheet, FactChange.segment == segment
    session.execute(delete(FactChange).where(*here, FactChange.writer.in_([0, *seen.writers])))
    total = FactChange(sheet=sheet, segment=segment, row_id=0, writer=0, changes=seen.total)
    insert_rows(session, [total])


def stated(session: Session) -> Iterator[tuple[str, int, bytes]]:
    """What every table holds: its name, the segment and what is said of it; empty segments are left out.

    A role that row-level security limits cannot read what has changed: for it the changes are only counted.
    """
    limited = is_limited(session)
    for segment in segments(session):
        if limited and not segment.is_current:
            said = (segment.kept or b"") + f" {segment.changes.total}".encode()
        else:
            said = digests(session, segment)
        if said:
            yield segment.sheet, segment.number, said


def differences(session: Session) -> list[str]:
    """Where digests that are in use are not those of the tables: something was changed without being counted.

    Blocks that are known to have changed are not compared.
    """
    found = []
    for segment in segments(session):
        changed = segment.blocks
        if segment.kept is None or changed is None:
            continue
        table = _TABLES[segment.sheet]
        truth = contents.patched(
            b"", None, contents.read_segment(session.connection(), table, segment.number)
        )
        for block in sorted(contents.differing(segment.kept, truth) - changed):
            first = (segment.number << CONTENTS_BITS) + (block << BLOCK_BITS)
            found.append(f"{segment.sheet}, rows {first:,} to {first + contents.BLOCK:,}")
    return found
